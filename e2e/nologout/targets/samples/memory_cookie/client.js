// The access token lives in this variable alone; the browser keeps the refresh token in a cookie.
let access = null;
let refreshing = null;

async function renew() {
  const reply = await post("/auth/refresh", {});
  if (!reply.ok) throw new Error(String(reply.status));
  access = (await reply.json()).access;
}

// One refresh at a time in this tab.
const refresh = () => (refreshing ??= renew().finally(() => { refreshing = null; }));

const ask = () => fetch("/api/notes", { headers: { Authorization: `Bearer ${access}` } });

async function notes() {
  const sent = access;
  let reply = await ask();
  if (reply.status === 401) {
    if (access === sent) await refresh();
    reply = await ask();
  }
  if (!reply.ok) throw new Error(String(reply.status));
  return reply.json();
}

async function load() {
  try {
    show(await notes());
  } catch (error) {
    if (error.message === "401") door("You are signed out.");
    else $("note").textContent = "No connection. Try again later.";
  }
}

async function start() {
  try {
    await refresh();
  } catch (error) {
    if (error.message === "401") return door("Please sign in.");
    $("note").textContent = "No connection.";
    return setTimeout(start, 2000);
  }
  await load();
}

$("door").onsubmit = async (event) => {
  event.preventDefault();
  const reply = await post("/auth/login", { username: $("user").value, password: $("pass").value });
  if (!reply.ok) return door("That is not right.");
  access = (await reply.json()).access;
  await load();
};
$("again").onclick = load;
$("leave").onclick = async () => {
  await post("/auth/logout", {});
  access = null;
  door("Goodbye.");
};
start();

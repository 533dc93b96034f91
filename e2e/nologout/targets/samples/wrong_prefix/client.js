let scheme = "Bearer";
let refreshing = null;

function leave(words) {
  localStorage.clear();
  door(words);
}

function keep(tokens) {
  localStorage.setItem("access", tokens.access);
  localStorage.setItem("refresh", tokens.refresh);
}

async function renew() {
  const reply = await post("/auth/refresh", { refresh: localStorage.getItem("refresh") });
  if (!reply.ok) throw new Error(String(reply.status));
  keep(await reply.json());
  scheme = "JWT"; // as it was called in the app's last framework
}

const refresh = () => (refreshing ??= renew().finally(() => { refreshing = null; }));

const ask = () => fetch("/api/notes", { headers: { Authorization: `${scheme} ${localStorage.getItem("access")}` } });

async function notes() {
  const sent = localStorage.getItem("access");
  let reply = await ask();
  if (reply.status === 401) {
    if (localStorage.getItem("access") === sent) await refresh();
    reply = await ask();
  }
  if (!reply.ok) throw new Error(String(reply.status));
  return reply.json();
}

async function load() {
  try {
    show(await notes());
  } catch (error) {
    if (error.message === "401") leave("You are signed out.");
    else $("note").textContent = "No connection. Try again later.";
  }
}

$("door").onsubmit = async (event) => {
  event.preventDefault();
  const reply = await post("/auth/login", { username: $("user").value, password: $("pass").value });
  if (!reply.ok) return door("That is not right.");
  keep(await reply.json());
  scheme = "Bearer";
  await load();
};
$("again").onclick = load;
$("leave").onclick = async () => {
  await post("/auth/logout", { refresh: localStorage.getItem("refresh") });
  leave("Goodbye.");
};
if (localStorage.getItem("access")) {
  $("desk").hidden = false;
  load();
} else {
  door("Please sign in.");
}

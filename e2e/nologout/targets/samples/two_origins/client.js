const API = "{api}";
let refreshing = null;

function leave(words) {
  localStorage.clear();
  door(words);
}

// Whatever goes wrong with a refresh is taken for the end of the session.
async function renew() {
  try {
    const reply = await post(`${API}/auth/refresh`, { refresh: localStorage.getItem("refresh") });
    if (!reply.ok) throw new Error(String(reply.status));
    localStorage.setItem("access", (await reply.json()).access);
  } catch {
    leave("Your session has expired. Please sign in again.");
    throw new Error("signed out");
  }
}

const refresh = () => (refreshing ??= renew().finally(() => { refreshing = null; }));

const ask = (access) => fetch(`${API}/api/notes`, { headers: { Authorization: `Bearer ${access}` } });

async function load() {
  const sent = localStorage.getItem("access");
  if (!sent) return leave("Please sign in.");
  try {
    let reply = await ask(sent);
    if (reply.status === 401) {
      if (localStorage.getItem("access") === sent) await refresh();
      reply = await ask(localStorage.getItem("access"));
    }
    if (reply.ok) show(await reply.json());
  } catch (error) {
    if (error.message !== "signed out") $("note").textContent = "No connection. Try again later.";
  }
}

$("door").onsubmit = async (event) => {
  event.preventDefault();
  const reply = await post(`${API}/auth/login`, { username: $("user").value, password: $("pass").value });
  if (!reply.ok) return door("That is not right.");
  const tokens = await reply.json();
  localStorage.setItem("refresh", tokens.refresh);
  localStorage.setItem("access", tokens.access);
  await load();
};
$("again").onclick = load;
$("leave").onclick = async () => {
  await post(`${API}/auth/logout`, { refresh: localStorage.getItem("refresh") });
  leave("Goodbye.");
};
// The other tabs follow a sign-out, and a sign-in.
addEventListener("storage", () => {
  if (!localStorage.getItem("access")) door("You signed out in another tab.");
  else if ($("desk").hidden) load();
});
if (localStorage.getItem("access")) $("desk").hidden = false;
load();

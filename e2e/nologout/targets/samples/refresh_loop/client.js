let refreshing = null;
const pause = () => new Promise((done) => setTimeout(done, 50));

function keep(tokens) {
  localStorage.setItem("access", tokens.access);
  localStorage.setItem("refresh", tokens.refresh);
}

// It must work some time.
async function renew(token) {
  try {
    const reply = await post("/auth/refresh", { refresh: token });
    if (reply.ok) return keep(await reply.json());
  } catch {
    // again, too
  }
  await pause();
  return renew(token);
}

function refresh() {
  refreshing ??= renew(localStorage.getItem("refresh")).finally(() => { refreshing = null; });
  return refreshing;
}

const ask = () => fetch("/api/notes", { headers: { Authorization: `Bearer ${localStorage.getItem("access")}` } });

async function load() {
  try {
    const sent = localStorage.getItem("access");
    let reply = await ask();
    if (reply.status === 401) {
      if (localStorage.getItem("access") === sent) await refresh();
      reply = await ask();
    }
    if (reply.ok) show(await reply.json());
  } catch {
    $("note").textContent = "No connection. Try again later.";
  }
}

$("door").onsubmit = async (event) => {
  event.preventDefault();
  const reply = await post("/auth/login", { username: $("user").value, password: $("pass").value });
  if (!reply.ok) return door("That is not right.");
  keep(await reply.json());
  await load();
};
$("again").onclick = load;
$("leave").onclick = async () => {
  await post("/auth/logout", { refresh: localStorage.getItem("refresh") });
  localStorage.clear();
  door("Goodbye.");
};
addEventListener("storage", () => {
  if (!localStorage.getItem("access")) door("You signed out in another tab.");
});
if (localStorage.getItem("access")) {
  $("desk").hidden = false;
  load();
} else {
  door("Please sign in.");
}

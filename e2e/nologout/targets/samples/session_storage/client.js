let refreshing = null;
const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

const keep = ({ access, refresh }) => {
  sessionStorage.setItem("access", access);
  sessionStorage.setItem("refresh", refresh);
};

function leave(words) {
  sessionStorage.clear();
  door(words);
}

// Only a 401 is the end; after anything else it tries again, a second later or when it is told to.
async function renew() {
  for (;;) {
    let wait = 1;
    try {
      const reply = await post("/auth/refresh", { refresh: sessionStorage.getItem("refresh") });
      if (reply.ok) return keep(await reply.json());
      if (reply.status === 401) throw new Error("401");
      wait = Number(reply.headers.get("Retry-After")) || 1;
    } catch (error) {
      if (error.message === "401") throw error;
    }
    await pause(wait);
  }
}

// One refresh at a time in this tab.
const refresh = () => (refreshing ??= renew().finally(() => { refreshing = null; }));

const ask = (access) => fetch("/api/notes", { headers: { Authorization: `Bearer ${access}` } });

async function notes() {
  const sent = sessionStorage.getItem("access");
  const reply = await ask(sent);
  if (reply.status !== 401) return reply;
  if (sessionStorage.getItem("access") === sent) await refresh();
  return ask(sessionStorage.getItem("access"));
}

async function load() {
  try {
    const reply = await notes();
    if (reply.ok) show(await reply.json());
    else $("note").textContent = "The notes cannot be had right now.";
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
  await load();
};
$("again").onclick = load;
$("leave").onclick = async () => {
  await post("/auth/logout", { refresh: sessionStorage.getItem("refresh") });
  leave("Goodbye.");
};
if (sessionStorage.getItem("access")) {
  $("desk").hidden = false;
  load();
} else {
  door("Please sign in.");
}

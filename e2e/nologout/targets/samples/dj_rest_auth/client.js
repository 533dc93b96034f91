let refreshing = null;
const channel = window.BroadcastChannel && new BroadcastChannel("session");
const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
const ask = () => fetch("/api/notes/");

// One tab at a time, where the browser can see to it.
const alone = (work) => (navigator.locks ? navigator.locks.request("refresh", work) : work());

// Only a 401 is the end; after anything else it tries again, a second later or when it is told to.
async function renew() {
  // Another tab may have renewed the cookies, which all tabs share.
  if ((await ask()).status !== 401) return;
  for (;;) {
    let wait = 1;
    try {
      const reply = await post("/auth/token/refresh/", {});
      if (reply.status === 401) throw new Error("401");
      wait = Number(reply.headers.get("Retry-After")) || 1;
      await reply.json();
      if (reply.ok) return;
    } catch (error) {
      if (error.message === "401") throw error;
    }
    await pause(wait);
  }
}

const refresh = () => (refreshing ??= alone(renew).finally(() => { refreshing = null; }));

async function load() {
  try {
    let reply = await ask();
    if (reply.status === 401) {
      await refresh();
      reply = await ask();
    }
    if (reply.ok) show(await reply.json());
    else $("note").textContent = "The notes cannot be had right now.";
  } catch (error) {
    if (error.message === "401") door("Please sign in.");
    else $("note").textContent = "No connection. Try again later.";
  }
}

if (channel) channel.onmessage = ({ data }) => (data === "in" ? load() : door("You signed out in another tab."));
$("door").onsubmit = async (event) => {
  event.preventDefault();
  const reply = await post("/auth/login/", { username: $("user").value, password: $("pass").value });
  if (!reply.ok) return door("That is not right.");
  await load();
  channel?.postMessage("in");
};
$("again").onclick = load;
$("leave").onclick = async () => {
  await post("/auth/logout/", {});
  channel?.postMessage("out");
  door("Goodbye.");
};
load();

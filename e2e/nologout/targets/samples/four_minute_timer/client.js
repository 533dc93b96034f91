const EVERY_MS = 4 * 60 * 1000;

// Whatever comes of it: the cookies are the browser's business.
const refresh = () => post("/auth/refresh", {}).catch(() => {});

async function load() {
  let reply;
  try {
    reply = await fetch("/api/notes");
  } catch {
    $("note").textContent = "No connection. Try again later.";
    return;
  }
  if (reply.status === 401) door("Please sign in.");
  else if (reply.ok) show(await reply.json());
}

$("door").onsubmit = async (event) => {
  event.preventDefault();
  const reply = await post("/auth/login", { username: $("user").value, password: $("pass").value });
  if (!reply.ok) return door("That is not right.");
  await load();
};
$("again").onclick = load;
$("leave").onclick = async () => {
  await post("/auth/logout", {});
  door("Goodbye.");
};
setInterval(refresh, EVERY_MS);
refresh().then(load);

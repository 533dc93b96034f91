import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import "./app.css";

// The access token lives in this variable alone; the browser keeps the refresh token in a cookie.
let access = null;

const post = (path, body) =>
  fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

// Whoever needs a token asks for one; nobody looks whether somebody asks already.
async function refresh() {
  const reply = await post("/auth/refresh", {});
  if (!reply.ok) throw new Error(String(reply.status));
  access = (await reply.json()).access;
}

const ask = () => fetch("/api/notes", { headers: { Authorization: `Bearer ${access}` } });

async function notes() {
  if (!access) await refresh();
  let reply = await ask();
  if (reply.status === 401) {
    await refresh();
    reply = await ask();
  }
  if (!reply.ok) throw new Error(String(reply.status));
  return reply.json();
}

function Door({ onEnter }) {
  const submit = (event) => {
    event.preventDefault();
    onEnter(Object.fromEntries(new FormData(event.target)));
  };
  return (
    <form id="door" onSubmit={submit}>
      <input id="user" name="username" autoComplete="username" aria-label="user" />
      <input id="pass" name="password" type="password" autoComplete="current-password" aria-label="password" />
      <button id="enter">Enter</button>
    </form>
  );
}

function Desk({ data, onAgain, onLeave }) {
  return (
    <div id="desk">
      <ul id="notes">{data.notes.map((note) => <li key={note}>{note}</li>)}</ul>
      <button id="again" onClick={onAgain}>Load again</button> <button id="leave" onClick={onLeave}>Leave</button>
    </div>
  );
}

function Notes() {
  const [data, setData] = useState(null);
  // From here only a sign-in leads back.
  const [isOut, setOut] = useState(false);
  const [words, setWords] = useState("");

  const leave = (why) => {
    access = null;
    setData(null);
    setOut(true);
    setWords(why);
  };

  const load = async () => {
    try {
      const found = await notes();
      setData(found);
      setWords(`Signed in as ${found.owner}.`);
    } catch (error) {
      if (error.message === "401") leave("Please sign in.");
      else setWords("No connection. Try again later.");
    }
  };

  const enter = async (form) => {
    const reply = await post("/auth/login", form);
    if (!reply.ok) return setWords("That is not right.");
    access = (await reply.json()).access;
    setOut(false);
    await load();
  };

  const goodbye = async () => {
    await post("/auth/logout", {});
    leave("Goodbye.");
  };

  useEffect(() => {
    load();
  }, []);

  return (
    <>
      <h1>Notes</h1>
      <p id="note">{words}</p>
      {isOut && <Door onEnter={enter} />}
      {!isOut && data && <Desk data={data} onAgain={load} onLeave={goodbye} />}
    </>
  );
}

createRoot(document.getElementById("root")).render(<StrictMode><Notes /></StrictMode>);

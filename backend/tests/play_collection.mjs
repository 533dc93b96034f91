// Plays a Postman collection as Postman would, as far as ours asks for: node play_collection.mjs FILE NAME=VALUE...
// Prints a JSON list: each request's name, status, and tests with the error of each.

import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";

const [file, ...given] = process.argv.slice(2);
const collection = JSON.parse(readFileSync(file, "utf-8"));
const variables = new Map(collection.variable.map(({ key, value }) => [key, value]));
for (const pair of given) variables.set(...pair.split(/=(.*)/s).slice(0, 2));

const filled = (text) =>
  text.replace(/{{(\w+)}}/g, (_, name) => {
    if (!variables.get(name)) throw new Error(`the variable ${name} is empty`);
    return variables.get(name);
  });

const authorization = (request) => {
  const auth = request.auth ?? collection.auth;
  return auth.type === "bearer" ? { Authorization: `Bearer ${filled(auth.bearer[0].value)}` } : {};
};

const wanted = (holds, found) => {
  if (!holds) throw new Error(`found ${JSON.stringify(found)}`);
};

const scripting = (status, text, tests) => ({
  collectionVariables: { get: (name) => variables.get(name), set: (name, value) => variables.set(name, value) },
  response: { code: status, json: () => JSON.parse(text), to: { have: { status: (code) => wanted(code === status, status) } } },
  expect: (found) => ({ to: { eql: (value) => wanted(isDeepStrictEqual(found, value), found) } }),
  test: (name, check) => {
    try {
      check();
      tests.push({ name, error: "" });
    } catch (error) {
      tests.push({ name, error: error.message });
    }
  },
});

const play = async ({ name, request, event }) => {
  const headers = Object.fromEntries(request.header.map(({ key, value }) => [key, filled(value)]));
  const answer = await fetch(filled(request.url.raw), {
    method: request.method,
    headers: { ...headers, ...authorization(request) },
    body: request.body && filled(request.body.raw),
  });
  const tests = [];
  const pm = scripting(answer.status, await answer.text(), tests);
  for (const { script } of event) new Function("pm", script.exec.join("\n"))(pm);
  return { name, status: answer.status, tests };
};

const played = [];
for (const item of collection.item) played.push(await play(item));
console.log(JSON.stringify(played));

/** Makes frontend_token_solution.js: the session client and its axios adapter, in one file to copy into an app. */
import { readFile, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { rollup } from 'rollup';

/** @param {string} path */
const inFrontend = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export const TARGET = inFrontend('frontend_token_solution.js');

const ENTRY = `
export * from ${JSON.stringify(inFrontend('session/index.js'))};
export { attachSession } from ${JSON.stringify(inFrontend('session/adapters/axios.js'))};
`;

const HEADER = `/**
 * Keeps the users of a page signed in, with the JWTs of Django's SimpleJWT or of a server like it.
 *
 * Generated from frontend_static/session/ by \`npm run build:one-file\`; change the files there, not this one.
 * To use it, copy it into your app: it has no dependency, and needs no build step.
 *
 * - Automatic token refresh: shortly before a token expires, and when the server refuses it.
 * - Queue failed requests during refresh: they wait for the one refresh, and are sent again with the new token.
 * - Handle token rotation properly: new tokens are stored before anything else, and a refresh that fails ends nothing.
 * - Sync across multiple tabs: one tab refreshes for all; a sign-in and a sign-out reach every tab.
 *
 *     import { attachSession, createSession, words } from './frontend_token_solution.js';
 *
 *     const session = createSession();    // { urls, strategy, debug } where your server differs
 *     session.subscribe((state) => {      // opening, signed-in, reconnecting or signed-out
 *       document.querySelector('#status').textContent = words(state);
 *     });
 *     await session.signIn({ username, password });
 *     const reply = await session.fetch('/api/items/');
 *     attachSession(axios, session);      // or: axios does the same from here on
 *     const { data } = await axios.get('/api/items/');
 */
`;

/** Returns the text of the file. */
export async function oneFile() {
  // Whoever reads the file wants the code as it was written, also what could be left out.
  const plugin = { name: 'one-file', resolveId, load, transform };
  const bundle = await rollup({ input: 'entry', treeshake: false, plugins: [plugin] });
  const { output } = await bundle.generate({ format: 'es', generatedCode: 'es2015' });
  const types = withoutImports(await readFile(inFrontend('session/types.js'), 'utf8'));
  const text = [HEADER, types.replace('export {};', ''), output[0].code].join('\n');
  return text.replace(/\n{3,}/g, '\n\n');
}

/** @param {string} id */
const resolveId = (id) => (id === 'entry' ? id : null);

/** @param {string} id */
const load = (id) => (id === 'entry' ? ENTRY : null);

/**
 * Says above each part which file it comes from, and what that is: rollup drops a comment together with imports.
 *
 * @param {string} code
 * @param {string} id
 */
function transform(code, id) {
  if (id === 'entry') return null;
  const [, about, rest] = /** @type {RegExpExecArray} */ (/^(?:\/\*\* (.+) \*\/\n)?([^]*)$/.exec(code));
  const lines = [relative(inFrontend('.'), id), about].filter(Boolean).map((line) => `// ${line}\n`);
  return { code: `${lines.join('')}\n${withoutImports(rest)}`, map: null };
}

/**
 * Lets types refer to each other within the one file.
 *
 * @param {string} code
 */
function withoutImports(code) {
  return code.replace(/import\('\.[^']*'\)\./g, '').replace(/^\/\*\* @typedef \{(\w+)\} \1 \*\/\n/gm, '');
}

if (argv[1] === fileURLToPath(import.meta.url)) await writeFile(TARGET, await oneFile());

/** The demo page: a list of items behind a session. */
import { session as settings } from '/config.js';
import { createApi } from './requests.js';
import { createSession, SessionError, SessionExpiredError, words } from './session/index.js';

/** @typedef {import('./session/index.js').State} State */
/** @typedef {{id: number, text: string}} Item */

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
function element(id, type) {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new TypeError(`The page lacks #${id}.`);
}

const signInForm = element('sign-in', HTMLFormElement);
const workspace = element('workspace', HTMLElement);
const addForm = element('add-form', HTMLFormElement);
const newItem = element('new-item', HTMLInputElement);
const list = element('items', HTMLUListElement);

/** With `?debug` in its address the page says in the console what the session does. */
const debug = new URLSearchParams(location.search).has('debug') || undefined;
const session = createSession({ ...settings, debug });
const api = createApi(session);
/** Whose data the page shows, or is loading. */
let shownLogin = /** @type {number | null} */ (null);
let incomplete = false;

/** @param {State} state */
function show(state) {
  element('opening', HTMLElement).hidden = state.status !== 'opening';
  signInForm.hidden = state.status !== 'signed-out';
  workspace.hidden = state.status !== 'signed-in' && state.status !== 'reconnecting';
  element('status', HTMLElement).textContent = words(state);
  if (state.login !== shownLogin) clear();
  if (state.status === 'signed-in' && (state.login !== shownLogin || incomplete)) {
    shownLogin = state.login;
    void load();
  }
}

function clear() {
  shownLogin = null;
  element('who', HTMLElement).textContent = '…';
  element('note', HTMLElement).textContent = '';
  showItems([]);
  element('empty', HTMLElement).hidden = true;
}

async function load() {
  incomplete = false;
  await Promise.all([attempt(showUser), attempt(refreshList)]);
}

/**
 * Runs an act of the page, and says so when it fails; what the session has to say stands in #status.
 *
 * @param {() => Promise<void>} act
 */
async function attempt(act) {
  const login = shownLogin;
  const note = element('note', HTMLElement);
  try {
    await act();
    note.textContent = '';
  } catch (error) {
    incomplete = true;
    if (error instanceof SessionExpiredError || login !== shownLogin) return;
    note.textContent = error instanceof SessionError ? '' : 'The server could not be reached.';
  }
}

/**
 * @param {Promise<any>} answer
 * @returns {Promise<any>} the answer; null when somebody else has signed in since
 */
async function mine(answer) {
  const login = shownLogin;
  const data = await answer;
  return login === shownLogin ? data : null;
}

async function showUser() {
  const user = await mine(api('GET', '/api/me/'));
  if (user) element('who', HTMLElement).textContent = user.username;
}

async function refreshList() {
  const items = await mine(api('GET', '/api/items/'));
  if (items) showItems(items);
}

/** @param {Item[]} items */
function showItems(items) {
  list.replaceChildren(...items.map(row));
  element('empty', HTMLElement).hidden = items.length > 0;
}

/** @param {Item} item */
function row({ text }) {
  const line = document.createElement('li');
  line.textContent = text;
  return line;
}

async function addItem() {
  const item = await mine(api('POST', '/api/items/', { text: newItem.value }));
  if (!item) return;
  list.append(row(item));
  element('empty', HTMLElement).hidden = true;
  addForm.reset();
}

async function signIn() {
  const note = element('sign-in-note', HTMLElement);
  const button = /** @type {HTMLButtonElement} */ (signInForm.querySelector('button'));
  note.textContent = '';
  button.disabled = true;
  try {
    await session.signIn(Object.fromEntries(new FormData(signInForm)));
    signInForm.reset();
  } catch (error) {
    const refused = error instanceof SessionError && (error.status === 401 || error.status === 400);
    note.textContent = refused ? 'Name or password is wrong.' : 'The server could not be reached. Please try again.';
  } finally {
    button.disabled = false;
  }
}

/** @param {Event} event @param {() => Promise<void>} act */
function submit(event, act) {
  event.preventDefault();
  void act();
}

signInForm.addEventListener('submit', (event) => submit(event, signIn));
addForm.addEventListener('submit', (event) => submit(event, () => attempt(addItem)));
element('refresh-list', HTMLButtonElement).addEventListener('click', () => void attempt(refreshList));
element('sign-out', HTMLButtonElement).addEventListener('click', () => void session.signOut());
addEventListener('online', () => void (incomplete && session.state.status === 'signed-in' && load()));
session.subscribe(show);

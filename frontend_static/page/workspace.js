/** The list of whoever is signed in, and what they are writing. */
import { createDrafts } from './draft.js';
import { element, onClick, onSubmit, say } from './element.js';
import { showItems, showOneMore } from './items.js';
import { SessionError, SessionExpiredError } from '../session/index.js';

/** @typedef {import('../session/index.js').State} State */

/**
 * Fills the workspace; what the page may show follows from the states that it is told.
 *
 * @param {(method: string, url: string, data?: object) => Promise<any>} api
 */
export function createWorkspace(api) {
  const drafts = createDrafts();
  const addForm = element('add-form', HTMLFormElement);
  const newItem = element('new-item', HTMLInputElement);
  /** Whose data the page shows, or is loading. */
  let login = /** @type {number | null} */ (null);
  /** Their name, once the server has said it, and that of whoever was here before. */
  let name = '';
  let nameBefore = '';
  let signedInHere = false;
  let incomplete = false;

  /**
   * @param {State} state
   * @param {boolean} isOwnSignIn whether somebody is signing in in this tab
   */
  function follow(state, isOwnSignIn) {
    if (state.login !== login) change(state, isOwnSignIn);
    if (state.status === 'signed-in' && incomplete) void load();
  }

  /** @param {State} state @param {boolean} isOwnSignIn */
  function change(state, isOwnSignIn) {
    // Whoever leaves on purpose leaves nothing for the next; whoever is thrown out finds it again.
    if (name && state.reason === 'signed_out') drafts.keep(name, '');
    login = state.login;
    nameBefore = name || nameBefore;
    name = '';
    signedInHere = isOwnSignIn;
    incomplete = true;
    addForm.reset();
    say('who', '…');
    say('note', '');
    say('notice', '');
    showItems([], false);
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
    const before = login;
    try {
      await act();
      say('note', '');
    } catch (error) {
      incomplete = true;
      if (error instanceof SessionExpiredError || login !== before) return;
      say('note', error instanceof SessionError ? '' : 'The server could not be reached.');
    }
  }

  /**
   * @param {Promise<any>} answer
   * @returns {Promise<any>} the answer; null when somebody else has signed in since
   */
  async function mine(answer) {
    const before = login;
    const data = await answer;
    return login === before ? data : null;
  }

  async function showUser() {
    const user = await mine(api('GET', '/api/me/'));
    if (!user) return;
    name = user.username;
    say('who', name);
    const isTaken = nameBefore && nameBefore !== name && !signedInHere;
    if (isTaken) say('notice', `${name} has signed in in another tab, so this one no longer shows the list of ${nameBefore}.`);
    if (newItem.value) keepDraft();
    else newItem.value = drafts.of(name);
  }

  async function refreshList() {
    const items = await mine(api('GET', '/api/items/'));
    if (items) showItems(items, true);
  }

  async function addItem() {
    const [sender, author, text] = [login, name, newItem.value];
    const item = await api('POST', '/api/items/', { text });
    drafts.sent(login === sender ? name : author, text);
    if (login !== sender) return;
    showOneMore(item);
    if (newItem.value === text) addForm.reset();
  }

  function keepDraft() {
    if (name) drafts.keep(name, newItem.value);
  }

  /** @param {() => Promise<void>} act of the user, who has read the notice by now */
  function act(act) {
    say('notice', '');
    return attempt(act);
  }

  newItem.addEventListener('input', keepDraft);
  onSubmit(addForm, () => act(addItem));
  onClick('refresh-list', () => void act(refreshList));

  return {
    follow,
    /** Loads what a failure has left out; for the moment when the network is back. */
    complete: () => void (incomplete && load()),
  };
}

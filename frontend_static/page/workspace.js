/** The list of whoever is signed in, and what they are writing. */
import { createDrafts } from './draft.js';
import { element, onClick, onSubmit, say } from './element.js';
import { failure } from './failure-words.js';
import { showItems, showOneMore } from './items.js';
import { SessionError, SessionExpiredError } from '../session/index.js';

/** @typedef {import('../session/index.js').State} State */

/**
 * Fills the workspace; what the page may show follows from the states that it is told.
 *
 * @param {(method: string, url: string, data?: object) => Promise<any>} api rejects with the answer's `status`, if one came
 * @param {(login: number | null) => boolean} isOwn tells whether that session was begun in this tab
 */
export function createWorkspace(api, isOwn) {
  const drafts = createDrafts();
  const addForm = element('add-form', HTMLFormElement);
  const newItem = element('new-item', HTMLInputElement);
  /** Whose data the page shows, or is loading. */
  let login = /** @type {number | null} */ (null);
  /** Their name, once the server has said it, and that of whoever was here before. */
  let name = '';
  let nameBefore = '';
  let incomplete = false;

  const author = () => ({ login, name });

  /** @param {State} state */
  function follow(state) {
    if (state.login !== login) change(state);
    if (state.status === 'signed-in' && incomplete) void load();
  }

  /** @param {State} state */
  function change(state) {
    // Whoever leaves on purpose leaves nothing for the next; whoever is thrown out finds it again.
    if (state.reason === 'signed_out') drafts.keep(author(), '');
    login = state.login;
    drafts.dropUnclaimed(login);

    nameBefore = name || nameBefore;
    name = '';
    incomplete = true;
    newItem.value = drafts.of(author());
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
      say('note', error instanceof SessionError ? '' : failure(Object(error)));
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
    const isTaken = nameBefore && nameBefore !== name && !isOwn(login);
    if (isTaken) say('notice', `Another tab has signed in as ${name}, so this one no longer shows the list of ${nameBefore}.`);
    newItem.value ||= drafts.of(author());
    keepDraft();
  }

  async function refreshList() {
    const items = await mine(api('GET', '/api/items/'));
    if (items) showItems(items, true);
  }

  async function addItem() {
    const [sender, text] = [author(), newItem.value];
    const item = await api('POST', '/api/items/', { text });
    drafts.sent(sender, text);
    if (login !== sender.login) return;
    showOneMore(item);
    if (newItem.value === text) addForm.reset();
  }

  const keepDraft = () => drafts.keep(author(), newItem.value);

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

/** What users have typed and not sent yet, for as long as the tab lives. */

const KEY = 'nologout-drafts';

/**
 * @typedef {object} Author
 * @property {number | null} login the sign-in during which it was written
 * @property {string} name whose it is; empty until the server has said it
 * @typedef {Author & {text: string}} Draft
 * @typedef {Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>} Place
 */

/**
 * Keeps a draft for each user, and for each sign-in whose user is not known yet, also over a reload; where the browser
 * denies storage, only until then.
 *
 * @param {() => Place} [storage] may throw, as `sessionStorage` itself may
 */
export function createDrafts(storage = () => sessionStorage) {
  /** The newest first. */
  let drafts = stored();

  /** @returns {Draft[]} */
  function stored() {
    try {
      return JSON.parse(storage().getItem(KEY) ?? '[]');
    } catch {
      return [];
    }
  }

  /** @param {Draft[]} next */
  function replace(next) {
    drafts = next;
    // What stands there first goes in any case: when there is no room, an older text must not come back as the newest.
    ifAllowed((place) => place.removeItem(KEY));
    if (drafts.length) ifAllowed((place) => place.setItem(KEY, JSON.stringify(drafts)));
  }

  /** @param {(place: Place) => void} act */
  function ifAllowed(act) {
    try {
      act(storage());
    } catch {
      // The draft then lives in memory.
    }
  }

  /** @param {Author} author */
  const by = ({ login, name }) => (/** @type {Draft} */ draft) => draft.login === login || (name && draft.name === name);

  /** @param {Author} author */
  const of = (author) => drafts.find(by(author))?.text ?? '';

  /** @param {Author} author @param {string} text empty: the draft goes away */
  function keep({ login, name }, text) {
    const author = { login, name: name || drafts.find(by({ login, name }))?.name || '' };
    const isTheirs = by(author);
    const others = drafts.filter((draft) => !isTheirs(draft));
    replace(text ? [{ ...author, text }, ...others] : others);
  }

  return {
    of,
    keep,
    /**
     * Drops the draft that the server has taken; what was typed since stays.
     *
     * @param {Author} author
     * @param {string} text
     */
    sent: (author, text) => void (of(author) === text && keep(author, '')),
    /**
     * Drops what nobody can claim any more: what was written during another sign-in, by nobody knows whom.
     *
     * @param {number | null} login the one that holds now
     */
    dropUnclaimed: (login) => replace(drafts.filter((draft) => draft.name || draft.login === login)),
  };
}

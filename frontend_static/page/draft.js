/** What users have typed and not sent yet, each under the user's own name, for as long as the tab lives. */

const KEY = 'nologout-draft:';

/**
 * Keeps drafts over a reload; where the browser denies storage, only until then.
 *
 * @param {() => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>} [storage] may throw, as `sessionStorage` itself may
 */
export function createDrafts(storage = () => sessionStorage) {
  /** @type {Map<string, string>} */
  const inMemory = new Map();

  /** @template T @param {(stored: ReturnType<typeof storage>) => T} use */
  function ifAllowed(use) {
    try {
      return use(storage());
    } catch {
      return null;
    }
  }

  /** @param {string} name */
  const of = (name) => inMemory.get(name) ?? ifAllowed((stored) => stored.getItem(KEY + name)) ?? '';

  /** @param {string} name @param {string} text empty: the draft goes away */
  function keep(name, text) {
    inMemory.set(name, text);
    ifAllowed((stored) => (text ? stored.setItem(KEY + name, text) : stored.removeItem(KEY + name)));
  }

  return {
    of,
    keep,
    /**
     * Drops the draft that the server has taken; what was typed since stays.
     *
     * @param {string} name
     * @param {string} text
     */
    sent: (name, text) => void (of(name) === text && keep(name, '')),
  };
}

/** Trouble to provoke by hand: what surrounds a session, wrapped so that it goes wrong on demand. */

/** @typedef {import('../session/types.js').Ports} Ports */

/**
 * @typedef {object} Trouble what is wrong at present
 * @property {number} skew by how many ms the session's clock is ahead
 * @property {boolean} offline whether every request fails as without a network
 * @property {boolean} full whether storage refuses every write
 * @property {boolean} expire whether the access token that is sent next shall be refused from then on
 */

/** @returns {Trouble} */
export const createTrouble = () => ({ skew: 0, offline: false, full: false, expire: false });

/**
 * A clock that can be wrong; its timers keep their pace, as a device's do.
 *
 * @param {Ports['clock']} clock
 * @param {Trouble} trouble
 * @returns {Ports['clock']}
 */
export const skewed = (clock, trouble) => ({ ...clock, now: () => clock.now() + trouble.skew });

/**
 * A store that can be full: it is read, and not written.
 *
 * @param {Ports['store']} store
 * @param {Trouble} trouble
 * @returns {Ports['store']}
 */
export function fillable(store, trouble) {
  /** @param {(current: unknown) => unknown} decide */
  const refusing = (decide) => (/** @type {unknown} */ current) => {
    const next = decide(current);
    if (next !== null && trouble.full) throw new DOMException('Storage is full.', 'QuotaExceededError');
    return next;
  };
  return { read: store.read, update: (decide) => store.update(refusing(decide)) };
}

/**
 * A device that can lose its connection, and knows that it has none.
 *
 * @param {Ports['wake']} wake
 * @param {Trouble} trouble
 * @returns {Ports['wake']}
 */
export const cuttable = (wake, trouble) => ({ ...wake, online: () => !trouble.offline && wake.online() });

/**
 * A network that can be gone, and over which a server refuses an access token before its time.
 *
 * @param {Ports['http']} http
 * @param {Trouble} trouble
 * @param {Ports['clock']} clock
 * @returns {Ports['http']}
 */
export function breakable(http, trouble, clock) {
  /** The token that shall be refused: every request that carries it is, and none that carries its successor. */
  let expired = '';

  /** @param {string | null} access */
  function onTheWire(access) {
    if (access && trouble.expire) {
      trouble.expire = false;
      expired = access;
    }
    return access && access === expired ? 'expired' : access;
  }

  return {
    isAtHome: http.isAtHome,
    prepare(input, init) {
      const request = http.prepare(input, init);
      return {
        ...request,
        async send(access) {
          if (trouble.offline) throw new TypeError('Failed to fetch');
          return request.send(onTheWire(access));
        },
      };
    },
    async post(url, question) {
      return trouble.offline ? noAnswer(clock.now()) : http.post(url, question);
    },
  };
}

/**
 * @param {number} now
 * @returns {import('../session/types.js').Answer}
 */
const noAnswer = (now) => ({ status: 0, sentAt: now, receivedAt: now });

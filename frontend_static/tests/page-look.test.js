/** How the inspector asks: the session for what it may tell, the browser for the lock. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLockWatch } from '../page/lock-holder.js';
import { look } from '../page/look.js';

const INSIGHT = { login: 1, generation: 2, receivedAt: 3, expiresAt: 4, serverOffset: null };
const TOKEN = [{ alg: 'HS256', typ: 'JWT' }, { user_id: '7', exp: 1_795_660_000 }, 'signature of thirty-two bytes, say']
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.');
const EVENT = { at: 1_795_660_000_000, tab: 'a1b2c3', type: 'attempt', waited: 4, ok: true, status: null };

test('The session is asked for its insight and its events', async () => {
  const session = { inspect: () => INSIGHT, events: async () => [EVENT] };
  assert.deepEqual(await look(session), { insight: INSIGHT, events: [EVENT] });
});

test('A session that nobody has tells nothing, and its events are still there', async () => {
  const session = { inspect: () => null, events: async () => [EVENT] };
  assert.deepEqual(await look(session), { insight: null, events: [EVENT] });
});

test('A long reason is shown; a token, a piece of one, and the id of a session are not', async () => {
  const strays = [TOKEN, TOKEN.slice(0, 16), TOKEN.slice(-16), '0f8fad5bd9cb469fa165708677289501'];
  const events = [...strays, 'no_active_account', 'absolute_expired', '/api/token/refresh/', 'Clock was set back'];
  const told = await look({ inspect: () => INSIGHT, events: async () => events.map((reason) => ({ ...EVENT, reason })) });
  assert.deepEqual(
    told.events.map(({ reason }) => reason),
    [...strays.map(() => '(left out)'), ...events.slice(strays.length)],
  );
});

test('What is no number, no boolean and no word is left out', async () => {
  const event = /** @type {any} */ ({ ...EVENT, tokens: { access: 'secret' }, list: ['secret'] });
  const { events } = await look({ inspect: () => INSIGHT, events: async () => [event] });
  assert.deepEqual(events, [{ ...EVENT, tokens: '(left out)', list: '(left out)' }]);
});

/**
 * Stands for the browser's Web Locks.
 *
 * @param {LockInfo[]} held by others
 * @param {LockInfo[]} [pending]
 */
function createLocks(held, pending = []) {
  const locks = {
    query: async () => ({ held, pending }),
    /** @param {string} name @param {() => Promise<unknown>} work */
    async request(name, work) {
      held.push({ name, clientId: 'me' });
      return work().finally(() => held.pop());
    },
  };
  return /** @type {import('../page/lock-holder.js').Locks} */ (/** @type {unknown} */ (locks));
}

test('The lock is held by nobody, by this tab or by another, and others may wait for it', async () => {
  const theirs = { name: 'session', clientId: 'they' };
  const mine = { name: 'session', clientId: 'me' };
  assert.equal(await createLockWatch('session', createLocks([{ name: 'other', clientId: 'me' }]))(), 'nobody');
  assert.equal(await createLockWatch('session', createLocks([mine]))(), 'this tab');
  assert.equal(await createLockWatch('session', createLocks([theirs], [mine]))(), 'another tab; 1 waiting');
});

test('A browser without Web Locks is told apart', async () => {
  assert.match(await createLockWatch('session', undefined)(), /no Web Locks/);
});

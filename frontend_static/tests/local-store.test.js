/** One value in localStorage, which is moved by hand: for browsers without IndexedDB. */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { createLocalStore } from '../session/ports/local-store.js';
import { createAnyStore } from '../session/ports/any-store.js';
import { readable } from '../session/record.js';
import { removeGlobal, setGlobal } from './globals.js';
import { createFakeClock } from './time.js';
import { createWorld, drive, HOUR, until } from './world.js';

/** @typedef {import('../session/types.js').Store} Store */
/** @typedef {ReturnType<ReturnType<typeof createDevice>['view']>} View */

const PLACE = 'name.record';

afterEach(() => ['localStorage', 'indexedDB'].forEach(removeGlobal));

/** localStorage as several processes have it: each has a copy, and what one writes arrives at the others later. */
function createDevice() {
  /** @type {Map<string, string>[]} */
  const copies = [];
  /** @type {(() => void)[]} */
  let onTheWay = [];
  return {
    view() {
      const own = new Map(copies[0]);
      copies.push(own);
      return {
        full: false,
        /** @param {string} key */
        getItem: (key) => own.get(key) ?? null,
        /** @param {string} key @param {string} value */
        setItem(key, value) {
          if (this.full) throw new DOMException('full', 'QuotaExceededError');
          own.set(key, value);
          for (const copy of copies) onTheWay.push(() => void copy.set(key, value));
        },
      };
    },
    arrive() {
      for (const change of onTheWay) change();
      onTheWay = [];
    },
  };
}

/** @param {View} view @returns {Store} the store of a tab that has this copy */
function storeOver(view) {
  const store = createLocalStore(PLACE);
  /** @template T @param {() => T} use */
  function there(use) {
    setGlobal('localStorage', view);
    return use();
  }
  return { read: () => there(store.read), update: (decide) => there(() => store.update(decide)) };
}

/** @returns {import('../session/types.js').Pair} */
const pair = (generation = 1) => ({
  kind: 'pair', login: 1, generation, access: 'a', refresh: 'r', receivedAt: 0, expiresAt: 1e14,
});

test('A record comes back whole, also one whose token tells no expiry, which JSON cannot say', async () => {
  const store = storeOver(createDevice().view());
  assert.equal(await store.update(() => pair()), null);
  const found = readable(await store.read());
  assert.deepEqual(found, pair());
  assert.ok(found?.kind === 'pair' && found.expiresAt > Date.parse('4000-01-01'));
});

test('A value is compared and set: what was there is given, and null writes nothing', async () => {
  const store = storeOver(createDevice().view());
  await store.update(() => 1);
  assert.equal(await store.update((current) => (current === 1 ? 2 : null)), 1);
  assert.equal(await store.update((current) => (current === 1 ? 3 : null)), 2);
  assert.equal(await store.read(), 2);
});

test('What is torn counts as nothing, and can be written over', async () => {
  const view = createDevice().view();
  view.setItem(PLACE, '{"kind":"pa');
  const store = storeOver(view);
  assert.equal(await store.read(), null);
  assert.equal(await store.update(() => 'whole'), null);
  assert.equal(await store.read(), 'whole');
});

test('Storage that is missing, denied or full rejects, and is never taken for an empty one', async () => {
  const missing = createLocalStore(PLACE);
  removeGlobal('localStorage');
  await assert.rejects(missing.read(), ReferenceError);
  await assert.rejects(missing.update(() => 1), ReferenceError);
  const view = createDevice().view();
  view.full = true;
  await assert.rejects(storeOver(view).update(() => 1), { name: 'QuotaExceededError' });
  const denied = { get: () => { throw new DOMException('denied', 'SecurityError'); }, configurable: true };
  Object.defineProperty(globalThis, 'localStorage', denied);
  await assert.rejects(missing.read(), { name: 'SecurityError' });
});

test('localStorage has to do where IndexedDB is absent or may not be touched, and not where it merely fails', async () => {
  const fails = { open: () => { throw new Error('fails'); } };
  for (const [place, expected] of /** @type {const} */ ([
    [{ value: undefined }, true],
    [{ get: () => { throw new DOMException('denied', 'SecurityError'); } }, true],
    [{ value: fails }, false],
  ])) {
    Object.defineProperty(globalThis, 'indexedDB', { ...place, configurable: true });
    const view = createDevice().view();
    setGlobal('localStorage', view);
    const written = createAnyStore('name', 'record', createFakeClock()).update(() => 1);
    if (!expected) await assert.rejects(written, /fails/);
    assert.equal(await written.catch(() => null), null);
    assert.equal(view.getItem(PLACE), expected ? '1' : null);
  }
});

/** What two tabs refresh that expire together, where writes arrive late at the second. @param {boolean} deaf it hears of nothing either */
async function refreshesOfTwo(deaf) {
  const world = createWorld();
  const device = createDevice();
  const { http } = world.server;
  const first = world.tab({ store: storeOver(device.view()) });
  await world.clock.pass(200);
  await drive(world, first.session.signIn({}));
  device.arrive();
  /** @type {typeof http.post} */
  async function post(...asked) {
    const answer = await http.post(...asked);
    device.arrive();
    return answer;
  }
  const second = world.tab({ store: storeOver(device.view()), http: { ...http, post } });
  await until(() => second.status() === 'signed-in');
  second.ear.deaf = deaf;
  await world.clock.pass(2 * HOUR);
  const replies = await drive(world, Promise.all([first.get(), second.get()]));
  assert.deepEqual(replies.map(({ status }) => status), [200, 200]);
  return world.server.state.refreshes;
}

test('Where a write arrives late, a second tab refreshes in vain and goes on, or was told and refreshes nothing', async () => {
  assert.deepEqual([await refreshesOfTwo(true), await refreshesOfTwo(false)], [['r.1', 'r.1'], ['r.1']]);
});

/** One tab at a time, with Web Locks. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RefreshUnavailableError } from '../session/errors.js';
import { createLock } from '../session/ports/lock.js';
import { setGlobal } from './globals.js';
import { createFakeClock, flush, gate } from './time.js';

/** Web Locks as browsers have them: one holder, a queue, abort while waiting, and theft. */
function fakeLocks() {
  /** @type {Promise<void> | null} */
  let current = null;
  let grants = 0;
  /** @type {(() => void)[]} */
  const waiting = [];

  /** @param {() => Promise<unknown>} granted */
  function start(granted) {
    grants += 1;
    const turn = granted();
    const mine = turn.then(() => {}, () => {}).then(() => {
      if (current !== mine) return;
      current = null;
      waiting.shift()?.();
    });
    current = mine;
    return turn;
  }

  return {
    query: async () => ({ held: [{ name: 'name', clientId: String(grants) }] }),
    /** @param {string} _name @param {LockOptions} options @param {() => Promise<unknown>} granted */
    async request(_name, { signal, steal }, granted) {
      if (current && !steal) {
        await new Promise((resolve, reject) => {
          const turn = () => resolve(null);
          waiting.push(turn);
          signal?.addEventListener('abort', () => {
            if (waiting.includes(turn)) waiting.splice(waiting.indexOf(turn), 1);
            reject(signal.reason);
          });
        });
      }
      return start(granted);
    },
  };
}

test('A lock that is not free in time is taken over, or left, as the caller wants', async () => {
  const clock = createFakeClock();
  setGlobal('navigator', { locks: fakeLocks() });
  const lock = createLock('name', clock, 10_000);
  const frozen = gate();
  const holder = lock(async () => (await frozen.shut, 'held'), () => false);
  await flush();
  const polite = assert.rejects(lock(async () => 'polite', () => false), RefreshUnavailableError);
  const pressing = lock(async () => 'pressing', () => true);
  await flush();
  await clock.pass(12_000);
  await polite;
  assert.equal(await pressing, 'pressing');
  frozen.open();
  assert.equal(await holder, 'held');
});

test('Two tabs that wait for a frozen one take over in turn, not from each other', async () => {
  setGlobal('navigator', { locks: fakeLocks() });
  const clock = createFakeClock();
  /** @param {number} random */
  const lock = (random) => createLock('name', { ...clock, random: () => random }, 10_000);
  void lock(0)(() => new Promise(() => {}), () => false);
  await flush();
  const slow = gate();
  let working = 0;
  const work = async () => {
    working += 1;
    assert.equal(working, 1);
    await slow.shut;
    working -= 1;
  };
  const both = Promise.all([lock(0)(work, () => true), lock(0.9)(work, () => true)]);
  await flush();
  await clock.pass(10_000);
  assert.equal(working, 1);
  await clock.pass(2_500);
  slow.open();
  await both;
});

test('A holder whose work fails passes its error on, and the lock to the next', async () => {
  setGlobal('navigator', { locks: fakeLocks() });
  const lock = createLock('name', createFakeClock(), 10_000);
  await assert.rejects(lock(() => Promise.reject(new TypeError('mine')), () => false), TypeError);
  assert.equal(await lock(async () => 'next', () => false), 'next');
});

test('Where Web Locks are denied each tab works alone, once its token is worth nothing', async () => {
  const denied = () => Promise.reject(new DOMException('Access to the Locks API is denied in this context.', 'SecurityError'));
  setGlobal('navigator', { locks: { query: denied, request: denied } });
  const lock = createLock('name', createFakeClock(), 10_000);
  await assert.rejects(lock(async () => 'early', () => false), RefreshUnavailableError);
  assert.equal(await lock(async () => 'alone', () => true), 'alone');
  await assert.rejects(lock(() => Promise.reject(new TypeError('mine')), () => true), TypeError);
});

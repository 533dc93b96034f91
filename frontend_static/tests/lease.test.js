/** One tab at a time, without Web Locks. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLease } from '../session/ports/lease.js';
import { createFakeClock, flush } from './time.js';

/** @returns {import('../session/types.js').Store & {full: boolean}} */
function memoryStore() {
  /** @type {unknown} */
  let value = null;
  return {
    full: false,
    read: async () => value,
    async update(decide) {
      if (this.full) throw new Error('full');
      const before = value;
      value = decide(before) ?? before;
      return before;
    },
  };
}

test('Without Web Locks a lease lets one tab work at a time, though their clocks differ a little', async () => {
  const clock = createFakeClock();
  const store = memoryStore();
  let alone = true;
  /** @param {number} random */
  function tab(random) {
    const ahead = random * 1000;
    const lease = createLease(store, { ...clock, random: () => random, now: () => clock.now() + ahead }, 10_000);
    return lease(async () => {
      assert.ok(alone);
      alone = false;
      await flush();
      alone = true;
    }, () => false);
  }
  const both = Promise.all([tab(0.2), tab(0.1)]);
  for (let turn = 0; turn < 5; turn += 1) {
    await flush();
    await clock.pass(100);
  }
  await both;
});

test('A lease whose holder died runs out, also when the clock was set back', async () => {
  for (const jump of [10_001, -60_000]) {
    const clock = createFakeClock();
    const store = memoryStore();
    void createLease(store, { ...clock, random: () => 0.1 }, 10_000)(() => new Promise(() => {}), () => false);
    await flush();
    await clock.pass(jump);
    assert.equal(await createLease(store, clock, 10_000)(async () => 'mine', () => false), 'mine');
  }
});

test('A lease that storage refuses does not stop the work', async () => {
  const store = memoryStore();
  store.full = true;
  assert.equal(await createLease(store, createFakeClock(), 10_000)(async () => 'done', () => false), 'done');
});

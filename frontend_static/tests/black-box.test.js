/** The black box: bounded, shared by the tabs, there after a reload and when storage refuses. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBlackBox } from '../session/black-box.js';
import { createFakeClock } from './time.js';

/** Storage that several tabs share. */
function createShared() {
  const shared = { value: /** @type {unknown} */ (null), full: false };
  /** @type {import('../session/types.js').Store} */
  const store = {
    read: async () => structuredClone(shared.value),
    async update(decide) {
      const next = decide(structuredClone(shared.value));
      if (shared.full) throw new Error('full');
      shared.value = structuredClone(next);
      return null;
    },
  };
  return { shared, store };
}

/** @param {import('../session/types.js').Store} store */
function openTab(store, clock = createFakeClock(), random = 0.1) {
  const around = { online: true, visible: true };
  return { clock, around, box: createBlackBox(store, { ...clock, random: () => random }, () => around) };
}

test('Events of all tabs are there for each of them, oldest first, with what was the case', async () => {
  const { store } = createShared();
  const one = openTab(store);
  const other = openTab(store, one.clock, 0.2);
  one.box.note({ type: 'attempt', generation: 1 });
  await one.clock.pass(5);
  other.around.online = false;
  other.box.note({ type: 'transient', status: 0 });
  await one.clock.pass(5);
  one.box.note({ type: 'tokens', status: 200 });
  await Promise.all([one.box.events(), other.box.events()]);
  const events = await other.box.events();
  assert.deepEqual(events.map(({ type }) => type), ['attempt', 'transient', 'tokens']);
  assert.deepEqual(events.map(({ online }) => online), [true, false, true]);
  assert.deepEqual(events.map(({ at }) => at - events[0].at), [0, 5, 10]);
  assert.equal(events[0].tab, events[2].tab);
  assert.notEqual(events[0].tab, events[1].tab);
  assert.deepEqual(await one.box.events(), events);
});

test('A tab that is opened after a crash reads what the others had told', async () => {
  const { store } = createShared();
  const { box } = openTab(store);
  box.note({ type: 'ended', reason: 'expired' });
  await box.events();
  const [{ type, reason }] = await openTab(store).box.events();
  assert.deepEqual([type, reason], ['ended', 'expired']);
});

test('It is bounded, and the oldest give way', async () => {
  const { store } = createShared();
  const { box } = openTab(store);
  for (let generation = 0; generation < 1_000; generation += 1) box.note({ type: 'attempt', generation });
  const events = await box.events();
  assert.equal(events.length, 300);
  assert.deepEqual([events[0].generation, events[299].generation], [700, 999]);
});

test('What storage refuses stays in memory, bounded too, and is written with the next', async () => {
  const { shared, store } = createShared();
  const { box } = openTab(store);
  shared.full = true;
  for (let generation = 0; generation < 400; generation += 1) {
    box.note({ type: 'attempt', generation });
    await box.events();
  }
  assert.equal((await box.events()).length, 300);
  assert.equal(shared.value, null);
  shared.full = false;
  box.note({ type: 'tokens', status: 200 });
  await box.events();
  assert.equal([shared.value].flat().length, 300);
});

test('A stored value that is no list of events is replaced', async () => {
  const { shared, store } = createShared();
  shared.value = { torn: true };
  const { box } = openTab(store);
  box.note({ type: 'attempt', generation: 1 });
  assert.equal((await box.events()).length, 1);
});

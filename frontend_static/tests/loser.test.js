/** Two tabs refresh with one token because nothing orders them, and one is refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './overlay.js';
import { createWorld, drive, flush, gate, HOUR, until } from './world.js';

/** @type {import('../session/types.js').Ports['lock']} */
const unordered = (work) => work();

/**
 * Storage refuses, so that the winner's tokens are known only from what it tells.
 *
 * @param {import('./overlay.js').OpenTab} openTab
 */
async function race(openTab) {
  const world = createWorld();
  const first = await world.signedIn();
  const [winner, loser] = [openTab(world, { lock: unordered }), openTab(world, { lock: unordered })];
  await until(() => winner.status() === 'signed-in' && loser.status() === 'signed-in');
  first.session.close();
  world.storage.full = true;
  const [early, late] = [gate(), gate()];
  world.server.state.fates.push(early.shut, late.shut);
  world.clock.pass(2 * HOUR);
  const settled = Promise.allSettled([winner.get(), loser.get()]);
  await until(() => world.server.state.refreshes.length === 2);
  early.open();
  for (let turn = 0; turn < 3; turn += 1) await flush();
  late.open();
  const outcomes = (await drive(world, settled)).map(({ status }) => status);
  world.storage.full = false;
  await world.clock.pass(3_000);
  await until(() => world.storage.value.generation === 2 || world.storage.value.kind === 'ended');
  return { outcomes, left: world.storage.value.kind };
}

test('A refusal is no end for a tab that has heard of newer tokens, also where storage refuses', async () => {
  const raced = await race((world, ports) => world.tab(ports));
  assert.deepEqual(raced, { outcomes: ['fulfilled', 'fulfilled'], left: 'pair' });
});

test('loser_wipes_winner ends the session of both', async (t) => {
  const { left } = await race(await load('loser_wipes_winner', t));
  assert.equal(left, 'ended');
});

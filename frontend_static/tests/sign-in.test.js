/** Two sign-ins in one moment, as after a double click, or in two tabs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorld, drive, flush, HOUR } from './world.js';

/** @param {import('../session/types.js').StrategyName} strategy */
async function signedInTwiceAtOnce(strategy) {
  const world = createWorld({ strategy });
  const tabs = [0.2, 0.7].map((random) => world.tab({ clock: { ...world.clock, random: () => random } }));
  await flush();
  await world.clock.pass(200);
  await flush();
  await Promise.all(tabs.map(({ session }) => session.signIn({})));
  await flush();
  return { world, tabs };
}

test('Two sign-ins in one moment leave one session, and the other is signed out at the server', async () => {
  const { world, tabs } = await signedInTwiceAtOnce('rotating');
  assert.equal(world.server.state.revoked.length, 1);
  for (const tab of tabs) assert.equal((await tab.get()).status, 200);
});

test('With cookies the record that stays is that of a session which lives', async () => {
  const { world, tabs } = await signedInTwiceAtOnce('cookie');
  await world.clock.pass(2 * HOUR);
  for (const tab of tabs) assert.equal((await drive(world, tab.get())).status, 200);
});

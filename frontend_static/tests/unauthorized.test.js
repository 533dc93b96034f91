/** What is always refused beside what is not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorld, drive } from './world.js';

/**
 * Sends a request that is answered so each time, and returns how often it was sent.
 *
 * @param {import('./world.js').Tab} tab
 * @param {number} status
 */
async function send({ session }, status) {
  const ticket = session.createTicket({ replayable: true });
  for (let sends = 1; ; sends += 1) {
    await ticket.token();
    if (!(await ticket.mustRepeat(status, async () => ({ code: 'token_not_valid' })))) return sends;
  }
}

test('An endpoint that answers 401 to everybody, beside one that works, does not refresh at each poll', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  const sends = [];
  for (let second = 0; second < 10; second += 1) {
    await drive(world, send(tab, 200));
    sends.push(await drive(world, send(tab, 401)));
    await world.clock.pass(900);
  }
  assert.deepEqual(world.server.state.refreshes, ['r.1']);
  assert.deepEqual(sends, [2, ...Array(9).fill(1)]);
});

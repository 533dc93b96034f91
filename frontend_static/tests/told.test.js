/** What is told beyond the tab: to the server of forced logouts, to a page of its tokens; never a token. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorld, drive, flush, gate, HOUR, until } from './world.js';

test('A forced logout is told to the server once, however many tabs there are, and by its reason', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  const others = [world.tab(), world.tab()];
  await until(() => others.every((other) => other.status() === 'signed-in'));
  world.server.state.ended = true;
  await world.clock.pass(2 * HOUR);
  await until(() => [tab, ...others].every((each) => each.status() === 'signed-out'));
  assert.deepEqual(world.server.state.reports, [{ reason: 'token_not_valid' }]);
});

test('Several requests that hear of it at once tell it once, also where storage refuses', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  world.storage.blocked = true;
  world.server.state.refusesUpTo = 9;
  world.server.state.code = 'user_inactive';
  await drive(world, Promise.allSettled([1, 2, 3, 4, 5].map(() => tab.get())));
  assert.equal(tab.status(), 'signed-out');
  assert.deepEqual(world.server.state.reports, [{ reason: 'user_inactive' }]);
});

test('A refusal that comes after the user has signed out is no forced logout, also where storage refuses', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  const held = gate();
  world.server.state.fates.push(held.shut);
  world.server.state.ended = true;
  world.storage.full = true;
  await world.clock.pass(2 * HOUR);
  await until(() => world.server.state.refreshes.length === 1);
  void tab.session.signOut();
  await world.clock.pass(1_000);
  held.open();
  await world.clock.pass(1_000);
  assert.deepEqual([tab.session.state.reason, world.server.state.reports], ['signed_out', []]);
});

test('A reason that is no word is neither kept nor told', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  const reason = 'Token header.payload.signature is blacklisted';
  world.server.state.fates.push({ status: 401, body: { code: 'token_not_valid', reason } });
  await world.clock.pass(2 * HOUR);
  await until(() => tab.status() === 'signed-out');
  assert.ok(!JSON.stringify([world.told, world.storage.value, world.server.state.reports]).includes('signature'));
  assert.equal(tab.session.state.reason, 'token_not_valid');
});

test('A sign-out by the user is no forced logout', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  await tab.session.signOut();
  assert.deepEqual(world.server.state.reports, []);
});

test('What a page may show of the tokens is times and numbers', async () => {
  const world = createWorld({ skew: -90_000 });
  const tab = await world.signedIn();
  const { login, generation, receivedAt, expiresAt, serverOffset } = tab.session.inspect() ?? assert.fail();
  assert.deepEqual([login, generation], [tab.session.state.login, 1]);
  assert.ok(Math.abs(expiresAt - receivedAt - HOUR) <= 1_000);
  assert.ok(Math.abs(Number(serverOffset) - 90_000) <= 1_000, String(serverOffset));
  await tab.session.signOut();
  assert.equal(tab.session.inspect(), null);
  const hopeful = createWorld({ strategy: 'cookie' });
  hopeful.server.state.fates.push('drop');
  const opening = hopeful.tab();
  await flush();
  await hopeful.clock.pass(200);
  await until(() => opening.status() === 'reconnecting');
  assert.equal(opening.session.inspect(), null);
});

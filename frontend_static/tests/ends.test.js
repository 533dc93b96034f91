/** How sessions end: by the user's act or the server's refusal, in every tab, once, with the reason. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SessionExpiredError } from '../session/errors.js';
import { createWorld, flush, gate, HOUR, until } from './world.js';

test('A sign-out reaches every tab, leaves a tombstone, and tells the server', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  const other = world.tab();
  await until(() => other.status() === 'signed-in');
  await tab.session.signOut();
  await until(() => other.status() === 'signed-out');
  assert.equal(other.session.state.reason, 'signed_out');
  assert.equal(world.storage.value.kind, 'ended');
  assert.deepEqual(world.server.state.revoked, ['r.1']);
});

test('A suspended tab sees the tombstone when it wakes', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  const asleep = world.tab();
  await until(() => asleep.status() === 'signed-in');
  asleep.ear.deaf = true;
  await tab.session.signOut();
  await flush();
  assert.equal(asleep.status(), 'signed-in');
  asleep.device.wake();
  await until(() => asleep.status() === 'signed-out');
});

test('A sign-out beats the refresh in flight, whose tokens are dropped and revoked', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  const held = gate();
  world.server.state.fates.push(held.shut);
  await world.clock.pass(2 * HOUR);
  await until(() => world.server.state.refreshes.length === 1);
  const waiting = assert.rejects(tab.get(), SessionExpiredError);
  await tab.session.signOut();
  held.open();
  await waiting;
  await until(() => world.server.state.revoked.includes('r.2'));
  assert.equal(tab.status(), 'signed-out');
  assert.equal(world.storage.value.kind, 'ended');
});

test('A refusal ends the session in every tab with its reason', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  const other = world.tab();
  await until(() => other.status() === 'signed-in');
  world.server.state.fates.push({ status: 401, body: { code: 'token_not_valid', reason: 'reuse_detected' } });
  await world.clock.pass(2 * HOUR);
  await until(() => tab.status() === 'signed-out' && other.status() === 'signed-out');
  assert.equal(tab.session.state.reason, 'reuse_detected');
  assert.equal(other.session.state.reason, 'reuse_detected');
  assert.equal(world.server.state.refreshes.length, 1);
});

test('The reason of an end is still known after a reload', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  world.server.state.ended = true;
  await world.clock.pass(2 * HOUR);
  await until(() => tab.status() === 'signed-out');
  const reloaded = world.tab();
  await until(() => reloaded.status() === 'signed-out');
  assert.equal(reloaded.session.state.reason, 'token_not_valid');
});

test('A refusal of an old generation adopts the newer one instead of ending the session', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  const held = gate();
  world.server.state.newest = 2;
  world.server.state.fates.push(held.shut);
  await world.clock.pass(2 * HOUR);
  await until(() => world.server.state.refreshes.length === 1);
  const now = world.clock.now();
  world.storage.value = {
    ...world.storage.value, generation: 2, refresh: 'r.2', receivedAt: now, expiresAt: now + HOUR,
    access: `a.2.0.${Math.floor((now + HOUR) / 1000)}`,
  };
  held.open();
  assert.equal((await tab.get()).status, 200);
  assert.equal(tab.status(), 'signed-in');
  assert.equal(world.storage.value.generation, 2);
});

test('A late success does not revive a session that a refusal has ended', async () => {
  const world = createWorld();
  /** @type {<T>(work: () => Promise<T>) => Promise<T>} */
  const lock = (work) => work();
  await (await world.signedIn()).session.close();
  const winner = world.tab({ lock });
  const loser = world.tab({ lock });
  await until(() => winner.status() === 'signed-in' && loser.status() === 'signed-in');
  const held = gate();
  world.server.state.fates.push(held.shut);
  await world.clock.pass(2 * HOUR);
  await until(() => loser.status() === 'signed-out' && winner.status() === 'signed-out');
  held.open();
  await flush();
  assert.equal(winner.status(), 'signed-out');
  assert.equal(world.storage.value.kind, 'ended');
});

test('After a sign-out the next sign-in reaches every tab', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  const other = world.tab();
  await until(() => other.status() === 'signed-in');
  const before = other.session.state.login;
  await tab.session.signOut();
  await tab.session.signIn({});
  await until(() => other.status() === 'signed-in');
  assert.notEqual(other.session.state.login, before);
  assert.equal((await other.get()).status, 200);
});

test('A sign-in that the server puts off tells until when', async () => {
  const world = createWorld();
  const { post } = world.server.http;
  world.server.http.post = async (...asked) => ({ ...(await post(...asked)), status: 429, body: {}, retryAfter: '42' });
  const tab = world.tab();
  await assert.rejects(tab.session.signIn({}), { name: 'SessionError', status: 429, retryAfter: 42_000 });
});

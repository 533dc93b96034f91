/** The refresh token in a cookie: what the page knows, and what it can do when it knows nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RefreshUnavailableError, SessionExpiredError } from '../session/errors.js';
import { strategyNamed } from '../session/strategy.js';
import { createWorld, flush, gate, HOUR, until } from './world.js';

test('With cookies no refresh token is ever in reach of the page', async () => {
  const world = createWorld({ strategy: 'cookie' });
  const tab = await world.signedIn();
  await world.clock.pass(2 * HOUR);
  assert.equal((await tab.get()).status, 200);
  assert.equal(world.storage.value.refresh, 's1');
});

test('A session of before the site changed to cookies goes on', async () => {
  const { body } = strategyNamed('cookie').ask({ refresh: 'header.payload.signature' });
  assert.deepEqual(body, { refresh: 'header.payload.signature' });
});

test('A tab that cannot learn who has signed in is signed out, with the reason', async () => {
  const world = createWorld({ strategy: 'cookie' });
  const tab = await world.signedIn();
  world.server.state.refreshes = [];
  // Another browser profile's page, say, with storage of its own: the cookie jar is the same, the record is not.
  await world.server.http.post('/api/token/', { body: {} });
  await world.clock.pass(2 * HOUR);
  await flush();
  await world.clock.pass(200);
  await until(() => tab.status() === 'signed-out');
  assert.equal(tab.session.state.reason, 'other_session');
  assert.deepEqual([world.server.state.strangers, world.server.state.refreshes], [1, []]);
});

test('A tab that learns in time who has signed in is never signed out, and nobody is told that it was', async () => {
  const world = createWorld({ strategy: 'cookie' });
  const tab = await world.signedIn();
  const seen = /** @type {string[]} */ ([]);
  tab.session.subscribe(({ status }) => void seen.push(status));
  await world.server.http.post('/api/token/', { body: {} });
  await world.clock.pass(2 * HOUR);
  await flush();
  const login = world.clock.now();
  const access = `a.2.0.${Math.floor(login / 1000) + 3600}`;
  Object.assign(world.storage.value, { login, generation: 1, access, expiresAt: login + HOUR, refresh: 's2' });
  await world.clock.pass(200);
  await until(() => tab.session.state.login === login);
  assert.ok(!seen.includes('signed-out'), seen.join());
  assert.deepEqual(world.server.state.reports, []);
});

/** A world in which somebody is signed in by the cookie alone: the record was evicted with its tabs. */
async function cookieAlone() {
  const world = createWorld({ strategy: 'cookie' });
  const tab = await world.signedIn();
  tab.session.close();
  tab.ear.deaf = true;
  world.storage.value = null;
  world.server.state.refreshes = [];
  return world;
}

test('A tab that knows nothing goes on with the session of the cookie, and two of them send one refresh', async () => {
  const world = await cookieAlone();
  const tabs = [world.tab(), world.tab()];
  await flush();
  await world.clock.pass(200);
  await until(() => tabs.every(({ status }) => status() === 'signed-in'));
  assert.equal((await tabs[1].get()).status, 200);
  assert.equal(world.server.state.refreshes.length, 1);
  assert.deepEqual([world.storage.value.kind, world.storage.value.refresh], ['pair', 's1']);
});

test('Without a cookie nobody is signed in: no reason, no tombstone, nothing told', async () => {
  const world = createWorld({ strategy: 'cookie' });
  const tab = world.tab();
  await flush();
  await world.clock.pass(200);
  await until(() => tab.status() === 'signed-out');
  assert.equal(tab.session.state.reason, null);
  assert.deepEqual([world.storage.value, world.server.state.reports], [null, []]);
  await assert.rejects(tab.get(), SessionExpiredError);
});

test('While the server is out of reach it is unknown whether somebody is signed in', async () => {
  const world = await cookieAlone();
  world.server.state.fates.push(...Array(20).fill('drop'));
  const tab = world.tab();
  await flush();
  await world.clock.pass(200);
  await until(() => tab.status() === 'reconnecting');
  const impatient = assert.rejects(tab.get(), RefreshUnavailableError);
  await flush();
  await world.clock.pass(10_000);
  await impatient;
  assert.equal(world.storage.value, null);
  world.server.state.fates = [];
  await world.clock.pass(30_000);
  await until(() => tab.status() === 'signed-in');
});

test('A sign-in ends the hope for another session, and is not taken back by it', async () => {
  const world = await cookieAlone();
  world.server.state.fates.push(...Array(5).fill('drop'));
  const tab = world.tab();
  await flush();
  await world.clock.pass(200);
  await until(() => tab.status() === 'reconnecting');
  await tab.session.signIn({ username: 'bob', password: 'secret' });
  await world.clock.pass(30_000);
  assert.equal(tab.status(), 'signed-in');
  assert.equal((await tab.get()).status, 200);
  assert.deepEqual(world.server.state.revoked, []);
});

test('Who has signed out is not signed in again by a cookie that is still there', async () => {
  const world = await cookieAlone();
  world.storage.value = { kind: 'ended', login: world.clock.now(), generation: 1, reason: 'signed_out' };
  const tab = world.tab();
  await until(() => tab.status() === 'signed-out');
  await world.clock.pass(60_000);
  assert.deepEqual([tab.status(), world.server.state.refreshes], ['signed-out', []]);
});

test('Who signs in while the tab still hopes is not signed out when the hope is refused', async () => {
  const world = await cookieAlone();
  const held = gate();
  world.server.state.fates.push(held.shut);
  world.server.state.ended = true;
  const tab = world.tab();
  await flush();
  await world.clock.pass(200);
  await until(() => world.server.state.refreshes.length === 1);
  await tab.session.signIn({ username: 'bob', password: 'secret' });
  const seen = /** @type {string[]} */ ([]);
  tab.session.subscribe(({ status }) => void seen.push(status));
  held.open();
  await flush();
  await flush();
  assert.deepEqual(seen, ['signed-in']);
});

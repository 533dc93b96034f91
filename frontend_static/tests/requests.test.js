/** What becomes of a page's requests when a token expires, is refused, or cannot be renewed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RefreshUnavailableError, SessionError, SessionExpiredError } from '../session/errors.js';
import { createWorld, flush, gate, HOUR, until } from './world.js';

test('A request carries the current token', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  assert.equal((await tab.get()).status, 200);
  assert.match(world.server.state.requests[0] ?? '', /^a\.1\./);
});

test('A request with an expired token refreshes first, and is sent once', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  await world.clock.pass(2 * HOUR);
  assert.equal((await tab.get()).status, 200);
  assert.deepEqual(world.server.state.refreshes, ['r.1']);
  assert.equal(world.server.state.requests.length, 1);
});

test('Parallel requests whose token the server refuses share one refresh', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  world.server.state.refusesUpTo = 1;
  const replies = await Promise.all([tab.get(), tab.get(), tab.get()]);
  assert.deepEqual(replies.map(({ status }) => status), [200, 200, 200]);
  assert.deepEqual(world.server.state.refreshes, ['r.1']);
});

test('A late 401 of an older token retries with the current one and does not refresh again', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  const late = gate();
  world.server.state.refusesUpTo = 1;
  world.server.state.gate = late.shut;
  const slow = tab.get();
  await flush();
  await world.clock.pass(2 * HOUR);
  await until(() => world.server.state.refreshes.length === 1 && world.storage.value.generation === 2);
  late.open();
  assert.equal((await slow).status, 200);
  assert.deepEqual(world.server.state.refreshes, ['r.1']);
});

test('A server that refuses every token is asked for one refresh, not for one a request', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  world.server.state.refusesUpTo = Infinity;
  for (let turn = 0; turn < 5; turn += 1) assert.equal((await tab.get()).status, 401);
  assert.deepEqual(world.server.state.refreshes, ['r.1']);
  assert.equal(tab.status(), 'signed-in');
});

test('A request that waits too long for a refresh is rejected, and the session goes on', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  world.server.state.fates.push(...Array(20).fill('drop'));
  await world.clock.pass(2 * HOUR);
  const rejected = assert.rejects(tab.get(), RefreshUnavailableError);
  await flush();
  await world.clock.pass(10_000);
  await rejected;
  assert.equal(tab.status(), 'reconnecting');
});

test("A caller's own signal ends its wait, and not the refresh of the others", async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  const held = gate();
  world.server.state.fates.push(held.shut);
  await world.clock.pass(2 * HOUR);
  const controller = new AbortController();
  const impatient = assert.rejects(tab.session.fetch('/api/items/', { signal: controller.signal }), /gave up/);
  const patient = tab.get();
  await flush();
  controller.abort(new Error('gave up'));
  await impatient;
  held.open();
  assert.equal((await patient).status, 200);
  assert.equal(world.server.state.refreshes.length, 1);
});

test('A stream that was sent is not sent again, and the error says so', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  world.server.state.refusesUpTo = Infinity;
  await assert.rejects(tab.session.fetch('/api/items/', { replayable: false }), (error) => {
    return error instanceof SessionError && /stream/.test(error.message);
  });
});

test('A request of a tab where nobody is signed in is rejected, and never sent', async () => {
  const world = createWorld();
  const tab = world.tab();
  await flush();
  await world.clock.pass(200);
  await assert.rejects(tab.get(), SessionExpiredError);
  assert.deepEqual(world.server.state.requests, []);
});

test('A request is never sent again with the token of somebody who signed in meanwhile', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  const late = gate();
  world.server.state.refusesUpTo = 1;
  world.server.state.gate = late.shut;
  const slow = tab.get();
  await flush();
  await tab.session.signOut();
  await world.clock.pass(1000);
  await tab.session.signIn({ username: 'bob', password: 'secret' });
  late.open();
  await assert.rejects(slow, /Somebody signed in/);
  assert.equal(world.server.state.requests.length, 1);
});

test('A sign-in that the server refuses is rejected with its status, and changes nothing', async () => {
  const world = createWorld();
  const answer = { status: 401, body: {}, sentAt: 0, receivedAt: 0 };
  const tab = world.tab({ http: { ...world.server.http, post: async () => answer } });
  await assert.rejects(tab.session.signIn({}), (error) => error instanceof SessionError && error.status === 401);
  assert.equal(world.storage.value, null);
});

test('A request that waits for a refresh is not sent with the token of somebody who signs in meanwhile', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  const held = gate();
  world.server.state.fates.push(held.shut);
  await world.clock.pass(2 * HOUR);
  const waiting = assert.rejects(tab.get(), (error) => error instanceof SessionError && /Somebody signed in/.test(error.message));
  await flush();
  await tab.session.signIn({ username: 'bob', password: 'secret' });
  held.open();
  await waiting;
  assert.deepEqual(world.server.state.requests, []);
  assert.equal((await tab.get()).status, 200);
});

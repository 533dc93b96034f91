/** The server hears that a session is no longer wanted, also when it could not be reached at first. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorld, flush, gate, HOUR, until } from './world.js';

const DOWN = { sentAt: 0, receivedAt: 0 };

/**
 * A tab that is signed in, whose sign-outs meet these statuses before the server takes them.
 *
 * @param {number[]} statuses
 */
async function whoseSignOutsMeet(statuses) {
  const world = createWorld();
  const { post } = world.server.http;
  let asked = 0;
  world.server.http.post = async (url, question) => {
    if (!url.endsWith('/blacklist/')) return post(url, question);
    asked += 1;
    const status = statuses.shift();
    return status === undefined ? post(url, question) : { ...DOWN, status };
  };
  return { world, tab: await world.signedIn(), asked: () => asked };
}

test('Who signs out while offline is signed out at once, and at the server as soon as it can be reached', async () => {
  const { world, tab } = await whoseSignOutsMeet([0, 0, 503, 429]);
  await tab.session.signOut();
  assert.equal(tab.status(), 'signed-out');
  for (let turn = 0; turn < 4; turn += 1) {
    await flush();
    assert.deepEqual(world.server.state.revoked, []);
    await world.clock.pass(30_000);
  }
  await until(() => world.server.state.revoked.length === 1);
  assert.deepEqual(world.server.state.revoked, ['r.1']);
});

test('A device that comes online tries at once', async () => {
  const { world, tab, asked } = await whoseSignOutsMeet(Array(6).fill(0));
  await tab.session.signOut();
  for (let turn = 0; turn < 6; turn += 1) {
    await flush();
    tab.device.cameOnline();
  }
  await until(() => world.server.state.revoked.length === 1);
  assert.equal(asked(), 7);
});

test('A server that refuses it knows no such session: nothing is asked again', async () => {
  const { world, tab, asked } = await whoseSignOutsMeet([401]);
  await tab.session.signOut();
  await world.clock.pass(120_000);
  assert.deepEqual([asked(), world.server.state.revoked], [1, []]);
});

test('Whoever signs in leaves no session of another behind, nor one of theirs', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  await tab.session.signIn({ username: 'bob', password: 'secret' });
  await until(() => world.server.state.revoked.length === 1);
  assert.deepEqual(world.server.state.revoked, ['r.1']);
  assert.equal(tab.status(), 'signed-in');
});

test('So it is where storage cannot tell who was there', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  world.storage.value = 'torn';
  await tab.session.signIn({ username: 'bob', password: 'secret' });
  await until(() => world.server.state.revoked.length === 1);
});

test('Tokens that come late for a user who left are revoked', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  const held = gate();
  world.server.state.fates.push(held.shut);
  await world.clock.pass(2 * HOUR);
  await until(() => world.server.state.refreshes.length === 1);
  await tab.session.signIn({ username: 'bob', password: 'secret' });
  held.open();
  await until(() => world.server.state.revoked.length === 2);
  assert.deepEqual(world.server.state.revoked, ['r.1', 'r.2']);
  assert.equal(world.storage.value.refresh, 'r.3');
});

test('After a sign-out there is nobody whom a sign-in could leave behind', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  await tab.session.signOut();
  await tab.session.signIn({ username: 'bob', password: 'secret' });
  await world.clock.pass(60_000);
  assert.deepEqual(world.server.state.revoked, ['r.1']);
});

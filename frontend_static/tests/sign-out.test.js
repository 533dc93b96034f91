/** A sign-out is absolute, whenever it comes and whatever storage has lost. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorld, drive, flush, until } from './world.js';

test('A sign-out while the tab still opens ends the session: a page whose only work is to sign out', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  tab.session.close();
  const page = world.tab();
  await drive(world, page.session.signOut());
  await world.clock.pass(1_000);
  assert.deepEqual([page.status(), world.storage.value.kind, world.server.state.revoked], ['signed-out', 'ended', ['r.1']]);
});

test('A tombstone that was evicted is told to a tab that opens: the cookie is not used again', async () => {
  const world = createWorld({ strategy: 'cookie' });
  const tab = await world.signedIn();
  const { http, state } = world.server;
  const { post } = http;
  // The sign-out does not reach the server yet.
  http.post = async (url, question) =>
    url.endsWith('/blacklist/') ? { status: 0, sentAt: 0, receivedAt: 0 } : post(url, question);
  await flush();
  state.refreshes = [];
  await tab.session.signOut();
  world.storage.value = null;
  const opened = world.tab();
  /** @type {string[]} */
  const seen = [];
  opened.session.subscribe(({ status }) => void seen.push(status));
  await drive(world, opened.get().catch(() => {}));
  await flush();
  assert.deepEqual([seen.includes('signed-in'), state.refreshes], [false, []]);
});

test('A tab in which nobody is signed in keeps its form when another tab only hopes', async () => {
  const world = createWorld({ strategy: 'cookie' });
  const form = world.tab();
  await flush();
  await world.clock.pass(200);
  await until(() => form.status() === 'signed-out');
  world.server.state.fates.push(...Array(9).fill('drop'));
  const hoping = world.tab();
  await flush();
  await world.clock.pass(200);
  await until(() => hoping.status() === 'reconnecting');
  world.tab();
  await flush();
  assert.equal(form.status(), 'signed-out');
});

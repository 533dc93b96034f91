/** What a session says in the console, and what it never says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLog, inDevelopment } from '../session/ports/log.js';
import { createWorld, HOUR, until } from './world.js';

const TAIL = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9_c2VjcmV0LXBhcnQtb2YtdGhlLXRva2Vu';

/** A session that is renewed, fails for a while, is adopted by another tab, loses its storage and is ended. */
async function eventfulSession() {
  const world = createWorld({ tail: TAIL });
  const tab = await world.signedIn();
  const other = world.tab();
  await until(() => other.status() === 'signed-in');
  world.server.state.fates.push('drop');
  await world.clock.pass(2 * HOUR);
  await world.clock.pass(1_000);
  await until(() => tab.status() === 'signed-in' && other.status() === 'signed-in');
  world.storage.full = true;
  await world.clock.pass(2 * HOUR);
  await world.clock.pass(1_000);
  world.storage.full = false;
  world.server.state.ended = true;
  await world.clock.pass(2 * HOUR);
  await until(() => tab.status() === 'signed-out');
  return world.lines;
}

test('Each attempt is told with its time, the expiry, the refresh token that is there, and what came of it', async () => {
  const lines = (await eventfulSession()).join('\n');
  for (const pattern of [
    /^refresh attempt at 20\d\d-.*Z; generation 1, access token expires 20\d\d-.*Z; refresh token available: true$/m,
    /^refresh failed for now, the session goes on: no answer came$/m,
    /^refresh succeeded: the server answered 200$/m,
    /^new tokens; generation 2, access token expires/m,
    /^tokens adopted from storage or another tab; generation 2/m,
    /^the record could not be written/m,
    /^refresh refused \(token_not_valid\): the server answered 401$/m,
    /^session ended: token_not_valid$/m,
  ]) {
    assert.match(lines, pattern);
  }
});

test('No token is told, nor any sixteen characters of one', async () => {
  const lines = (await eventfulSession()).join('\n');
  for (let start = 0; start + 16 <= TAIL.length; start += 1) {
    assert.ok(!lines.includes(TAIL.slice(start, start + 16)));
  }
});

test('Nothing is said unless somebody asks, or the bundler builds for development', (t) => {
  const said = t.mock.method(console, 'debug', () => {});
  createLog(false)('line');
  assert.equal(said.mock.callCount(), 0);
  createLog(true)('line');
  assert.deepEqual(said.mock.calls[0].arguments, ['[session] line']);
  const before = process.env.NODE_ENV;
  t.after(() => (before === undefined ? delete process.env.NODE_ENV : (process.env.NODE_ENV = before)));
  delete process.env.NODE_ENV;
  assert.equal(inDevelopment(), false);
  process.env.NODE_ENV = 'development';
  assert.equal(inDevelopment(), true);
});

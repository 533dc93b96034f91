/** What a session tells, to the console and to the black box, and what it never tells. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLog, inDevelopment } from '../session/ports/log.js';
import { createWorld, flush, HOUR, until } from './world.js';

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
  return world.told;
}

test('Each attempt is told with the expiry, the refresh token that is there, and what came of it', async () => {
  const told = await eventfulSession();
  const { login } = told[0];
  for (const expected of [
    { type: 'attempt', generation: 1, hasRefresh: true },
    { type: 'transient', status: 0 },
    { type: 'tokens', status: 200 },
    { type: 'renewed', login, generation: 2 },
    { type: 'adopted', login, generation: 2 },
    { type: 'unwritten' },
    { type: 'refused', status: 401, reason: 'token_not_valid' },
    { type: 'ended', login, reason: 'token_not_valid' },
  ]) {
    const found = told.some((event) => Object.entries(expected).every(([name, value]) => event[name] === value));
    assert.ok(found, JSON.stringify(expected));
  }
  assert.ok(told.filter(({ type }) => type === 'attempt').every(({ expiresAt, waited }) => Number(expiresAt) > 0 && Number(waited) >= 0));
});

test('No token is told, nor any sixteen characters of one', async () => {
  const lines = JSON.stringify(await eventfulSession());
  for (let start = 0; start + 16 <= TAIL.length; start += 1) {
    assert.ok(!lines.includes(TAIL.slice(start, start + 16)));
  }
});

test('Nothing is said unless somebody asks, or the bundler builds for development', (t) => {
  const said = t.mock.method(console, 'debug', () => {});
  createLog(false)({ type: 'attempt', generation: 1 });
  assert.equal(said.mock.callCount(), 0);
  createLog(true)({ type: 'attempt', generation: 1 });
  assert.deepEqual(said.mock.calls[0].arguments, ['[session] attempt', { generation: 1 }]);
  const before = process.env.NODE_ENV;
  t.after(() => (before === undefined ? delete process.env.NODE_ENV : (process.env.NODE_ENV = before)));
  delete process.env.NODE_ENV;
  assert.equal(inDevelopment(), false);
  process.env.NODE_ENV = 'development';
  assert.equal(inDevelopment(), true);
});

test('A log that fails stops no refresh, and its mistake surfaces', async () => {
  const world = createWorld();
  let broken = 0;
  const log = () => {
    broken += 1;
    throw new Error('log broke');
  };
  const tab = world.tab({ log, clock: { ...world.clock, after: (ms, then) => world.clock.after(ms, () => surfacing(then)) } });
  /** @type {unknown[]} */
  const surfaced = [];
  /** @param {() => void} then */
  const surfacing = (then) => {
    try {
      then();
    } catch (error) {
      surfaced.push(error);
    }
  };
  await flush();
  await world.clock.pass(200);
  await tab.session.signIn({ username: 'ann', password: 'secret' });
  await world.clock.pass(2 * HOUR);
  await until(() => world.server.state.refreshes.length === 1 && tab.status() === 'signed-in');
  await world.clock.pass(1);
  assert.ok(broken > 0 && surfaced.length > 0, `${surfaced.length} of ${broken}`);
});

/** What a server must say to end a session, and that nothing else does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SessionExpiredError } from '../session/errors.js';
import { meaningOf } from '../session/refresh-reply.js';
import { refusalOfApi } from '../session/refusal.js';
import { inBody } from '../session/transport.js';
import { createWorld, flush, HOUR, until } from './world.js';

const BEARER = 'Bearer realm="api"';
const NO_ACCOUNT = { detail: 'No active account found for the given token.' };

/** @param {number} status @param {unknown} body @param {string | null} [challenge] */
const meaning = (status, body, challenge = null) =>
  meaningOf({ status, body, challenge, sentAt: 0, receivedAt: 0 }, inBody, 'kept');

test('A refresh ends a session by an explicit refusal in JSON; everything else is transient', () => {
  const tokens = { access: 'a', refresh: 'r' };
  const refusal = { detail: 'Token is blacklisted', code: 'token_not_valid' };
  const refused = (/** @type {string} */ reason) => ({ tokens: null, reason });
  const transient = { tokens: null, reason: null };
  for (const [status, body, expected, challenge] of /** @type {[number, unknown, object, string?][]} */ ([
    [200, tokens, { tokens, reason: null }],
    [401, refusal, refused('token_not_valid')],
    [401, { ...refusal, reason: 'reuse_detected' }, refused('reuse_detected')],
    [401, { ...refusal, reason: 7 }, refused('token_not_valid')],
    [401, NO_ACCOUNT, refused('refused'), BEARER],
    [401, NO_ACCOUNT, transient],
    [401, NO_ACCOUNT, transient, 'Basic realm="proxy"'],
    [401, { ...NO_ACCOUNT, code: 'throttled' }, transient, BEARER],
    [401, { detail: ['no string'] }, transient, BEARER],
    [403, NO_ACCOUNT, transient, BEARER],
    [401, [NO_ACCOUNT], transient, BEARER],
    ...[0, 200, 400, 401, 403, 404, 408, 425, 429, 500, 502, 503, 504, 511].map((code) => [code, undefined, transient, BEARER]),
    [200, { access: 'a' }, transient],
    [200, { access: 'a', refresh: '' }, transient],
    [200, null, transient],
    [401, 'text', transient, BEARER],
    [503, { ...refusal, reason: 'contention' }, transient],
  ])) {
    assert.deepEqual(meaning(status, body, challenge), expected, `${status} ${JSON.stringify(body)}`);
  }
});

test('The API ends a session by the few words that no refresh can help', () => {
  for (const code of ['user_inactive', 'user_not_found', 'password_changed']) assert.equal(refusalOfApi({ code }), code);
  for (const body of [undefined, null, 'user_inactive', {}, { code: 'token_not_valid' }, { code: 'authentication_failed' }]) {
    assert.equal(refusalOfApi(body), null);
  }
});

for (const code of ['user_inactive', 'user_not_found', 'password_changed']) {
  test(`The API says ${code}: the session ends in every tab with that reason, and is not refreshed`, async () => {
    const world = createWorld();
    const tab = await world.signedIn();
    const other = world.tab();
    await until(() => other.status() === 'signed-in');
    Object.assign(world.server.state, { refusesUpTo: Infinity, code });
    await assert.rejects(tab.get(), (error) => error instanceof SessionExpiredError && error.reason === code);
    await until(() => other.status() === 'signed-out');
    assert.equal(other.session.state.reason, code);
    assert.deepEqual(world.server.state.refreshes, []);
  });
}

test('An account closed while the page is idle ends the session at the next refresh', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  world.server.state.fates.push({ status: 401, body: NO_ACCOUNT, challenge: BEARER });
  await world.clock.pass(2 * HOUR);
  await until(() => tab.status() === 'signed-out');
  assert.equal(tab.session.state.reason, 'refused');
});

test('A late word about an older token does not end what was renewed since', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  const { state, http } = world.server;
  let say = () => {};
  const late = new Promise((resolve) => (say = () => resolve(null)));
  const slow = world.tab({
    http: {
      ...http,
      prepare: () => ({ ...http.prepare(''), bodyOf: async () => (await late, { code: 'user_inactive' }) }),
    },
  });
  await until(() => slow.status() === 'signed-in');
  state.refusesUpTo = 1;
  const reply = slow.get();
  await flush();
  assert.equal((await tab.get()).status, 200);
  await flush();
  say();
  assert.equal((await reply).status, 200);
  assert.equal(slow.status(), 'signed-in');
});

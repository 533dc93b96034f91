/** One client for the ways in which SimpleJWT can be set to keep a session alive. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strategyNamed } from '../session/strategy.js';
import { createWorld, HOUR, until } from './world.js';

const OLD = { access: 'a', refresh: 'r' };
const IN_BODY = { body: { refresh: 'r' } };
const BY_SID = { body: {}, headers: { 'X-Session-Id': 'r' }, credentials: 'include', keepalive: true };

test('Each strategy asks with the field, and reads the tokens, that its server uses', () => {
  for (const [name, asked, reply, kept, tokens] of /** @type {const} */ ([
    ['rotating', IN_BODY, { access: 'b', refresh: 's' }, 'r', { access: 'b', refresh: 's' }],
    ['rotating', IN_BODY, { access: 'b' }, 'r', null],
    ['cookie', BY_SID, { access: 'b', sid: 'r' }, 'r', { access: 'b', refresh: 'r' }],
    ['cookie', BY_SID, { access: 'b', refresh: 's' }, 'r', null],
    ['no_rotation', IN_BODY, { access: 'b' }, 'r', { access: 'b', refresh: 'r' }],
    ['no_rotation', IN_BODY, { access: 'b', refresh: 's' }, 'r', { access: 'b', refresh: 's' }],
    ['no_rotation', IN_BODY, { access: 'b' }, '', null],
    ['no_rotation', IN_BODY, { refresh: 's' }, 'r', null],
    ['sliding', { body: { token: 'r' } }, { token: 't' }, 'r', { access: 't', refresh: 't' }],
    ['sliding', { body: { token: 'r' } }, { access: 'b', refresh: 's' }, 'r', null],
  ])) {
    const { ask, read } = strategyNamed(name);
    assert.deepEqual(ask(OLD), asked);
    assert.deepEqual(read(reply, kept), tokens, `${name} ${JSON.stringify(reply)}`);
  }
});

test('A strategy that does not exist is told at once', () => {
  const misspelt = /** @type {'sliding'} */ (/** @type {string} */ ('slidign'));
  assert.throws(() => createWorld({ strategy: misspelt }).tab(), /No strategy "slidign"/);
  assert.throws(() => strategyNamed(/** @type {'sliding'} */ (/** @type {string} */ ('toString'))), TypeError);
});

test('Without rotation one refresh token serves for days', async () => {
  const world = createWorld({ strategy: 'no_rotation' });
  const tab = await world.signedIn();
  for (let morning = 0; morning < 3; morning += 1) {
    await world.clock.pass(24 * HOUR);
    assert.equal((await tab.get()).status, 200);
  }
  assert.deepEqual(world.server.state.refreshes, ['r.1', 'r.1', 'r.1']);
});

test('A sliding token renews itself in time, for as long as the page is open', async () => {
  const world = createWorld({ strategy: 'sliding' });
  const tab = await world.signedIn();
  for (let minutes = 0; minutes < 180; minutes += 1) await world.clock.pass(60_000);
  assert.equal((await tab.get()).status, 200);
  assert.equal(world.server.state.refreshes.length, 6);
});

test('A sliding token that has expired ends the session by the word of the server', async () => {
  const world = createWorld({ strategy: 'sliding' });
  const tab = await world.signedIn();
  await world.clock.pass(2 * HOUR);
  await until(() => tab.status() === 'signed-out');
  assert.equal(tab.session.state.reason, 'token_not_valid');
});

test('Two tabs share a session whatever the strategy, and its sign-out tells the server', async () => {
  for (const strategy of /** @type {const} */ (['rotating', 'cookie', 'no_rotation', 'sliding'])) {
    const world = createWorld({ strategy });
    const tab = await world.signedIn();
    const other = world.tab();
    await until(() => other.status() === 'signed-in');
    world.server.state.refreshes = [];
    world.server.state.refusesUpTo = 1;
    assert.equal((await tab.get()).status, 200);
    assert.equal((await other.get()).status, 200);
    assert.equal(world.server.state.refreshes.length, 1);
    await tab.session.signOut();
    await until(() => other.status() === 'signed-out');
    const { refresh, access } = { refresh: { rotating: 'r.2', cookie: 's1', no_rotation: 'r.1', sliding: '' }[strategy], access: 'a.2.' };
    assert.ok(world.server.state.revoked[0].startsWith(refresh || access), strategy);
  }
});

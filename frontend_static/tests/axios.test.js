/** The session behind the real axios. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attachSession } from '../session/adapters/axios.js';
import { RefreshUnavailableError, SessionError, SessionExpiredError } from '../session/errors.js';
import { setGlobal } from './globals.js';
import { createWorld, flush, gate, HOUR } from './world.js';

setGlobal('location', new URL('https://app.example/page/'));
const { default: axios } = await import('axios');

/** @typedef {{url: string, token: string | null, body: string, note: string | null}} Sent what reached the network */

/** A tab that is signed in, and an axios whose requests go to the world's server. */
async function behindAxios() {
  const world = createWorld();
  const tab = await world.signedIn();
  /** @type {Sent[]} */
  const sent = [];
  /** @type {(input: any, init?: any) => Promise<Response>} */
  async function fetch(input, init) {
    const request = new Request(input, init);
    const token = request.headers.get('Authorization')?.replace('Bearer ', '') ?? null;
    sent.push({ url: request.url, token, body: await request.text(), note: request.headers.get('X-Note') });
    const { status } = await world.server.http.prepare(request.url).send(token);
    return Response.json(status === 401 ? { code: world.server.state.code } : { fine: true }, { status });
  }
  const client = axios.create({ baseURL: 'https://app.example/api', adapter: 'fetch', env: { fetch } });
  const detach = attachSession(client, tab.session);
  return { world, tab, client, sent, detach };
}

test('A request carries the current token', async () => {
  const { client, sent } = await behindAxios();
  assert.deepEqual((await client.get('/items/')).data, { fine: true });
  assert.match(sent[0].token ?? '', /^a\.1\./);
});

test('Requests that meet an expired token wait for one refresh, and are sent once each', async () => {
  const { world, client, sent } = await behindAxios();
  await world.clock.pass(2 * HOUR);
  await Promise.all([client.get('/a/'), client.get('/b/'), client.get('/c/')]);
  assert.deepEqual(world.server.state.refreshes, ['r.1']);
  assert.equal(sent.length, 3);
});

test('Requests that the server refuses share one refresh, and are repeated as they were', async () => {
  const { world, client, sent } = await behindAxios();
  world.server.state.refusesUpTo = 1;
  const note = { headers: { 'X-Note': 'yes' } };
  const replies = await Promise.all([client.post('/items/', { text: 'ä' }, note), client.get('/items/', { responseType: 'text' })]);
  assert.deepEqual(replies.map(({ status }) => status), [200, 200]);
  assert.deepEqual(world.server.state.refreshes, ['r.1']);
  const posts = sent.filter(({ note }) => note === 'yes');
  assert.deepEqual(posts.map(({ body }) => body), ['{"text":"ä"}', '{"text":"ä"}']);
  assert.deepEqual(posts.map(({ token }) => token?.slice(0, 4)), ['a.1.', 'a.2.']);
});

test('A late 401 of an older token is repeated with the current one, without another refresh', async () => {
  const { world, client } = await behindAxios();
  const late = gate();
  Object.assign(world.server.state, { refusesUpTo: 1, gate: late.shut });
  const slow = client.get('/slow/');
  await flush();
  await client.get('/quick/');
  await world.clock.pass(11_000);
  late.open();
  assert.equal((await slow).status, 200);
  assert.equal(world.server.state.refreshes.length, 1);
});

test('A 401 that a refresh does not help reaches the caller as an error of axios, or as it wants its status', async () => {
  const { world, client } = await behindAxios();
  world.server.state.refusesUpTo = Infinity;
  await assert.rejects(client.get('/items/'), (error) => axios.isAxiosError(error) && error.response?.status === 401);
  assert.equal((await client.get('/items/', { validateStatus: () => true })).status, 401);
});

test('Errors of the session arrive as they are', async () => {
  const { world, tab, client } = await behindAxios();
  world.server.state.fates.push(...Array(20).fill('drop'));
  await world.clock.pass(2 * HOUR);
  const impatient = assert.rejects(client.get('/items/'), RefreshUnavailableError);
  await flush();
  await world.clock.pass(10_000);
  await impatient;
  await tab.session.signOut();
  await assert.rejects(client.get('/items/'), SessionExpiredError);
});

test('The API ends the session by its word, whatever the request wanted to read', async () => {
  for (const responseType of /** @type {const} */ (['json', 'text', 'blob'])) {
    const { world, tab, client } = await behindAxios();
    Object.assign(world.server.state, { refusesUpTo: Infinity, code: 'user_inactive' });
    await assert.rejects(client.get('/items/', { responseType }), SessionExpiredError);
    assert.equal(tab.session.state.reason, 'user_inactive', responseType);
  }
});

test('A request that waits is not sent as somebody who signs in meanwhile', async () => {
  const { world, tab, client, sent } = await behindAxios();
  const held = gate();
  world.server.state.fates.push(held.shut);
  await world.clock.pass(2 * HOUR);
  const waiting = assert.rejects(client.get('/items/'), SessionError);
  await flush();
  await tab.session.signIn({ username: 'bob', password: 'secret' });
  held.open();
  await waiting;
  assert.deepEqual(sent, []);
});

test('No token goes to another origin, nor with a request that wants none, nor once the session is detached', async () => {
  const { client, sent, detach } = await behindAxios();
  await client.get('https://elsewhere.example/').catch(() => {});
  await client.get('/public/', /** @type {object} */ ({ session: false })).catch(() => {});
  detach();
  await client.get('/items/').catch(() => {});
  assert.deepEqual(sent.map(({ token }) => token), [null, null, null]);
});

test('A request that is aborted while it waits fails as axios says it, and the refresh goes on', async () => {
  const { world, client, sent } = await behindAxios();
  const held = gate();
  world.server.state.fates.push(held.shut);
  await world.clock.pass(2 * HOUR);
  const controller = new AbortController();
  const aborted = assert.rejects(client.get('/items/', { signal: controller.signal }), axios.isCancel);
  await flush();
  controller.abort();
  await aborted;
  held.open();
  assert.equal((await client.get('/items/')).status, 200);
  assert.deepEqual([sent.length, world.server.state.refreshes.length], [1, 1]);
});

/** What goes over the wire, and what its answers are taken for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withClientTime } from '../session/client-time.js';
import { claims } from '../session/ports/claims.js';
import { createHttp } from '../session/ports/http.js';
import { setGlobal } from './globals.js';
import { createFakeClock } from './time.js';

/** @param {(url: string, init: any) => Promise<any>} fetch */
function httpOver(fetch) {
  setGlobal('location', new URL('https://app.example/page/'));
  setGlobal('fetch', fetch);
  const clock = createFakeClock();
  return { clock, http: createHttp(clock, 8_000) };
}

test('An answer is read whole', async () => {
  const headers = { Date: 'Thu, 01 Jan 2026 00:00:00 GMT', 'Retry-After': '3', 'WWW-Authenticate': 'Bearer realm="api"' };
  const { http } = httpOver(async () => new Response('{"a":1}', { headers }));
  const answer = await http.post('/api/token/refresh/', { body: { refresh: 'r' } });
  assert.deepEqual(
    [answer.status, answer.body, answer.serverTime, answer.retryAfter, answer.challenge],
    [200, { a: 1 }, Date.parse(headers.Date), '3', headers['WWW-Authenticate']],
  );
});

test('Only a question that asks for it outlives its page', async () => {
  /** @type {unknown[]} */
  const kept = [];
  const { http } = httpOver(async (_url, { keepalive }) => (kept.push(keepalive), new Response('{}')));
  await http.post('/api/token/refresh/', { body: {} });
  await http.post('/api/token/blacklist/', { body: {}, keepalive: true });
  assert.deepEqual(kept, [undefined, true]);
});

test('The server is told what time it is here, and another origin is not asked to allow it', async () => {
  /** @type {unknown[]} */
  const told = [];
  const { clock, http } = httpOver(async (_url, { headers }) => (told.push(headers['X-Client-Time'], headers['X-Mine']), new Response('{}')));
  const telling = withClientTime(http, clock);
  await telling.post('/api/token/refresh/', { body: {}, headers: { 'X-Mine': 'yes' } });
  await telling.post('https://login.example/refresh/', { body: {} });
  assert.deepEqual(told, [String(clock.now() / 1000), 'yes', undefined, undefined]);
});

test('The JSON of a reply is read beside the page, which can still read it', async () => {
  const { http } = httpOver(async () => Response.json({ code: 'user_inactive' }, { status: 401 }));
  const request = http.prepare('/api/items/');
  const reply = await request.send('t');
  assert.deepEqual(await request.bodyOf(reply), { code: 'user_inactive' });
  assert.deepEqual(await /** @type {Response} */ (reply).json(), { code: 'user_inactive' });
  assert.equal(await request.bodyOf(new Response('<h1>')), undefined);
});

test('An answer that is no JSON, or breaks off, or never comes, is told as such', async () => {
  const html = httpOver(async () => new Response('<h1>Portal</h1>'));
  assert.deepEqual((await html.http.post('/x', { body: {} })).body, undefined);
  const broken = httpOver(async () => ({ status: 200, text: () => Promise.reject(new TypeError('cut')) }));
  assert.equal((await broken.http.post('/x', { body: {} })).status, 0);
  const silent = httpOver((_url, { signal }) => new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  }));
  const answer = silent.http.post('/x', { body: {} });
  await silent.clock.pass(8_000);
  assert.equal((await answer).status, 0);
});

test('A token is never sent to another origin', async () => {
  const { http } = httpOver(async () => new Response());
  const isTold = (/** @type {any} */ input) => http.isAtHome(http.prepare(input).url, '/api/token/refresh/');
  assert.equal(isTold('https://elsewhere.example/'), false);
  assert.equal(isTold(new Request('https://elsewhere.example/')), false);
  assert.equal(isTold('/api/items/'), true);
  assert.equal(isTold(new URL('https://app.example/api/items/')), true);
});

test('Where the tokens come from another origin they go there, and not to the page\'s own', async () => {
  const { http } = httpOver(async () => new Response());
  const isTold = (/** @type {string} */ url) => http.isAtHome(url, 'https://api.example/token/refresh/');
  assert.deepEqual(['https://api.example/items/', '/api/items/', 'http://api.example/items/'].map(isTold), [true, false, false]);
});

test('The browser sends its cookies with a question that says so', async () => {
  /** @type {unknown[]} */
  const sent = [];
  const { http } = httpOver(async (_url, { credentials }) => (sent.push(credentials), new Response('{}')));
  await http.post('/api/token/refresh/', { body: {} });
  await http.post('/api/token/refresh/', { body: {}, credentials: 'include' });
  assert.deepEqual(sent, [undefined, 'include']);
});

test('What counts is where fetch would send it: a page may have a base elsewhere', (t) => {
  const { http } = httpOver(async () => new Response());
  setGlobal('document', { baseURI: 'https://cdn.example/assets/' });
  t.after(() => setGlobal('document', undefined));
  assert.equal(http.isAtHome('api/items/', '/api/token/refresh/'), false);
  assert.equal(http.isAtHome('https://app.example/api/items/', 'api/token/refresh/'), true);
});

test('A request keeps its headers and body, also when it is sent twice', async () => {
  /** @type {string[]} */
  const bodies = [];
  const { http } = httpOver(async (input, init) => {
    bodies.push(await new Request(input, init).text());
    assert.deepEqual([init.headers.get('X-Mine'), init.headers.get('Authorization')], ['yes', 'Bearer t']);
    return new Response();
  });
  const request = new Request('https://app.example/api/', { method: 'POST', body: 'hello', headers: { 'X-Mine': 'yes' } });
  const sendable = http.prepare(request);
  await sendable.send('t');
  await sendable.send('t');
  assert.deepEqual(bodies, ['hello', 'hello']);
});

test('A token that is no JWT has no claims', () => {
  const payload = Buffer.from(JSON.stringify({ iat: 1, exp: 2, name: 'ÿÿ>?' })).toString('base64url');
  assert.deepEqual(claims(`h.${payload}.s`), { iat: 1, exp: 2 });
  for (const token of ['', 'opaque', 'a.b.c', `h.${Buffer.from('{"exp":"2"}').toString('base64url')}.s`]) {
    assert.equal(claims(token), null);
  }
});

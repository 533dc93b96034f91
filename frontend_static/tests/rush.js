/** Many requests around the moment in which their token expires, over a network whose answers come in any order. */
import { attachSession } from '../session/adapters/axios.js';
import { createHttp } from '../session/ports/http.js';
import { setGlobal } from './globals.js';
import { drive, flush } from './world.js';

setGlobal('location', new URL('https://app.example/page/'));
const { default: axios } = await import('axios');

/** @typedef {import('./world.js').World} World */
/** @typedef {'200' | '401' | 'no network'} Answer */
/**
 * @typedef {object} Rush
 * @property {number} rotations how often the server has handed out new tokens
 * @property {Answer[][]} sendings what each request was answered, sending by sending
 * @property {string[]} outcomes what each request came to
 */

export const TRANSPORTS = /** @type {const} */ (['fetch', 'axios']);

/** Of an answer, in ms: longer than a refresh takes, so that 401s come late too. */
const SLOWEST = 3_000;

/**
 * Numbers from 0 up to 1, always the same for a seed: Park and Miller's "minimal standard" (CACM 31, 1988).
 *
 * @param {number} seed
 */
function createRandom(seed) {
  let state = seed * 7_919;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/**
 * Sends so many requests, and resolves once each has come to something; every third seed sends all in one moment.
 *
 * The server refuses the first access token before its time. An answer takes up to three seconds, a refresh as long;
 * one sending in ten fails without an answer, and so does the first refresh of every second seed.
 *
 * @param {World} world
 * @param {typeof TRANSPORTS[number]} transport
 * @param {number} count
 * @param {number} seed
 * @param {import('./overlay.js').OpenTab} [openTab]
 * @returns {Promise<Rush>}
 */
export async function rush(world, transport, count, seed, openTab = (world, ports) => world.tab(ports)) {
  const random = createRandom(seed);
  const { clock, server } = world;
  /** @type {Answer[][]} */
  const sendings = [];
  /** @param {number} most @returns {Promise<void>} */
  const pause = (most) => new Promise((resolve) => void clock.after(random() * most, resolve));

  /** @type {(input: any, init?: any) => Promise<Response>} */
  async function network(input, init) {
    const { url, headers } = new Request(input.url ? input : new URL(input, location.href), init);
    const token = headers.get('Authorization')?.replace('Bearer ', '') ?? null;
    const { status } = await server.http.prepare(url).send(token);
    const answer = /** @type {Answer} */ (random() < 0.1 ? 'no network' : String(status));
    (sendings[Number(url.split('/').at(-2))] ??= []).push(answer);
    await pause(SLOWEST);
    if (answer === 'no network') throw new TypeError('Failed to fetch');
    return Response.json({ code: server.state.code }, { status });
  }

  setGlobal('fetch', network);
  const http = { ...server.http, prepare: createHttp(clock, 0).prepare };
  const { session } = openTab(world, { http });
  await drive(world, session.signIn({}));
  if (seed % 2) server.state.fates.push('drop');
  server.state.fates.push(pause(SLOWEST));
  server.state.refusesUpTo = server.state.newest;
  const before = server.state.newest;
  const send = transport === 'axios' ? throughAxios(session, network) : session.fetch;
  const outcomes = await drive(world, Promise.all(Array.from({ length: count }, async (_, id) => {
    await pause(seed % 3 ? SLOWEST : 0);
    return send(`/api/items/${id}/`).then(({ status }) => String(status), whatHappened);
  })));
  await flush();
  return { rotations: server.state.newest - before, sendings, outcomes };
}

/**
 * @param {import('./world.js').Tab['session']} session
 * @param {typeof globalThis.fetch} fetch
 */
function throughAxios(session, fetch) {
  const client = axios.create({ baseURL: 'https://app.example', adapter: 'fetch', env: { fetch }, validateStatus: null });
  attachSession(client, session);
  return client.get;
}

/** @param {any} error */
const whatHappened = (error) => (error.code === 'ERR_NETWORK' || error instanceof TypeError ? 'no network' : String(error));

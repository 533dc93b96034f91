/**
 * Measures what the session's `fetch` adds to a bare one, over a network that answers at once.
 *
 * Run as `node frontend_static/benchmarks/fetch-cost.js`. Both send the same header, in turns, 10,000 times each. Ends
 * with 1 when the median of what is added is over the budget.
 */
import { createHttp } from '../session/ports/http.js';
import { setGlobal } from '../tests/globals.js';
import { createWorld, flush } from '../tests/world.js';

const CALLS = 10_000;
const BUDGET = 0.05;
const WARM_UP = 1_000;
const URL_ASKED = 'https://app.example/api/items/';

setGlobal('location', new URL('https://app.example/page/'));
let answered = 0;
const reply = Response.json({ fine: true });
setGlobal('fetch', async (/** @type {string} */ url, /** @type {RequestInit} */ { headers }) => {
  const sent = new Headers(headers).get('Authorization');
  if (url !== URL_ASKED || !sent?.startsWith('Bearer a.1.')) throw new Error(`${sent} to ${url}: something else is measured`);
  answered += 1;
  return reply;
});

const world = createWorld();
const http = { ...world.server.http, prepare: createHttp(world.clock, 0).prepare };
const { session } = world.tab({ http });
await flush();
// A tab that opens waits for the others to tell what they hold.
await world.clock.pass(200);
await session.signIn({});
const headers = { Authorization: `Bearer ${world.storage.value.access}` };

const bare = () => fetch(URL_ASKED, { headers });
const ours = () => session.fetch(URL_ASKED);

/** @param {() => Promise<unknown>} call @returns {Promise<number>} milliseconds */
async function timed(call) {
  const began = performance.now();
  await call();
  return performance.now() - began;
}

/** @param {number} calls */
async function measure(calls) {
  const taken = { bare: /** @type {number[]} */ ([]), ours: /** @type {number[]} */ ([]) };
  for (let call = 0; call < calls; call += 1) {
    taken.bare.push(await timed(bare));
    taken.ours.push(await timed(ours));
  }
  return taken;
}

/** @param {number[]} values */
const median = (values) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
/** @param {number} ms */
const shown = (ms) => `${(ms * 1000).toFixed(1)} µs`;

await measure(WARM_UP);
answered = 0;
const taken = await measure(CALLS);
if (answered !== 2 * CALLS) throw new Error(`${answered} requests were answered: something else was measured`);
const [withSession, without] = [median(taken.ours), median(taken.bare)];
const added = median(taken.ours.map((ms, call) => ms - taken.bare[call]));
console.log(`session.fetch ${shown(withSession)}, fetch ${shown(without)}: median of ${CALLS} calls each, in turns`);
console.log(`ratio ${(withSession / without).toFixed(2)}; added ${shown(added)}, at most ${shown(BUDGET)}: ${added <= BUDGET ? 'good' : 'TOO MUCH'}`);
process.exitCode = added <= BUDGET ? 0 : 1;

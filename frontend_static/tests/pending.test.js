/** A thousand requests that an expiry catches, in any order of answers: one refresh, and each is settled as its last sending. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './overlay.js';
import { rush, TRANSPORTS } from './rush.js';
import { createWorld, drive, HOUR } from './world.js';

const REQUESTS = 1_000;
const SEEDS = [1, 2, 3];
/** What each of these clients gets wrong first. */
const BROKEN = {
  refreshes_on_late_401: /^\d+ rotations$/,
  rejects_queued_requests: /^#\d+ came to RefreshUnavailableError: A refresh is under way already/,
};

/**
 * Returns what is wrong with a rush, in words.
 *
 * @param {import('./rush.js').Rush} rush
 */
function wrongs({ rotations, sendings, outcomes }) {
  const wrong = rotations === 1 ? [] : [`${rotations} rotations`];
  outcomes.forEach((outcome, id) => {
    const answers = sendings[id] ?? [];
    const repeatedAfter = answers.slice(0, -1);
    if (outcome !== answers.at(-1)) wrong.push(`#${id} came to ${outcome}, and was answered ${answers}`);
    if (answers.length > 2 || repeatedAfter.some((answer) => answer !== '401')) wrong.push(`#${id} was answered ${answers}`);
  });
  return wrong;
}

for (const transport of TRANSPORTS) {
  test(`${transport}: one refresh, and none is sent again but after a 401`, async () => {
    for (const seed of SEEDS) {
      const done = await rush(createWorld(), transport, REQUESTS, seed);
      assert.deepEqual(wrongs(done).slice(0, 5), [], `seed ${seed}`);
      assert.equal(done.outcomes.length, REQUESTS);
      // All that can happen has happened: else this test says less than it seems to.
      const [once, twice] = [1, 2].map((times) => done.sendings.filter(({ length }) => length === times).length);
      assert.ok(once > 0 && twice > 0 && once + twice === REQUESTS, `seed ${seed}: ${once} once, ${twice} twice`);
      for (const outcome of ['200', 'no network']) assert.ok(done.outcomes.includes(outcome), `seed ${seed}: no ${outcome}`);
    }
  });

  for (const [name, wrong] of Object.entries(BROKEN)) {
    test(`${transport}: ${name} does not stand it`, async (t) => {
      const openTab = await load(name, t);
      const [first = ''] = wrongs(await rush(createWorld(), transport, 200, SEEDS[0], openTab));
      assert.match(first, wrong);
    });
  }
}

test('A signal that outlives its requests keeps nothing of them', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  let [listeners, added] = [0, 0];
  const signal = {
    aborted: false,
    reason: null,
    addEventListener() {
      listeners += 1;
      added += 1;
    },
    removeEventListener: () => void (listeners -= 1),
  };
  await world.clock.pass(2 * HOUR);
  const replies = Promise.all([1, 2, 3].map(() => tab.session.fetch('/api/items/', { signal })));
  await drive(world, replies);
  assert.deepEqual([listeners, added], [0, 3]);
});

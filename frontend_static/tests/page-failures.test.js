/** How the page words what came instead of an answer. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failedSignIn, failure } from '../page/failure-words.js';

/** @type {[number, RegExp][]} */
const ASKED = [
  [0, /could not be reached/],
  [200, /^Something else answered/],
  [400, /refused this \(400\)/],
  [429, /too many tries.*minute/],
  [500, /has a fault at present \(500\)/],
  [503, /has a fault at present \(503\)/],
];

test('No answer, a refusal, too many tries, a fault and a stranger’s answer are told apart', () => {
  for (const [status, words] of ASKED) assert.match(failure({ status }), words);
  assert.equal(new Set(ASKED.map(([status]) => failure({ status }).replace(/\d+/, ''))).size, ASKED.length - 1);
});

test('At a sign-in a refusal of what was sent is a wrong name or password, and nothing else is', () => {
  for (const status of [400, 401]) assert.equal(failedSignIn({ status }), 'Name or password is wrong.');
  for (const status of [0, 200, 403, 429, 500]) assert.equal(failedSignIn({ status }), failure({ status }));
});

test('Who tried too often is told when to try again, if the server says so', () => {
  assert.match(failure({ status: 429, retryAfter: 42_000 }), /wait 42 s before/);
});

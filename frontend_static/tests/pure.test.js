/** The parts that only decide, by tables. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { delayAfter } from '../session/backoff.js';
import { readable } from '../session/record.js';
import { reconcile } from '../session/reconcile.js';
import { retryAfter } from '../session/retry-after.js';
import { supersedes } from '../session/supersedes.js';
import { onUnauthorized } from '../session/unauthorized.js';
import { createTab, hold, show, subscribe } from '../session/tab.js';
import { words } from '../session/words.js';
import { createFakeClock } from './time.js';

/** @param {number} login @param {number} generation @returns {import('../session/types.js').Pair} */
const pair = (login, generation) => ({
  kind: 'pair', login, generation, access: 'a', refresh: 'r', receivedAt: 0, expiresAt: 1,
});
/** @param {number} login @param {number} generation @returns {import('../session/types.js').Ended} */
const ended = (login, generation, reason = 'expired') => ({ kind: 'ended', login, generation, reason });

test('A record is replaced by what is newer, and by nothing else', () => {
  for (const [next, current, expected] of /** @type {const} */ ([
    [pair(1, 1), null, true],
    [pair(1, 2), pair(1, 1), true],
    [pair(1, 1), pair(1, 1), false],
    [pair(1, 1), pair(1, 2), false],
    [pair(2, 1), pair(1, 9), true],
    [pair(1, 9), pair(2, 1), false],
    [pair(2, 1), ended(1, 9), true],
    [pair(1, 9), ended(1, 1), false],
    [pair(1, 9), ended(1, 1, 'signed_out'), false],
    [ended(1, 1), pair(1, 1), true],
    [ended(1, 1), pair(1, 2), false],
    [ended(1, 1, 'signed_out'), pair(1, 2), true],
    [ended(1, 9, 'signed_out'), pair(2, 1), false],
    [ended(1, 2), ended(1, 1), false],
  ])) {
    assert.equal(supersedes(next, current), expected, JSON.stringify([next, current]));
  }
});

test('A tab takes what is newer, writes what storage lost, and keeps the rest', () => {
  for (const [held, seen, expected] of /** @type {const} */ ([
    [null, null, {}],
    [null, pair(1, 1), { take: pair(1, 1) }],
    [null, ended(1, 1), { take: ended(1, 1) }],
    [pair(1, 1), null, { write: pair(1, 1) }],
    [ended(1, 1), null, {}],
    [pair(1, 1), pair(1, 1), {}],
    [pair(1, 1), pair(1, 2), { take: pair(1, 2) }],
    [pair(1, 2), pair(1, 1), { write: pair(1, 2) }],
    [pair(1, 2), ended(1, 1, 'signed_out'), { take: ended(1, 1, 'signed_out') }],
    [pair(1, 2), ended(1, 1), {}],
    [ended(1, 1), pair(1, 1), { write: ended(1, 1) }],
  ])) {
    assert.deepEqual(reconcile(held, seen), expected, JSON.stringify([held, seen]));
  }
});

test('A torn or foreign value counts as no record', () => {
  assert.deepEqual(readable(pair(1, 1)), pair(1, 1));
  assert.deepEqual(readable(ended(1, 1)), ended(1, 1));
  for (const value of [null, undefined, 'x', 7, {}, { ...pair(1, 1), refresh: undefined }, { kind: 'ended', login: 1 }]) {
    assert.equal(readable(value), null);
  }
});

test('A 401 asks for a refresh only when the current token earned it', () => {
  assert.equal(onUnauthorized(pair(1, 1), pair(1, 1), false), 'refresh');
  assert.equal(onUnauthorized(pair(1, 1), pair(1, 1), true), 'give up');
  assert.equal(onUnauthorized(pair(1, 1), pair(1, 2), false), 'retry');
  assert.equal(onUnauthorized(pair(1, 1), pair(2, 1), false), 'retry');
  assert.equal(onUnauthorized(pair(1, 1), null, false), 'retry');
});

test('The back-off grows, is capped, and never allows six attempts within three seconds', () => {
  assert.equal(delayAfter(1, 1), 400);
  assert.equal(delayAfter(4, 1), 3200);
  assert.equal(delayAfter(99, 1), 30_000);
  const quickest = [1, 2, 3, 4, 5].reduce((sum, failures) => sum + delayAfter(failures, 0), 0);
  assert.ok(quickest > 3000, `${quickest} ms`);
});

test('Retry-After is read as seconds or as a date, and bounded', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  assert.equal(retryAfter('7', now), 7000);
  assert.equal(retryAfter('Thu, 01 Jan 2026 00:00:09 GMT', now), 9000);
  assert.equal(retryAfter('99999999', now), 600_000);
  for (const header of [null, '', 'soon', 'Thu, 01 Jan 1970 00:00:00 GMT']) assert.equal(retryAfter(header, now), null);
});

test('The unknown is a state apart from signed in and signed out', () => {
  const clock = createFakeClock();
  const tab = createTab(/** @type {any} */ ({ clock }));
  const stale = { ...pair(1, 1), expiresAt: clock.now() };
  const fresh = { ...pair(1, 2), expiresAt: clock.now() + 1 };
  /** @type {import('../session/types.js').State[]} */
  const told = [];
  subscribe(tab, (state) => void told.push(state));
  for (const [act, status, reason, login] of /** @type {[() => void, string, string | null, number | null][]} */ ([
    [() => {}, 'opening', null, null],
    [() => hold(tab, stale), 'opening', null, 1],
    [() => hold(tab, fresh), 'signed-in', null, 1],
    [() => hold(tab, stale), 'signed-in', null, 1],
    [() => show(tab, 'reconnecting'), 'reconnecting', null, 1],
    [() => hold(tab, stale), 'reconnecting', null, 1],
    [() => hold(tab, stale, true), 'signed-in', null, 1],
    [() => hold(tab, ended(1, 2)), 'signed-out', 'expired', null],
    [() => hold(tab, { ...stale, login: 2 }), 'opening', null, 2],
    [() => hold(tab, null), 'signed-out', null, null],
  ])) {
    act();
    assert.deepEqual(tab.state, { status, reason, login });
  }
  // A state that has not changed is told to nobody.
  assert.equal(told.length, 8);
});

test('Every end is said in words, also one for an unknown reason', () => {
  const out = { status: /** @type {const} */ ('signed-out'), login: null };
  assert.match(words({ ...out, reason: 'reuse_detected' }), /because an old copy/);
  assert.match(words({ ...out, reason: 'new_word' }), /new_word/);
  assert.equal(words({ ...out, reason: null }), '');
  assert.equal(words({ status: 'reconnecting', reason: null, login: 1 }), 'Reconnecting…');
});

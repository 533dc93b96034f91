/** How the inspector words what it knows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { age, exactTime, length, offset, rest, timeOfDay } from '../page/ages.js';
import { detail } from '../page/event-words.js';
import { ofTokens } from '../page/facts.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = new Date(2026, 10, 26, 14, 2, 11, 45).getTime();

test('A length is told in its two largest units', () => {
  assert.equal(length(0), '0 s');
  assert.equal(length(999), '0 s');
  assert.equal(length(12_000), '12 s');
  assert.equal(length(3 * MINUTE + 12_345), '3 min 12 s');
  assert.equal(length(HOUR), '1 h');
  assert.equal(length(HOUR + 5_000), '1 h');
  assert.equal(length(49 * HOUR), '2 d 1 h');
});

test('An age before its beginning says that the clock was set back', () => {
  assert.equal(age(NOW - MINUTE, NOW), '1 min');
  assert.equal(age(NOW + 10 * MINUTE, NOW), 'received in 10 min: the clock was set back');
});

test('The rest of a token ends, and may be for the server to say', () => {
  assert.equal(rest(NOW + HOUR, NOW), '1 h');
  assert.equal(rest(NOW - 5_000, NOW), 'expired 5 s ago');
  assert.equal(rest(1e14, NOW), 'the server decides');
});

test('A clock is fast, slow, right, or nobody knows', () => {
  assert.equal(offset(-70 * MINUTE), '1 h 10 min ahead of the server');
  assert.equal(offset(10 * MINUTE), '10 min behind the server');
  assert.equal(offset(-400), 'right within a second');
  assert.equal(offset(null), 'unknown until the server tells its time');
});

test('Times are those of this device', () => {
  assert.equal(timeOfDay(NOW), '14:02:11');
  assert.equal(exactTime(NOW), '14:02:11.045');
});

test('A detail of an event is told in words, and what is usual is not told', () => {
  assert.equal(detail(['expiresAt', NOW]), 'expires at 14:02:11');
  assert.equal(detail(['serverOffset', -87.5]), 'server offset -87');
  assert.equal(detail(['online', true]), '');
  assert.equal(detail(['online', false]), 'not online');
  assert.equal(detail(['hasRefresh', true]), 'has refresh');
  assert.equal(detail(['reason', 'signed_out']), 'reason signed_out');
  assert.equal(detail(['status', null]), '');
  assert.equal(detail(['expiresAt', 1e14]), 'expires at no time');
});

test('The tokens of a session are told by number and age', () => {
  const insight = { login: NOW - HOUR, generation: 3, receivedAt: NOW - MINUTE, expiresAt: NOW + 59 * MINUTE, serverOffset: 0 };
  assert.deepEqual(ofTokens(insight, NOW), {
    login: '13:02:11, 1 h ago', generation: '3', age: '1 min', rest: '59 min', offset: 'right within a second',
  });
});

test('Nobody’s tokens are dashes', () => {
  assert.deepEqual(new Set(Object.values(ofTokens(null, NOW))), new Set(['–']));
});

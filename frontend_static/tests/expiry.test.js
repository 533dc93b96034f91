/** When a token expires by a clock that may be wrong. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timesOf } from '../session/expiry.js';
import { judge } from '../session/judge.js';
import { strategyNamed } from '../session/strategy.js';

const SERVER = 1_700_000_000_000;
const HOUR = 3_600_000;
const claims = { iat: SERVER / 1000, exp: SERVER / 1000 + 3600 };

test('The moment of expiry is right by this clock, however far it is off', () => {
  for (const skew of [0, 70 * 60_000, -10 * 60_000, 400 * 24 * HOUR]) {
    const trip = { sentAt: SERVER + skew, receivedAt: SERVER + skew + 200, serverTime: SERVER };
    const error = timesOf(claims, trip).expiresAt - (SERVER + skew + HOUR);
    assert.ok(Math.abs(error) <= 500, `skew ${skew}: ${error} ms off`);
  }
});

test('Without a Date header the lifetime counts from the midpoint of the trip', () => {
  assert.equal(timesOf(claims, { sentAt: 1000, receivedAt: 3000, serverTime: null }).expiresAt, 2000 + HOUR);
});

test('A token that is given out again half an hour later has half an hour left', () => {
  const later = SERVER + HOUR / 2;
  assert.equal(timesOf(claims, { sentAt: 0, receivedAt: 0, serverTime: later }).expiresAt, HOUR / 2 - 500);
});

test('A Date that calls a new token expired, or younger than itself, is not believed', () => {
  for (const serverTime of [SERVER + 2 * HOUR, SERVER - 2 * HOUR]) {
    assert.equal(timesOf(claims, { sentAt: 0, receivedAt: 0, serverTime }).expiresAt, HOUR);
  }
});

test('A clock that is moved during the trip leaves the moment of arrival', () => {
  assert.equal(timesOf(claims, { sentAt: 0, receivedAt: 9 * HOUR, serverTime: null }).expiresAt, 10 * HOUR);
  assert.equal(timesOf(claims, { sentAt: 9 * HOUR, receivedAt: 0, serverTime: null }).expiresAt, HOUR);
});

test('A token without claims is left to the server to refuse', () => {
  assert.equal(timesOf(null, { sentAt: 0, receivedAt: 0, serverTime: SERVER }).expiresAt, 1e14 - SERVER - 500);
});

test('A token is due a minute before it expires, and a short one in its last quarter', () => {
  const hour = { receivedAt: 0, expiresAt: HOUR };
  const short = { receivedAt: 0, expiresAt: 40_000 };
  for (const [pair, now, expected] of /** @type {const} */ ([
    [hour, 20_000, 'fresh'],
    [hour, HOUR - 60_001, 'fresh'],
    [hour, HOUR - 60_000, 'due'],
    [hour, HOUR - 1, 'due'],
    [hour, HOUR, 'expired'],
    [short, 29_999, 'fresh'],
    [short, 30_000, 'due'],
    [hour, -HOUR, 'fresh'],
  ])) {
    assert.equal(judge(pair, now), expected, `${pair.expiresAt} at ${now}`);
  }
});

test('A token just received is fresh whatever the clock says, so no clock refreshes for ever', () => {
  const pair = { receivedAt: 0, expiresAt: -HOUR };
  assert.equal(judge(pair, 9_999), 'fresh');
  assert.equal(judge(pair, 10_000), 'expired');
});

test('A token that renews itself is due at half its life, since it is lost once it has expired', () => {
  const pair = { receivedAt: 0, expiresAt: 4 * HOUR };
  const { bufferOf } = strategyNamed('sliding');
  assert.equal(judge(pair, 2 * HOUR - 1, bufferOf), 'fresh');
  assert.equal(judge(pair, 2 * HOUR, bufferOf), 'due');
  assert.equal(judge(pair, 4 * HOUR, bufferOf), 'expired');
});

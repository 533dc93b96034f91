/** What leaves the page: a frame that says what it is, around the events. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exported } from '../page/event-export.js';

test('An export says what it is, its version, how the server keeps sessions, and what the page shows', () => {
  const events = [{ at: 1, tab: 'a', type: 'ended', login: 1, generation: 1, reason: 'expired' }];
  const state = { status: /** @type {const} */ ('signed-out'), reason: 'expired', login: null };
  assert.deepEqual(JSON.parse(exported(events, state, 'cookie')), {
    nologout: 'black-box',
    version: 1,
    strategy: 'cookie',
    state: { status: 'signed-out', reason: 'expired' },
    events,
  });
});

test('A token without claims, which never expires, is told as one without an end', () => {
  const [{ expiresAt }] = JSON.parse(exported([{ at: 1, tab: 'a', type: 'attempt', expiresAt: Infinity }], { status: 'signed-in', reason: null, login: 1 }, 'rotating')).events;
  assert.equal(expiresAt, null);
});

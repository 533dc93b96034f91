/** The core by itself: it keeps a session as the whole client does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorld, useCore } from './world.js';

useCore();

test('The core offers what keeps a session, and nothing beside it', () => {
  const members = ['close', 'createTicket', 'fetch', 'mayTell', 'signIn', 'signOut', 'state', 'subscribe'];
  assert.deepEqual(Object.keys(createWorld().tab().session).sort(), members);
});

for (const name of ['cookie', 'ends', 'refresh', 'refusals', 'requests', 'revoke', 'tabs']) await import(`./${name}.test.js`);

/** What is left of a session's surroundings when it is closed, and where they are missing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createChannel } from '../session/ports/channel.js';
import { surroundings } from '../session/ports/log.js';
import { setGlobal } from './globals.js';

test('A channel that was closed is silent, for a page that is unmounted may still sign out', () => {
  const channel = createChannel('test-of-closing');
  const stop = channel.listen(() => {});
  stop();
  stop();
  channel.post({ record: null });
});

test('Where there is no document, as in a worker, nothing is visible', () => {
  setGlobal('navigator', { onLine: true });
  assert.deepEqual(surroundings(), { online: true, visible: false });
});

/** What is left of a session's surroundings when it is closed, and where they are missing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createChannel } from '../session/ports/channel.js';
import { surroundings } from '../session/ports/log.js';
import { removeGlobal, setGlobal } from './globals.js';

/** Has a page's storage events fire by hand; node has none. */
function storageEvents() {
  const page = new EventTarget();
  for (const does of /** @type {const} */ (['addEventListener', 'removeEventListener'])) setGlobal(does, page[does].bind(page));
  /** @param {string | null} key */
  return (key) => page.dispatchEvent(Object.assign(new Event('storage'), { key }));
}

test('A channel that was closed is silent, for a page that is unmounted may still sign out', () => {
  storageEvents();
  const channel = createChannel('test-of-closing');
  const stop = channel.listen(() => {});
  stop();
  stop();
  channel.post({ type: 'look' });
});

test('A record that changes in localStorage is looked at, with BroadcastChannel or without, until the channel is closed', () => {
  const real = globalThis.BroadcastChannel;
  for (const there of [real, undefined]) {
    setGlobal('BroadcastChannel', there);
    const change = storageEvents();
    /** @type {unknown[]} */
    const heard = [];
    const channel = createChannel('name');
    const stop = channel.listen((message) => void heard.push(message));
    for (const key of ['name-events.events', 'other', null, 'name.record']) change(key);
    assert.deepEqual(heard, [{ type: 'look' }]);
    channel.post({ type: 'look' });
    stop();
    change('name.record');
    assert.equal(heard.length, 1);
  }
  setGlobal('BroadcastChannel', real);
  removeGlobal('addEventListener');
});

test('Where there is no document, as in a worker, nothing is visible', () => {
  setGlobal('navigator', { onLine: true });
  assert.deepEqual(surroundings(), { online: true, visible: false });
});

/** Each known-broken client loads, states its bug, and loses or breaks a session that the real one keeps. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { load, NAMES, ROOT } from './overlay.js';
import { CLOCK_AND_STORAGE } from './situations/clock-and-storage.js';
import { REFRESH } from './situations/refresh.js';
import { TABS_AND_USERS } from './situations/tabs-and-users.js';

const SITUATIONS = { ...REFRESH, ...CLOCK_AND_STORAGE, ...TABS_AND_USERS };

test('Every known-broken client has a situation here, and no other has', () => {
  assert.deepEqual(Object.keys(SITUATIONS).sort(), [...NAMES].sort());
});

for (const name of NAMES) {
  test(`${name}: the real client stands what this one does not`, async (t) => {
    const situation = SITUATIONS[name];
    assert.equal(await situation((world, ports) => world.tab(ports)), true, 'the real client');
    assert.equal(await situation(await load(name, t)), false, 'the known-broken client');
  });

  test(`${name}: each file replaces one of the session's, and states its bug in the first line`, async () => {
    const folder = join(ROOT, 'known_broken', name);
    const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.js'));
    assert.ok(files.length > 0);
    for (const file of files) {
      await readFile(join(ROOT, 'session', file));
      const [first] = (await readFile(join(folder, file), 'utf8')).split('\n');
      assert.match(first, /^\/\*\* Bug: .+\. \*\/$/);
    }
  });
}

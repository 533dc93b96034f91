/** Each known-broken client loads, states its bug, and loses or breaks a session that the real one keeps. */
import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { assemble as reference } from '../session/create-session.js';
import { createWorld, drive, flush, gate, HOUR, until } from './world.js';

/** @typedef {typeof reference} Assemble */
/** @typedef {import('../session/types.js').Ports['lock']} Lock */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NAMES = (await readdir(join(ROOT, 'known_broken'), { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/**
 * Lays a known-broken client over the real one in a folder of its own, and imports it from there.
 *
 * @param {string} name
 * @param {import('node:test').TestContext} t
 */
async function load(name, t) {
  const folder = await mkdtemp(join(tmpdir(), 'known-broken-'));
  t.after(() => rm(folder, { recursive: true }));
  await cp(join(ROOT, 'session'), folder, { recursive: true });
  await cp(join(ROOT, 'known_broken', name), folder, { recursive: true });
  /** @param {string} file */
  const from = (file) => import(pathToFileURL(join(folder, file)).href);
  await from('index.js');
  const { assemble } = await from('create-session.js');
  const { createLock } = await from('ports/lock.js');
  return { assemble, createLock };
}

/** @param {import('./world.js').World} world @param {Assemble} assemble @param {{lock?: Lock}} [ports] */
async function signedIn(world, assemble, ports = {}) {
  const tab = world.tab({ assemble, ...ports });
  await flush();
  await world.clock.pass(200);
  await drive(world, tab.session.signIn({}));
  return tab;
}

/**
 * For each bug a situation that tells true when the client stands it.
 *
 * @type {Record<string, (assemble: Assemble, ports: {lock?: Lock}) => Promise<boolean>>}
 */
const SITUATIONS = {
  async no_cross_tab_lock(assemble, ports) {
    const world = createWorld();
    const tab = await signedIn(world, assemble, ports);
    const other = world.tab({ assemble, ...ports });
    await until(() => other.status() === 'signed-in');
    const held = gate();
    world.server.state.fates.push(held.shut);
    await world.clock.pass(2 * HOUR);
    await flush();
    held.open();
    await flush();
    return tab.status() === 'signed-in' && other.status() === 'signed-in';
  },
  async drops_rotated_token(assemble) {
    const world = createWorld();
    const tab = await signedIn(world, assemble);
    for (let morning = 0; morning < 2; morning += 1) {
      await world.clock.pass(2 * HOUR);
      await tab.get().catch(() => {});
    }
    return tab.status() === 'signed-in';
  },
  async signs_out_on_any_failed_refresh(assemble) {
    const world = createWorld();
    const tab = await signedIn(world, assemble);
    world.server.state.fates.push('html');
    await world.clock.pass(2 * HOUR);
    await drive(world, tab.get().catch(() => {}));
    return tab.status() === 'signed-in';
  },
  async trusts_client_clock(assemble) {
    const world = createWorld({ skew: 70 * 60_000 });
    const tab = await signedIn(world, assemble);
    for (let poke = 0; poke < 5; poke += 1) await tab.get();
    return world.server.state.refreshes.length === 0;
  },
  async gives_up_when_storage_throws(assemble) {
    const world = createWorld();
    const tab = await signedIn(world, assemble);
    world.storage.full = true;
    await world.clock.pass(2 * HOUR);
    await drive(world, tab.get().catch(() => {}));
    return tab.status() === 'signed-in';
  },
  async refreshes_on_late_401(assemble) {
    const world = createWorld();
    const tab = await signedIn(world, assemble);
    const late = gate();
    Object.assign(world.server.state, { refusesUpTo: 1, gate: late.shut });
    const slow = tab.get();
    await flush();
    await tab.get();
    // Long enough that another refresh would not be in vain.
    await world.clock.pass(11_000);
    late.open();
    await slow;
    return world.server.state.refreshes.length === 1;
  },
  async ignores_sign_out_in_another_tab(assemble) {
    const world = createWorld();
    const tab = await signedIn(world, assemble);
    const other = world.tab({ assemble });
    await until(() => other.status() === 'signed-in');
    await tab.session.signOut();
    other.device.wake();
    await flush();
    return other.status() === 'signed-out';
  },
};

test('Every known-broken client has a situation here, and no other has', () => {
  assert.deepEqual(Object.keys(SITUATIONS).sort(), [...NAMES].sort());
});

for (const name of NAMES) {
  const situation = SITUATIONS[name];

  test(`${name}: the real client stands what this one does not`, async (t) => {
    const { assemble, createLock } = await load(name, t);
    // The world has a lock of its own; only the client without one brings another.
    const ports = name === 'no_cross_tab_lock' ? { lock: createLock() } : {};
    assert.equal(await situation(reference, {}), true, 'the real client');
    assert.equal(await situation(assemble, ports), false, 'the known-broken client');
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

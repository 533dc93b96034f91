/** Known-broken clients for tests: each laid over the real one, as the lab serves it. */
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { drive, flush } from './world.js';

/** @typedef {import('./world.js').World} World */
/** @typedef {import('./world.js').Tab} Tab */
/** @typedef {(world: World, ports?: Partial<import('../session/types.js').Ports>) => Tab} OpenTab */
/** @typedef {(openTab: OpenTab) => Promise<boolean>} Situation true when the client stands it */

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

export const NAMES = (await readdir(join(ROOT, 'known_broken'), { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** The world has ports of its own; a client that replaces one, or what stands in for it, brings that one. */
const PORTS = /** @type {const} */ ([
  ['lock', 'lock.js', 'createLock'],
  ['lock', 'lease.js', 'createLease'],
  ['channel', 'channel.js', 'createChannel'],
  ['store', 'record-store.js', 'createStore'],
  ['store', 'local-store.js', 'createLocalStore'],
]);

/**
 * Lays a known-broken client over the real one in a folder of its own, imports it, and returns how to open a tab.
 *
 * @param {string} name
 * @param {import('node:test').TestContext} t
 * @returns {Promise<OpenTab>}
 */
export async function load(name, t) {
  const folder = await mkdtemp(join(tmpdir(), 'known-broken-'));
  t.after(() => rm(folder, { recursive: true }));
  await cp(join(ROOT, 'session'), folder, { recursive: true });
  await cp(join(ROOT, 'known_broken', name), folder, { recursive: true });
  /** @param {string} file */
  const from = (file) => import(pathToFileURL(join(folder, file)).href);
  await from('index.js');
  const { assembleAll: open } = await from('extras.js');
  /** @type {[string, () => any][]} */
  const makers = [];
  for (const [port, file, maker] of PORTS) {
    const replaced = existsSync(join(ROOT, 'known_broken', name, 'ports', file));
    if (replaced) makers.push([port, (await from(`ports/${file}`))[maker]]);
  }
  return (world, ports) => {
    const own = Object.fromEntries(makers.map(([port, make]) => [port, make()]));
    return world.tab({ open, ...own, ...ports });
  };
}

/**
 * Opens a tab and signs in there.
 *
 * @param {World} world
 * @param {OpenTab} openTab
 */
export async function signedIn(world, openTab) {
  const tab = openTab(world);
  await flush();
  await world.clock.pass(200);
  await drive(world, tab.session.signIn({}));
  return tab;
}

/**
 * Opens one more tab, and lets it find the session.
 *
 * @param {World} world
 * @param {OpenTab} openTab
 */
export async function another(world, openTab) {
  const tab = openTab(world);
  await flush();
  await world.clock.pass(200);
  await calm();
  return tab;
}

/** Lets everything happen that needs no time; storage and the lock take several turns. */
export async function calm() {
  for (let turn = 0; turn < 10; turn += 1) await flush();
}

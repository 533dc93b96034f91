/** The budget of the client, and of each file. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { rollup } from 'rollup';
import { minify } from 'terser';

const SESSION = new URL('../session/', import.meta.url);
const ROOT = new URL('../', import.meta.url);

/** @param {URL} folder @returns {Promise<{file: string, source: string}[]>} */
async function sources(folder) {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.js'));
  return Promise.all(files.map(async (file) => ({ file, source: await readFile(new URL(file, folder), 'utf8') })));
}

/** Bytes of gzip, which both READMEs promise. */
const PROMISED = { core: 5_120, everything: 6_656 };
/** A promise that is much kept is a stale one. */
const SLACK = 150;

/**
 * Bundles and minifies as an app's own build would, and returns the bytes of it that travel.
 *
 * @param {string} entry below session/
 */
async function sizeOf(entry) {
  const bundle = await rollup({ input: fileURLToPath(new URL(entry, SESSION)) });
  const { output } = await bundle.generate({ format: 'es' });
  const { code = '' } = await minify(output[0].code, { module: true, ecma: 2020, compress: { passes: 2 } });
  return gzipSync(code, { level: 9 }).length;
}

test('The client is as small as the README says, its core and everything', async () => {
  const readmes = await Promise.all(['README.md', '../README.md'].map((file) => readFile(new URL(file, ROOT), 'utf8')));
  const sizes = { core: await sizeOf('core.js'), everything: await sizeOf('index.js') };
  for (const part of /** @type {const} */ (['core', 'everything'])) {
    const [size, promised] = [sizes[part], PROMISED[part]];
    assert.ok(size <= promised, `${part}: ${size} bytes, over the ${promised}`);
    assert.ok(size > promised - SLACK, `${part}: ${size} bytes; promise less than ${promised}, here and in the README`);
    const words = `${promised.toLocaleString('en')} bytes`;
    for (const readme of readmes) assert.ok(readme.includes(words), `A README does not say "${words}".`);
  }
});

test('The adapter for axios is half a kilobyte more', async () => {
  const size = await sizeOf('adapters/axios.js');
  assert.ok(size <= 512, `${size} bytes`);
});

test('No file that people write has 150 lines or more', async () => {
  for (const { file, source } of await sources(ROOT)) {
    if (file === 'frontend_token_solution.js') continue;
    const lines = source.split('\n').length - 1;
    assert.ok(lines < 150, `${file} has ${lines}`);
  }
});

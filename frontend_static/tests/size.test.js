/** The budget of the client, and of each file. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import typescript from 'typescript';

const SESSION = new URL('../session/', import.meta.url);
const ROOT = new URL('../', import.meta.url);

/** @param {URL} folder @returns {Promise<{file: string, source: string}[]>} */
async function sources(folder) {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.js'));
  return Promise.all(files.map(async (file) => ({ file, source: await readFile(new URL(file, folder), 'utf8') })));
}

test('The client without its comments stays under 10 kB of gzip, which is 6.7 kB once it is minified', async () => {
  const options = { removeComments: true, target: typescript.ScriptTarget.ES2022, module: typescript.ModuleKind.ES2022 };
  const core = (await sources(SESSION)).filter(({ file }) => !file.startsWith('adapters'));
  const code = core.map(({ source }) => typescript.transpile(source, options)).join('\n');
  const size = gzipSync(code, { level: 9 }).length;
  assert.ok(size < 10_000, `${size} bytes`);
});

test('No file that people write has 150 lines or more', async () => {
  for (const { file, source } of await sources(ROOT)) {
    if (file === 'frontend_token_solution.js') continue;
    const lines = source.split('\n').length - 1;
    assert.ok(lines < 150, `${file} has ${lines}`);
  }
});

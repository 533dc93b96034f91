/** The one file to copy into an app: the session client and its axios adapter. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { oneFile, TARGET } from '../tools/one-file.js';

const SESSION = new URL('../session/', import.meta.url);

test('The one file is what the parts make', async () => {
  const [now, stored] = await Promise.all([oneFile(), readFile(TARGET, 'utf8')]);
  assert.ok(now === stored, 'frontend_token_solution.js is stale: run `npm run build:one-file`.');
});

test('It exports what the session and its adapter export, and imports nothing', async () => {
  const whole = await import('../frontend_token_solution.js');
  const session = await import('../session/index.js');
  const adapter = await import('../session/adapters/axios.js');
  assert.deepEqual(Object.keys(whole).sort(), [...Object.keys(session), ...Object.keys(adapter)].sort());
  assert.doesNotMatch(await readFile(TARGET, 'utf8'), /^import |import\('\./m);
});

test('It reads as the parts do: each is named, no name was changed, no line is long', async () => {
  const text = await readFile(TARGET, 'utf8');
  const parts = (await readdir(SESSION, { recursive: true })).filter((file) => file.endsWith('.js'));
  for (const file of parts) if (file !== 'types.js' && file !== 'core.js') assert.ok(text.includes(`// session/${file}\n`), file);
  assert.doesNotMatch(text, /\$\d/);
  for (const line of text.split('\n')) assert.ok(line.length < 150, line);
});

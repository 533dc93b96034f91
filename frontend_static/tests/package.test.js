/** The package `nologout-session`: what npm ships, and that an app can use it with no more than that. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import typescript from 'typescript';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FRONTEND = join(ROOT, 'frontend_static');
const folder = await mkdtemp(join(tmpdir(), 'nologout-session-'));
const project = join(folder, 'project');
after(() => rm(folder, { recursive: true }));

/** An npm that hears nothing of the one that may have started this test. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

/** @param {string} command @param {string[]} args @param {string} cwd */
const run = async (command, args, cwd) => (await promisify(execFile)(command, args, { cwd, env })).stdout;

/** Packs a copy of this checkout, so that nothing is built in it; resolves to what npm says of the package. */
async function pack() {
  const copy = join(folder, 'frontend_static');
  await cp(FRONTEND, copy, { recursive: true, filter: (source) => source !== join(FRONTEND, 'build') });
  for (const name of ['tsconfig.json', 'tsconfig.declarations.json']) await cp(join(ROOT, name), join(folder, name));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const [packed] = JSON.parse(await run('npm', ['pack', '--json', '--pack-destination', folder], copy));
  return packed;
}

/** @param {string} tarball installed by path into an empty project, without a network */
async function install(tarball) {
  await cp(join(FRONTEND, 'tests', 'types'), project, { recursive: true });
  await writeFile(join(project, 'package.json'), '{"type": "module"}');
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', join(folder, tarball)], project);
}

const packed = await pack();
await install(packed.filename);

test('The package holds the client, a declaration for each of its files, and what is said of it', async () => {
  const code = (await readdir(join(FRONTEND, 'session'), { recursive: true })).filter((file) => file.endsWith('.js'));
  const declarations = code.map((file) => `build/${file.replace(/\.js$/, '.d.ts')}`);
  const expected = ['LICENSE', 'README.md', 'package.json', ...code.map((file) => `session/${file}`), ...declarations];
  const files = packed.files.map((/** @type {{path: string}} */ { path }) => path);
  assert.deepEqual(files.sort(), expected.sort());
  assert.ok(code.includes('index.js') && code.includes('ports/http.js') && code.includes('adapters/axios.js'));
});

test('The package is of the same version and licence as the project, and needs nothing', async () => {
  const [own, whole] = await Promise.all(
    [FRONTEND, ROOT].map(async (at) => JSON.parse(await readFile(join(at, 'package.json'), 'utf8'))),
  );
  assert.deepEqual([own.version, own.license, own.engines], [whole.version, whole.license, whole.engines]);
  assert.equal(own.dependencies, undefined);
  assert.equal(await readFile(join(FRONTEND, 'LICENSE'), 'utf8'), await readFile(join(ROOT, 'LICENSE'), 'utf8'));
});

test('An import reads no global of a browser, and brings what the client exports', async () => {
  const code = `
    const names = ['addEventListener', 'BroadcastChannel', 'document', 'fetch', 'indexedDB', 'location', 'localStorage',
      'navigator', 'Request', 'setInterval', 'setTimeout', 'window'];
    const get = (name) => () => { throw new Error(name + ' was read'); };
    for (const name of names) Object.defineProperty(globalThis, name, { get: get(name) });
    const exported = ['nologout-session', 'nologout-session/core', 'nologout-session/axios'].map((name) => import(name));
    console.log(JSON.stringify((await Promise.all(exported)).map(Object.keys)));
  `;
  const exported = JSON.parse(await run('node', ['--input-type=module', '--eval', code], project));
  const own = await Promise.all(['index', 'core', 'adapters/axios'].map((file) => import(`../session/${file}.js`)));
  assert.deepEqual(exported, own.map(Object.keys));
  const inner = 'import "nologout-session/session/tab.js"';
  await assert.rejects(run('node', ['--input-type=module', '--eval', inner], project), /ERR_PACKAGE_PATH_NOT_EXPORTED/);
});

/** Each `@ts-expect-error` of a snippet, as `line: number`. @param {string} text */
function expected(text) {
  const codes = text.split('\n').map((line) => /@ts-expect-error (\d+): ./.exec(line)?.[1]);
  return codes.flatMap((code, at) => (code ? [`${at + 2}: ${code}`] : []));
}

const FILES = ['accepted.ts', 'rejected.ts'].map((name) => join(project, name));

/**
 * Compiles files of the project; returns what is wrong, as `file line: number text`.
 *
 * @param {string[]} files
 * @param {typescript.CompilerOptions} resolution
 */
function complaints(files, resolution) {
  const libraries = { lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'], types: [], skipDefaultLibCheck: true };
  const settings = { strict: true, noEmit: true, target: typescript.ScriptTarget.ES2022, ...libraries, ...resolution };
  const host = typescript.createCompilerHost(settings);
  const { readFile: read } = host;
  // A directive would swallow whichever error comes.
  host.readFile = (path) => (FILES.includes(path) ? read(path)?.replaceAll('@ts-expect-error', '') : read(path));
  const program = typescript.createProgram(files, settings, host);
  return typescript.getPreEmitDiagnostics(program).map(({ file, start = 0, code, messageText }) => {
    const place = `${(file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1}: ${code}`;
    return file?.fileName === FILES[1] ? place : `${file?.fileName} ${place} ${JSON.stringify(messageText)}`;
  });
}

/** The real axios, which an app that uses it has installed itself. */
await symlink(join(ROOT, 'node_modules', 'axios'), join(project, 'node_modules', 'axios'));

test('What an app may write compiles against the declarations; what it must not is refused for that very reason', async () => {
  const found = complaints(FILES, { module: typescript.ModuleKind.NodeNext });
  const [accepted, rejected] = await Promise.all(FILES.map((path) => readFile(path, 'utf8')));
  assert.deepEqual(expected(accepted ?? ''), []);
  assert.ok(expected(rejected ?? '').length > 20);
  assert.deepEqual(found, expected(rejected ?? ''));
});

test('An app that looks for types as before `exports`, or as a bundler, finds the same', () => {
  const { ModuleKind: { ES2022: module }, ModuleResolutionKind: { Node10, Bundler } } = typescript;
  for (const moduleResolution of [Node10, Bundler]) {
    assert.deepEqual(complaints(FILES.slice(0, 1), { module, moduleResolution }), []);
  }
});

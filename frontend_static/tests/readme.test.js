/** The package's README names every option and member that there is, none that there is not, and says the real defaults. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import typescript from 'typescript';
import { DEFAULTS } from '../session/assemble.js';
import { strategyNamed } from '../session/strategy.js';

const README = await readFile(new URL('../README.md', import.meta.url), 'utf8');
const ENTRY = fileURLToPath(new URL('../session/index.js', import.meta.url));
const { ModuleKind: { ES2022: module }, ModuleResolutionKind: { Bundler: moduleResolution } } = typescript;
const program = typescript.createProgram([ENTRY], { allowJs: true, checkJs: true, strict: true, module, moduleResolution });
const checker = program.getTypeChecker();

/**
 * The properties of a type that session/index.js exports, in order of the alphabet.
 *
 * @param {string} name
 */
function propertiesOf(name) {
  const entry = program.getSourceFile(ENTRY);
  const exported = entry && checker.getSymbolAtLocation(entry);
  const type = exported && checker.getExportsOfModule(exported).find((symbol) => symbol.name === name);
  assert.ok(type, `session/index.js exports no type ${name}.`);
  return checker.getDeclaredTypeOfSymbol(type).getProperties().map((property) => property.name).sort();
}

/**
 * The rows of the tables below a heading, by the name that each begins with.
 *
 * @param {string} heading
 */
function rowsBelow(heading) {
  const section = README.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  return new Map([...section.matchAll(/^\| `(\w+)[^`]*` \|(.*)\|$/gm)].map(([, name = '', rest = '']) => [name, rest]));
}

test('Each option stands in a table, and nothing else does', () => {
  const options = propertiesOf('SessionOptions');
  assert.ok(options.includes('checkEvery') && options.includes('clock') && options.includes('debug'));
  assert.deepEqual([...rowsBelow('Options').keys()].sort(), options);
});

test('Each member of a session stands in a table, and nothing else does', () => {
  const members = propertiesOf('Session');
  assert.ok(members.includes('events') && members.includes('fetch'));
  assert.deepEqual([...rowsBelow('The session').keys()].sort(), members);
});

test('Each default that is a number or an address is the real one', () => {
  const rows = rowsBelow('Options');
  const { urls, strategy, ...times } = DEFAULTS;
  for (const [name, ms] of Object.entries(times)) assert.match(rows.get(name) ?? '', new RegExp(`\\| ${ms.toLocaleString('en')} $`), name);
  for (const url of Object.values(urls)) assert.ok(rows.get('urls')?.includes(`\`${url}\``), url);
  assert.match(rows.get('strategy') ?? '', /\| `'rotating'` $/);
  assert.equal(strategy, strategyNamed('rotating'));
});

test('What an event, a state and an insight hold is named', () => {
  const rows = rowsBelow('The session');
  for (const [member, type] of Object.entries({ events: 'Told', state: 'State', inspect: 'Inspected' })) {
    const named = propertiesOf(type);
    assert.ok(named.length > 2);
    for (const name of named) assert.match(rows.get(member) ?? '', new RegExp(`\\b${name}\\b`), `${member}: ${name}`);
  }
});

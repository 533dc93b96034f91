/** What the page keeps of an item that is not sent yet. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDrafts } from '../page/draft.js';

const ANN = { login: 1, name: 'ann' };
const BEN = { login: 2, name: 'ben' };
/** Somebody whose name the server has not said yet. */
const UNKNOWN = { login: 3, name: '' };

/** Stands for the tab's sessionStorage. */
function createStorage() {
  /** @type {Map<string, string>} */
  const values = new Map();
  return {
    values,
    getItem: (/** @type {string} */ key) => values.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void values.set(key, value),
    removeItem: (/** @type {string} */ key) => void values.delete(key),
  };
}

/** Drafts, their storage, and what is found there after a reload. */
function createTab() {
  const storage = createStorage();
  return { storage, drafts: createDrafts(() => storage), reloaded: () => createDrafts(() => storage) };
}

test('A draft outlives the page, and is its own user’s alone', () => {
  const { drafts, reloaded } = createTab();
  drafts.keep(ANN, 'half a thought');
  assert.equal(reloaded().of(ANN), 'half a thought');
  assert.equal(reloaded().of({ ...ANN, login: 9 }), 'half a thought');
  assert.equal(reloaded().of(BEN), '');
  assert.equal(reloaded().of(UNKNOWN), '');
});

test('A user has one draft, the newest, and the others keep theirs', () => {
  const { drafts, reloaded } = createTab();
  drafts.keep(ANN, 'milk');
  drafts.keep(BEN, 'bread');
  drafts.keep({ ...ANN, login: 9 }, 'milk and honey');
  assert.equal(reloaded().of(ANN), 'milk and honey');
  assert.equal(reloaded().of(BEN), 'bread');
});

test('A draft goes away with the text that was sent, and nothing is left of it', () => {
  const { drafts, storage } = createTab();
  drafts.keep(ANN, 'milk');
  drafts.sent(ANN, 'milk');
  assert.equal(drafts.of(ANN), '');
  assert.equal(storage.values.size, 0);
});

test('What was typed while the item was on its way stays', () => {
  const { drafts } = createTab();
  drafts.keep(ANN, 'milk and bread');
  drafts.sent(ANN, 'milk');
  assert.equal(drafts.of(ANN), 'milk and bread');
});

test('An emptied field leaves no draft', () => {
  const { drafts, storage } = createTab();
  drafts.keep(ANN, 'milk');
  drafts.keep(ANN, '');
  assert.equal(storage.values.size, 0);
});

test('While the user is unknown a draft belongs to the sign-in, and to the user once they are known', () => {
  const { drafts, reloaded } = createTab();
  drafts.keep(UNKNOWN, 'milk');
  const later = reloaded();
  assert.equal(later.of(UNKNOWN), 'milk');
  assert.equal(later.of(ANN), '');
  later.keep({ ...UNKNOWN, name: 'cid' }, later.of(UNKNOWN));
  assert.equal(reloaded().of({ login: 9, name: 'cid' }), 'milk');
});

test('A user who was known before the reload stays known when the server is silent after it', () => {
  const { drafts, reloaded } = createTab();
  drafts.keep(ANN, 'milk');
  const later = reloaded();
  later.keep({ ...ANN, name: '' }, 'milk and honey');
  later.dropUnclaimed(9);
  assert.equal(later.of({ ...ANN, login: 9 }), 'milk and honey');
});

test('What nobody can claim any more goes away, and nothing else', () => {
  const { drafts, reloaded } = createTab();
  drafts.keep(ANN, 'milk');
  drafts.keep(UNKNOWN, 'bread');
  drafts.dropUnclaimed(UNKNOWN.login);
  assert.equal(reloaded().of(UNKNOWN), 'bread');
  drafts.dropUnclaimed(4);
  assert.equal(reloaded().of(UNKNOWN), '');
  assert.equal(reloaded().of(ANN), 'milk');
});

test('Where the browser denies storage the draft lives as long as the page', () => {
  const denied = createDrafts(() => {
    throw new Error('SecurityError');
  });
  denied.keep(ANN, 'milk');
  assert.equal(denied.of(ANN), 'milk');
  assert.equal(denied.of(BEN), '');
});

test('Where storage is full the draft lives as long as the page, and an older one does not come back', () => {
  const { drafts, storage, reloaded } = createTab();
  drafts.keep(ANN, 'milk');
  const { setItem } = storage;
  storage.setItem = () => assert.fail('QuotaExceededError');
  drafts.keep(ANN, 'milk and honey');
  assert.equal(drafts.of(ANN), 'milk and honey');
  assert.equal(reloaded().of(ANN), '');
  storage.setItem = setItem;
  drafts.keep(ANN, 'milk, honey and bread');
  assert.equal(reloaded().of(ANN), 'milk, honey and bread');
});

test('What stands in storage and is no draft counts as none', () => {
  const { storage, reloaded } = createTab();
  storage.setItem('nologout-drafts', '{"broken');
  assert.equal(reloaded().of(ANN), '');
});

/** What the page keeps of an item that is not sent yet. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDrafts } from '../page/draft.js';

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

test('A draft outlives the page, and is its own user’s alone', () => {
  const storage = createStorage();
  createDrafts(() => storage).keep('ann', 'half a thought');
  const afterReload = createDrafts(() => storage);
  assert.equal(afterReload.of('ann'), 'half a thought');
  assert.equal(afterReload.of('ben'), '');
});

test('A draft goes away with the text that was sent, and nothing is left of it', () => {
  const storage = createStorage();
  const drafts = createDrafts(() => storage);
  drafts.keep('ann', 'milk');
  drafts.sent('ann', 'milk');
  assert.equal(drafts.of('ann'), '');
  assert.equal(storage.values.size, 0);
});

test('What was typed while the item was on its way stays', () => {
  const drafts = createDrafts(createStorage);
  drafts.keep('ann', 'milk and bread');
  drafts.sent('ann', 'milk');
  assert.equal(drafts.of('ann'), 'milk and bread');
});

test('An emptied field leaves no draft', () => {
  const storage = createStorage();
  const drafts = createDrafts(() => storage);
  drafts.keep('ann', 'milk');
  drafts.keep('ann', '');
  assert.equal(createDrafts(() => storage).of('ann'), '');
});

test('Where the browser denies storage the draft lives as long as the page', () => {
  const denied = createDrafts(() => {
    throw new Error('SecurityError');
  });
  denied.keep('ann', 'milk');
  assert.equal(denied.of('ann'), 'milk');
  assert.equal(denied.of('ben'), '');
});

test('Where storage is full the draft lives as long as the page', () => {
  const full = { ...createStorage(), setItem: () => assert.fail('QuotaExceededError') };
  const drafts = createDrafts(() => full);
  drafts.keep('ann', 'milk');
  assert.equal(drafts.of('ann'), 'milk');
});

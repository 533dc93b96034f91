"""What an origin has stored, from the outside: counted, cleared, spoiled. Never read for its values."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

_EACH = """async (touch) => {
  let met = 0;
  for (const { name } of await indexedDB.databases()) {
    const opening = indexedDB.open(name);
    const db = await new Promise((done) => {
      opening.onsuccess = () => done(opening.result);
      opening.onerror = opening.onblocked = () => done(null);
    });
    if (!db) continue;
    for (const table of db.objectStoreNames) {
      const writing = db.transaction(table, "readwrite");
      const cursor = writing.objectStore(table).openCursor();
      cursor.onsuccess = () => {
        if (!cursor.result) return;
        met += 1;
        if (touch) cursor.result.update(JSON.stringify(cursor.result.value).slice(0, 9));
        cursor.result.continue();
      };
      await new Promise((done) => { writing.oncomplete = writing.onabort = done; });
    }
    db.close();
  }
  for (const key of Object.keys(localStorage)) {
    met += 1;
    if (touch) localStorage.setItem(key, localStorage.getItem(key).slice(0, 9));
  }
  return met;
}"""
_DENY = """(() => {
  const refuse = () => {
    if (window.__nologout_tell) window.__nologout_tell("storage_threw", "access: SecurityError").catch(() => {});
    throw new DOMException("Storage is not allowed here.", "SecurityError");
  };
  for (const area of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, area, { get: refuse, configurable: true });
  }
  IDBFactory.prototype.open = refuse;
})()"""
_DENIED = """() => {
  const denied = (use) => { try { use(); } catch (error) { return error.name === "SecurityError"; } return false; };
  return denied(() => localStorage.length) && denied(() => indexedDB.open("nologout-try"));
}"""


def count(page: Page) -> int:
    """Return how many values the page's origin has stored."""
    return int(page.evaluate(_EACH, False))  # noqa: FBT003 - an argument of the script


def spoil(page: Page) -> int:
    """Leave the first nine characters of each stored value; return how many values there were."""
    return int(page.evaluate(_EACH, True))  # noqa: FBT003 - an argument of the script


def deny(context: BrowserContext) -> None:
    """Have storage throw in every page that is loaded from now on."""
    context.add_init_script(_DENY)


def is_denied(page: Page) -> bool:
    """Tell whether the page is denied its storage."""
    return bool(page.evaluate(_DENIED))

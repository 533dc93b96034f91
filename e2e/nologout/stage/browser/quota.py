"""The room that an origin has for storage, as the browser itself enforces it (Chromium)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

# Chromium remembers for some seconds how much room was left and asks again only when a write does not
# fit into that. So the limit is small from the start, and a larger write later makes it ask anew.
_LIMIT = 1_000_000
_TOO_MUCH = 2 * _LIMIT
_EXHAUST = """async (size) => {
  for (let left = 1 << 20, n = 0; left >= 1; ) {
    try { localStorage.setItem(`nologout-junk-${n++}`, "x".repeat(left)); } catch { left >>= 1; }
  }
  const opened = indexedDB.open("nologout-junk", 1);
  await new Promise((done) => {
    opened.onupgradeneeded = () => opened.result.createObjectStore("junk");
    opened.onsuccess = opened.onerror = done;
  });
  if (!opened.result) return;
  const writing = opened.result.transaction("junk", "readwrite");
  writing.objectStore("junk").put("x".repeat(size), 1);
  await new Promise((done) => { writing.oncomplete = writing.onabort = done; });
  opened.result.close();
}"""
_FREE = """() => {
  for (const key of Object.keys(localStorage)) if (key.startsWith("nologout-junk")) localStorage.removeItem(key);
}"""


class Quota:
    """Limits an origin's storage, exhausts it, and frees it again."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self._session = context.new_cdp_session(context.new_page())
        self._origin = origin

    def limit(self) -> None:
        """Leave the origin about a megabyte; to be called before the app stores anything."""
        self._override(_LIMIT)

    def exhaust(self, page: Page) -> None:
        """Leave no room at all, in IndexedDB and in localStorage."""
        self._override(1)
        page.evaluate(_EXHAUST, _TOO_MUCH)

    def free(self, page: Page) -> None:
        """Give the room back."""
        self._override(None)
        page.evaluate(_FREE)

    def _override(self, size: int | None) -> None:
        size_given = {} if size is None else {"quotaSize": size}
        self._session.send("Storage.overrideQuotaForOrigin", {"origin": self._origin, **size_given})

// Tells the harness what a page does: requests, storage writes, locks, messages, errors, lifecycle; and what its
// browser lacks.
// Names and keys only, never a value that a page stores or sends.
(() => {
  const state = { pending: 0 };
  const areas = new WeakMap();
  Object.defineProperty(window, "__nologout_state", { value: state });
  const tell = (name, detail = "") => {
    const send = window.__nologout_tell;
    if (send) send(name, String(detail).slice(0, 200)).catch(() => {});
  };
  const path = (url) => {
    try {
      return new URL(url, location.href).pathname;
    } catch {
      return "?";
    }
  };
  const wrap = (owner, name, make) => {
    const original = owner && owner[name];
    if (typeof original === "function") owner[name] = make(original);
  };
  const settled = (label) => {
    state.pending -= 1;
    tell("request_settled", label);
  };

  wrap(window, "fetch", (original) => function fetch(input, init) {
    const label = path(input instanceof Request ? input.url : input);
    state.pending += 1;
    tell("request_sent", label);
    const reply = original.call(this, input, init);
    reply.then(() => settled(label), () => settled(label));
    return reply;
  });
  wrap(XMLHttpRequest.prototype, "open", (original) => function open(method, url, ...rest) {
    this.__nologout_path = path(url);
    return original.call(this, method, url, ...rest);
  });
  wrap(XMLHttpRequest.prototype, "send", (original) => function send(body) {
    state.pending += 1;
    tell("request_sent", this.__nologout_path);
    this.addEventListener("loadend", () => settled(this.__nologout_path), { once: true });
    return original.call(this, body);
  });
  wrap(navigator, "sendBeacon", (original) => function sendBeacon(url, body) {
    tell("beacon_sent", path(url));
    return original.call(navigator, url, body);
  });

  if (window.LockManager) {
    wrap(LockManager.prototype, "request", (original) => function request(name, ...rest) {
      const work = rest.pop();
      tell("lock_requested", name);
      return original.call(this, name, ...rest, async (lock) => {
        tell(lock ? "lock_granted" : "lock_refused", name);
        try {
          return await work(lock);
        } finally {
          if (lock) tell("lock_released", name);
        }
      });
    });
  }
  if (window.BroadcastChannel) {
    wrap(BroadcastChannel.prototype, "postMessage", (original) => function postMessage(message) {
      tell("message_posted", this.name);
      return original.call(this, message);
    });
  }

  const attempt = (owner, name, event, label) => wrap(owner, name, (original) => function attempted(...args) {
    tell(typeof event === "string" ? event : event(this), label(this, args));
    try {
      return original.apply(this, args);
    } catch (error) {
      tell("storage_threw", `${name}: ${error && error.name}`);
      throw error;
    }
  });
  if (window.Storage) {
    const written = (store) => (areas.get(store) === "sessionStorage" ? "session_storage_set" : "storage_set");
    attempt(Storage.prototype, "setItem", written, (_, args) => args[0]);
    attempt(Storage.prototype, "removeItem", "storage_removed", (_, args) => args[0]);
    attempt(Storage.prototype, "clear", "storage_cleared", () => "");
    plainWrites("localStorage");
    plainWrites("sessionStorage");
  }
  if (window.IDBObjectStore) {
    const written = new WeakSet();
    const vain = new Map();
    // Who could write, and does not, time after time, waits for another tab's leave: that is how a lease is polled.
    const counted = (database, hasWritten) => {
      const before = vain.get(database) || 0;
      vain.set(database, hasWritten ? 0 : before + 1);
      if (hasWritten && before >= 3) tell("idb_poll_ended", database);
      if (!hasWritten && before === 2) tell("idb_poll_began", database);
    };
    for (const name of ["put", "add", "delete", "clear"]) {
      attempt(IDBObjectStore.prototype, name, `idb_${name}`, (store) => {
        written.add(store.transaction);
        return store.name;
      });
    }
    wrap(IDBDatabase.prototype, "transaction", (original) => function transaction(...args) {
      const made = original.apply(this, args);
      made.addEventListener("abort", () => tell("idb_aborted", made.error && made.error.name));
      if (made.mode === "readwrite") made.addEventListener("complete", () => counted(this.name, written.has(made)));
      return made;
    });
  }

  // `localStorage.x = …` passes no method, so reads of the property hand out a watching proxy.
  function plainWrites(area) {
    let real;
    try {
      real = window[area];
    } catch {
      return;
    }
    areas.set(real, area);
    const watched = new Proxy(real, {
      get: (target, key) => {
        const value = Reflect.get(target, key);
        return typeof value === "function" ? value.bind(target) : value;
      },
      set: (target, key, value) => {
        target.setItem(key, value);
        return true;
      },
      deleteProperty: (target, key) => {
        target.removeItem(key);
        return true;
      },
    });
    Object.defineProperty(window, area, { get: () => watched, configurable: true });
  }

  // The first change comes before the page's deferred scripts run.
  document.addEventListener("readystatechange", () => {
    const pieces = ["BroadcastChannel", "locks", "indexedDB", "localStorage", "sessionStorage"];
    const lacks = pieces.filter((piece) => !(piece in window || piece in navigator));
    if (lacks.length) tell("lacks", lacks.join(" "));
  }, { once: true });

  window.addEventListener("error", (event) => tell("page_error", event.message));
  window.addEventListener("unhandledrejection", (event) =>
    tell("page_error", (event.reason && event.reason.name) || "rejection"));
  document.addEventListener("visibilitychange", () => tell("visibility", document.visibilityState));
  // A tab that a page opens is empty before the app is loaded there, and no page of the app's.
  const isApp = () => location.href !== "about:blank";
  window.addEventListener("pageshow", (event) => isApp() && tell("pageshow", event.persisted ? "persisted" : "fresh"));
  window.addEventListener("pagehide", (event) => isApp() && tell("pagehide", event.persisted ? "persisted" : ""));
})();

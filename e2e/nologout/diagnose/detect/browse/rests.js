// Where each of these tokens rests: [its number, place, key]. A value that holds one among other things counts, too.
async (tokens) => {
  const found = [];
  const look = (place, key, value) => {
    const text = typeof value === "string" ? value : JSON.stringify(value) || "";
    tokens.forEach((token, number) => {
      if (text.includes(token)) found.push([number, place, String(key)]);
    });
  };
  const answer = (asked) => new Promise((done) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => done([]);
  });
  for (const place of ["localStorage", "sessionStorage"]) {
    const area = window[place];
    for (const key of Object.keys(area)) look(place, key, area.getItem(key));
  }
  for (const pair of document.cookie.split("; ")) {
    const [name, ...value] = pair.split("=");
    look("cookie", name, decodeURIComponent(value.join("=").replace(/%(?![0-9a-f]{2})/gi, "%25")));
  }
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((done) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => done(opening.result);
      opening.onerror = opening.onblocked = () => done(null);
    });
    if (!db) continue;
    for (const table of db.objectStoreNames) {
      const store = db.transaction(table).objectStore(table);
      const [keys, rows] = await Promise.all([store.getAllKeys(), store.getAll()].map(answer));
      rows.forEach((row, at) => {
        // A number is a row's place, and no name.
        look("indexedDB", [name, table, ...(typeof keys[at] === "string" ? [keys[at]] : [])].join("/"), row);
      });
    }
    db.close();
  }
  return found;
}

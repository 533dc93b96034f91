// Where each of these tokens rests: [its number, place, key]. A value that holds one among other things counts, too.
async (tokens) => {
  const found = [];
  const look = (place, key, value) => {
    const text = typeof value === "string" ? value : JSON.stringify(value) || "";
    tokens.forEach((token, number) => {
      if (text.includes(token)) found.push([number, place, String(key)]);
    });
  };
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
      const asked = db.transaction(table).objectStore(table).getAll();
      const rows = await new Promise((done) => {
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => done([]);
      });
      for (const row of rows) look("indexedDB", `${name}/${table}`, row);
    }
    db.close();
  }
  return found;
}

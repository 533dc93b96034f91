/** The last events of all tabs, the newest first, and buttons that copy and save them. */
import { exactTime } from './ages.js';
import { element, onClick, say } from './element.js';
import { FILE, save } from './event-export.js';
import { detail } from './event-words.js';

/** @typedef {import('./look.js').SessionEvent} SessionEvent */

const MOST = 60;
/** How many tabs are told apart by their colour as well as by their name. */
const COLOURS = 4;

/**
 * Returns what shows the events.
 *
 * @param {(events: SessionEvent[]) => string} exported
 */
export function createEventList(exported) {
  /** @type {SessionEvent[]} */
  let shown = [];
  /** @type {string[]} */
  const tabs = [];

  onClick('copy-events', () => void copy(exported(shown)));
  onClick('download-events', () => {
    save(exported(shown));
    say('copy-note', `Saved as ${FILE}; \`nologout explain\` reads it.`);
  });

  /** @param {SessionEvent[]} events oldest first */
  return function showEvents(events) {
    if (events.length === shown.length && events.at(-1)?.at === shown.at(-1)?.at) return;
    shown = events;
    for (const { tab } of events) if (!tabs.includes(tab)) tabs.push(tab);
    const rows = events.slice(-MOST).reverse().map((event) => row(event, tabs.indexOf(event.tab)));
    element('events', HTMLOListElement).replaceChildren(...rows);
    element('no-events', HTMLElement).hidden = rows.length > 0;
  };
}

/**
 * @param {SessionEvent} event
 * @param {number} index of the tab
 */
function row(event, index) {
  const line = document.createElement('li');
  line.className = `tab-${index % COLOURS}`;
  line.append(part('time', exactTime(event.at)), part('span', event.tab), part('strong', event.type), details(event));
  return line;
}

/** @param {'time' | 'span' | 'strong'} kind @param {string} text */
function part(kind, text) {
  const made = document.createElement(kind);
  made.textContent = text;
  return made;
}

/** @param {SessionEvent} event */
function details({ at: _at, tab: _tab, type: _type, ...rest }) {
  return part('span', Object.entries(rest).map(detail).filter(Boolean).join(', '));
}

/** @param {string} json */
async function copy(json) {
  const byHand = element('copy-by-hand', HTMLTextAreaElement);
  byHand.hidden = true;
  try {
    await navigator.clipboard.writeText(json);
    say('copy-note', 'Copied.');
  } catch {
    // No permission, or no safe address: then the reader copies.
    byHand.value = json;
    byHand.hidden = false;
    byHand.select();
    say('copy-note', 'The browser does not let the page copy; here they are.');
  }
}

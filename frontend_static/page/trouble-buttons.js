/** The buttons that provoke trouble, and what they say. */
import { element, onClick, say } from './element.js';

const MINUTE = 60_000;
const CLOCKS = { 'clock-fast': 70 * MINUTE, 'clock-slow': -10 * MINUTE, 'clock-right': 0 };

/**
 * Connects the buttons, and returns what shows how things are now.
 *
 * @param {import('./trouble.js').Trouble} trouble
 * @param {() => void} onTrouble
 */
export function connectTroubleButtons(trouble, onTrouble) {
  let expiring = false;

  /** @param {string} id @param {() => string} act makes the trouble, and says what it has done */
  function button(id, act) {
    onClick(id, () => {
      say('trouble-note', act());
      showPressed(trouble);
      expiring = trouble.expire;
      onTrouble();
    });
  }

  button('expire', () => {
    trouble.expire = !trouble.expire;
    return trouble.expire ? 'The next request carries a token that the server refuses.' : 'The token stays good.';
  });
  button('offline', () => {
    trouble.offline = !trouble.offline;
    if (trouble.offline) return 'Offline: every request fails.';
    dispatchEvent(new Event('online'));
    return 'Online again.';
  });
  button('fill-storage', () => {
    trouble.full = !trouble.full;
    return trouble.full ? 'Storage is full: nothing new is written.' : 'Storage has room again.';
  });
  for (const [id, skew] of Object.entries(CLOCKS)) {
    button(id, () => {
      trouble.skew = skew;
      return skew ? `This tab's clock is ${Math.abs(skew) / MINUTE} minutes ${skew > 0 ? 'fast' : 'slow'}.` : "This tab's clock is right.";
    });
  }

  return function show() {
    if (expiring && !trouble.expire) say('trouble-note', 'The token was sent; a refresh follows.');
    expiring = trouble.expire;
    showPressed(trouble);
  };
}

/** @param {import('./trouble.js').Trouble} trouble */
function showPressed({ expire, offline, full, skew }) {
  const clocks = Object.entries(CLOCKS).map(([id, its]) => /** @type {[string, boolean]} */ ([id, its === skew]));
  for (const [id, isOn] of [['expire', expire], ['offline', offline], ['fill-storage', full], ...clocks]) {
    element(String(id), HTMLElement).setAttribute('aria-pressed', String(isOn));
  }
}

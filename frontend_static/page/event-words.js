/** A detail of an event in words. */
import { isMoment, timeOfDay } from './ages.js';

/** What is so most of the time is said when it is not. */
const USUAL = ['online', 'visible'];
/** The year 2001: a greater number is a moment, for no length of time is that long. */
const FIRST_MOMENT = 1_000_000_000_000;

/**
 * Returns such as `expires at 14:02:11`, `not online` or `status 200`; empty when there is nothing to say.
 *
 * @param {[string, string | number | boolean | null]} named
 */
export function detail([key, value]) {
  if (value === null || (value === true && USUAL.includes(key))) return '';
  const name = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  if (typeof value === 'boolean') return value ? name : `not ${name}`;
  return `${name} ${typeof value === 'number' ? number(value) : value}`;
}

/** @param {number} value */
function number(value) {
  if (value < FIRST_MOMENT) return String(Math.round(value));
  return isMoment(value) ? timeOfDay(value) : 'no time';
}

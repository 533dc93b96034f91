/** The session inspector, for developers: what this tab knows of its session, and trouble to provoke. */
import { session as settings } from '/config.js';
import { element } from './element.js';
import { exported } from './event-export.js';
import { createEventList } from './event-list.js';
import { createFacts } from './facts.js';
import { createLockWatch } from './lock-holder.js';
import { look } from './look.js';
import { breakable, createTrouble, cuttable, fillable, skewed } from './trouble.js';
import { connectTroubleButtons } from './trouble-buttons.js';
import { createClock } from '../session/ports/clock.js';
import { createHttp } from '../session/ports/http.js';
import { createAnyStore } from '../session/ports/any-store.js';
import { createWake } from '../session/ports/wake.js';

/** The name that `createSession` gives by itself: the inspector sees the session that the page has without it. */
const NAME = 'nologout-session';
const ATTEMPT_TIMEOUT = 8_000;
const TICK = 1_000;

/** Returns what to open the session with, and what shows the inspector once it is open. */
export function createInspection() {
  const trouble = createTrouble();
  const clock = skewed(createClock(), trouble);
  return {
    options: {
      name: NAME,
      clock,
      store: fillable(createAnyStore(NAME, 'record', clock), trouble),
      http: breakable(createHttp(clock, ATTEMPT_TIMEOUT), trouble, clock),
      wake: cuttable(createWake(), trouble),
    },
    /** @param {import('../session/index.js').Session} session */
    show(session) {
      const { content } = element('inspector-template', HTMLTemplateElement);
      document.body.append(content.cloneNode(true));
      document.body.classList.add('inspecting');
      keepShowing(session, clock, trouble);
    },
  };
}

/**
 * Shows how things are now, at each change of the session, after each button, and once a second.
 *
 * @param {import('../session/index.js').Session} session
 * @param {import('../session/types.js').Clock} clock
 * @param {import('./trouble.js').Trouble} trouble
 */
function keepShowing(session, clock, trouble) {
  const showFacts = createFacts(clock, createLockWatch(NAME, navigator.locks));
  const showEvents = createEventList((events) => exported(events, session.state, settings.strategy));
  const showTrouble = connectTroubleButtons(trouble, show);
  /** @type {Promise<void> | null} */
  let looking = null;

  async function lookAndShow() {
    const { insight, events } = await look(session);
    showEvents(events);
    await showFacts(session.state, insight);
  }

  function show() {
    showTrouble();
    looking ??= lookAndShow().finally(() => {
      looking = null;
    });
  }

  session.subscribe(show);
  setInterval(show, TICK);
}

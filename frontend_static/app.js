/** The demo page: a list of items behind a session. */
import { session as settings } from '/config.js';
import { element, onClick, say } from './page/element.js';
import { showPart } from './page/parts.js';
import { createSignIn } from './page/sign-in.js';
import { createWorkspace } from './page/workspace.js';
import { createApi } from './requests.js';
import { createSession, words } from './session/index.js';

const address = new URLSearchParams(location.search);
/** With `?debug` in its address the page says in the console what the session does. */
const debug = address.has('debug') || undefined;
/** With `?inspect` it shows that, and lets one provoke trouble. */
const inspection = address.has('inspect') ? (await import('./page/inspector.js')).createInspection() : null;

const session = createSession({ ...settings, debug, ...inspection?.options });
const signIn = createSignIn(session, () => show(session.state));
const workspace = createWorkspace(createApi(session), signIn.isOwn);

/** @param {import('./session/index.js').State} state */
function show(state) {
  const isAsking = signIn.follow(state);
  say('status', words(state));
  if (isAsking) showPart('sign-in');
  else showPart(state.status === 'opening' ? 'opening' : 'workspace');
  workspace.follow(state);
}

onClick('sign-out', () => void session.signOut());
addEventListener('online', () => session.state.status === 'signed-in' && workspace.complete());
session.subscribe(show);
element('inspect-link', HTMLElement).hidden = Boolean(inspection);
inspection?.show(session);

/** The form to sign in with, for whoever is signed out and whoever switches the account. */
import { element, onClick, onSubmit, say } from './element.js';
import { failedSignIn } from './failure-words.js';
import { beginToWrite } from './parts.js';
import { SessionError } from '../session/index.js';

/** @typedef {import('../session/index.js').State} State */

/**
 * @param {Pick<import('../session/index.js').Session, 'signIn' | 'state'>} session
 * @param {() => void} onSwitch called when the user begins to switch, and when they leave it be
 */
export function createSignIn(session, onSwitch) {
  const form = element('sign-in', HTMLFormElement);
  const cancel = element('cancel-switch', HTMLButtonElement);
  const buttons = [element('sign-in-button', HTMLButtonElement), cancel];
  /** Whose session lives on while somebody else signs in: when it is replaced or ends, nobody switches any more. */
  let switchesFrom = /** @type {number | null} */ (null);
  /** The session that was begun in this tab. */
  let own = /** @type {number | null} */ (null);
  let busy = false;

  async function signIn() {
    if (busy) return;
    setBusy(true);
    say('sign-in-note', '');
    try {
      await session.signIn(Object.fromEntries(new FormData(form)));
      own = session.state.login;
      beginToWrite();
    } catch (error) {
      say('sign-in-note', failedSignIn(error instanceof SessionError ? error : {}));
    } finally {
      setBusy(false);
    }
  }

  /** @param {boolean} isBusy meanwhile nothing can be cancelled: the server may have begun the new session already */
  function setBusy(isBusy) {
    busy = isBusy;
    say('sign-in-button', isBusy ? 'Signing in…' : 'Sign in');
    // A disabled button would lose the focus, and who uses the keyboard their place.
    for (const button of buttons) button.setAttribute('aria-disabled', String(isBusy));
  }

  /** @param {number | null} login */
  function switchFrom(login) {
    switchesFrom = login;
    onSwitch();
  }

  /** @param {State} state */
  const isSwitching = (state) => switchesFrom !== null && state.login === switchesFrom;

  /** @param {boolean} isShown hidden, it must not take the focus with it */
  function showCancel(isShown) {
    if (!isShown && document.activeElement === cancel) element('sign-in-title', HTMLElement).focus();
    cancel.hidden = !isShown;
  }

  onSubmit(form, signIn);
  onClick('switch-account', () => {
    switchFrom(session.state.login);
    element('username', HTMLElement).focus();
  });
  onClick('cancel-switch', () => {
    if (busy) return;
    switchFrom(null);
    element('switch-account', HTMLElement).focus();
  });

  return {
    /** @param {number | null} login */
    isOwn: (login) => login === own,
    /**
     * Words the form for its occasion, and tells whether to show it; nothing typed outlasts that it comes or goes.
     *
     * @param {State} state
     */
    follow(state) {
      const switching = isSwitching(state);
      const isAsking = switching || state.status === 'signed-out';
      if (isAsking === form.hidden) {
        form.reset();
        say('sign-in-note', '');
      }
      say('sign-in-title', switching ? 'Switch account' : 'Sign in');
      element('switch-hint', HTMLElement).hidden = !switching;
      showCancel(switching);
      return isAsking;
    },
  };
}

/** The form to sign in with, for whoever is signed out and whoever switches the account. */
import { element, onClick, onSubmit, say } from './element.js';
import { SessionError } from '../session/index.js';

/** @typedef {import('../session/index.js').State} State */

/**
 * @param {Pick<import('../session/index.js').Session, 'signIn' | 'state'>} session
 * @param {() => void} onSwitch called when the user begins to switch, and when they leave it be
 */
export function createSignIn(session, onSwitch) {
  const form = element('sign-in', HTMLFormElement);
  const button = element('sign-in-button', HTMLButtonElement);
  /** Whose session lives on while somebody else signs in: when it is replaced or ends, nobody switches any more. */
  let switchesFrom = /** @type {number | null} */ (null);
  let busy = false;

  async function signIn() {
    if (busy) return;
    setBusy(true);
    say('sign-in-note', '');
    try {
      await session.signIn(Object.fromEntries(new FormData(form)));
      form.reset();
    } catch (error) {
      const refused = error instanceof SessionError && (error.status === 401 || error.status === 400);
      say('sign-in-note', refused ? 'Name or password is wrong.' : 'The server could not be reached. Please try again.');
    } finally {
      setBusy(false);
    }
  }

  /** @param {boolean} isBusy */
  function setBusy(isBusy) {
    busy = isBusy;
    // A disabled button would lose the focus, and who uses the keyboard their place.
    button.setAttribute('aria-disabled', String(isBusy));
  }

  /** @param {number | null} login */
  function switchFrom(login) {
    switchesFrom = login;
    form.reset();
    say('sign-in-note', '');
    onSwitch();
  }

  /** @param {State} state */
  const isSwitching = (state) => switchesFrom !== null && state.login === switchesFrom;

  onSubmit(form, signIn);
  onClick('switch-account', () => {
    switchFrom(session.state.login);
    element('username', HTMLElement).focus();
  });
  onClick('cancel-switch', () => {
    switchFrom(null);
    element('switch-account', HTMLElement).focus();
  });

  return {
    isBusy: () => busy,
    isSwitching,
    /**
     * Words the form for its occasion, and tells whether to show it.
     *
     * @param {State} state
     */
    follow(state) {
      const switching = isSwitching(state);
      say('sign-in-title', switching ? 'Switch account' : 'Sign in');
      element('switch-hint', HTMLElement).hidden = !switching;
      element('cancel-switch', HTMLElement).hidden = !switching;
      return switching || state.status === 'signed-out';
    },
  };
}

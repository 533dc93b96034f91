/** Tokens for tests: `a.<number>.<iat>.<exp>` and `r.<number>`, handed out as each strategy does; `s<number>` is a sid. */

const LIFETIME = 3600;

/**
 * @param {() => number} now milliseconds by the server's clock
 * @param {string} strategy
 * @param {string} tail what every token ends with
 */
export function createTokens(now, strategy, tail) {
  const end = tail && `.${tail}`;
  const inCookie = strategy === 'cookie';
  const rotates = strategy === 'rotating' || inCookie;
  const slides = strategy === 'sliding';
  /** The number of the refresh token that stays, where it does. */
  let kept = 0;
  let signIns = 0;

  /** @param {string} token */
  const claims = (token) => ({ iat: Number(token.split('.')[2]), exp: Number(token.split('.')[3]) });

  const issue = {
    newest: 0,
    claims,
    /** The session whose cookie the browser has; empty where there are no cookies. */
    get sid() {
      return inCookie ? `s${signIns}` : '';
    },
    /** What the cookie holds. */
    get cookie() {
      return `r.${kept}${end}`;
    },
    /** @param {string} token */
    numberOf: (token) => Number(token.split('.')[1]),
    /** @param {string} token */
    isAlive: (token) => now() < claims(token).exp * 1000,

    /** @param {string} token a refresh token, or a sliding one */
    honours(token) {
      if (slides) return issue.isAlive(token);
      return signIns > 0 && token === `r.${rotates ? issue.newest : kept}${end}`;
    },

    /** What a sign-in brings. */
    first() {
      signIns += 1;
      return rotated();
    },

    /** What a refresh brings. */
    renewed() {
      if (slides) return { token: access() };
      return rotates ? rotated() : { access: access() };
    },
  };

  function rotated() {
    kept = issue.newest + 1;
    if (slides) return { token: access() };
    return inCookie ? { access: access(), sid: issue.sid } : { access: access(), refresh: issue.cookie };
  }

  function access() {
    issue.newest += 1;
    const iat = Math.floor(now() / 1000);
    return `a.${issue.newest}.${iat}.${iat + LIFETIME}${end}`;
  }
  return issue;
}

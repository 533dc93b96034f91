/** What an app may write: this compiles against the package's declarations, and never runs. */
import axios, { type AxiosRequestConfig } from 'axios';
import {
  createSession,
  RefreshUnavailableError,
  SessionError,
  SessionExpiredError,
  words,
  type Session,
  type SessionOptions,
  type State,
  type StrategyName,
} from 'nologout-session';
import { attachSession, type SessionConfig } from 'nologout-session/axios';
import { createCore, inCookie, type CoreSession } from 'nologout-session/core';

export const strategies: StrategyName[] = ['rotating', 'cookie', 'no_rotation', 'sliding'];

const options: SessionOptions = {
  name: 'admin',
  strategy: 'cookie',
  urls: { signIn: '/token/', refresh: '/token/refresh/', signOut: '/token/blacklist/' },
  patience: 5_000,
  debug: true,
};

export async function useSession(): Promise<void> {
  const session: Session = createSession(options);
  const stop: () => void = session.subscribe((state: State) => {
    document.title = words(state);
  });
  await session.signIn({ username: 'ada', password: 'secret' });
  const reply: Response = await session.fetch(new Request('/api/items/'), { signal: AbortSignal.timeout(1_000) });
  const text: string = await reply.text();
  const { status, reason, login }: State = session.state;
  const tokensUntil: number | undefined = session.inspect()?.expiresAt;
  console.info(text, status, reason, login, tokensUntil);
  for (const { at, tab, type } of await session.events()) console.info(at, tab, type);
  await session.signOut();
  stop();
  session.close();
}

/** A page may pass `session.fetch` on, as whatever takes a `fetch` wants it. */
export const api = (session: Session): typeof fetch => session.fetch;

/** The states are these four. */
export function colour({ status }: State): string {
  switch (status) {
    case 'opening':
      return 'white';
    case 'signed-in':
      return 'green';
    case 'reconnecting':
      return 'yellow';
    case 'signed-out':
      return 'red';
  }
}

export function explain(error: unknown): string | null {
  if (error instanceof SessionExpiredError) return error.reason;
  if (error instanceof RefreshUnavailableError) {
    const wish: number | null = error.retryAfter;
    return `${error.status} ${wish}`;
  }
  return error instanceof SessionError ? `${error.status.toFixed()} ${error.message} ${String(error.cause)}` : null;
}

/** The core alone, which an adapter takes as well. */
const core: CoreSession = createCore({ strategy: inCookie, patience: 5_000 });
attachSession(axios, core);

/** Any port may be replaced, alone. */
createSession({
  clock: {
    now: () => 0,
    random: () => 0.5,
    after: (ms, then) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
    every: () => () => undefined,
  },
  log: (event) => console.info(event.type),
});

const detach: () => void = attachSession(axios.create({ baseURL: '/api' }), createSession());
attachSession(axios, createSession());
const asAnybody: AxiosRequestConfig & SessionConfig = { session: false };
void axios.get('/public/', asAnybody).then(detach);

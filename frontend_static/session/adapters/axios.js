/** For axios: interceptors with which its requests carry the session's token, wait for a renewal and are repeated. */

/** @typedef {import('../types.js').CreateTicket} CreateTicket */
/** @typedef {import('axios').AxiosInstance} AxiosInstance */
/** @typedef {import('axios').AxiosResponse} AxiosResponse */

/**
 * What a request's config may hold for the session: `session: false` sends it without.
 *
 * @typedef {object} SessionConfig
 * @property {false} [session]
 * @property {import('../types.js').Ticket} [sessionTicket] ours, which axios hands on from one sending to the next
 * @property {any} [signal]
 */
/** @typedef {import('axios').InternalAxiosRequestConfig & SessionConfig} Config */

/**
 * Puts a session behind an axios instance; the returned function takes it away again.
 *
 * Beside axios's own errors a request rejects as the session's `fetch` does: with SessionExpiredError,
 * RefreshUnavailableError or SessionError. No token goes to an origin that gives none out.
 *
 * @param {AxiosInstance} axios
 * @param {Pick<import('../index.js').Session, 'createTicket' | 'mayTell'>} session
 */
export function attachSession(axios, session) {
  /** @param {Config} config */
  async function authorize(config) {
    if (config.session === false || !session.mayTell(axios.getUri(config))) return config;
    const { data, signal = null } = config;
    config.sessionTicket ??= session.createTicket({ replayable: !(data instanceof ReadableStream), signal });
    try {
      config.headers.set('Authorization', `Bearer ${await config.sessionTicket.token()}`);
    } catch (error) {
      // Then axios refuses to send it, with an error that is its own.
      if (!signal?.aborted) throw error;
    }
    return config;
  }

  /**
   * Returns the answer to the repeated request, or null when the first one stands.
   *
   * @param {AxiosResponse | undefined} response
   */
  async function repeated(response) {
    const config = /** @type {Config | undefined} */ (response?.config);
    const ticket = config?.sessionTicket;
    if (!response || !ticket || !(await ticket.mustRepeat(response.status, () => bodyOf(response)))) return null;
    return axios.request(/** @type {Config} */ (config));
  }

  const asked = axios.interceptors.request.use(authorize);
  const answered = axios.interceptors.response.use(
    async (response) => (await repeated(response)) ?? response,
    async (error) => {
      const reply = await repeated(error.response);
      if (reply) return reply;
      throw error;
    },
  );
  return () => {
    axios.interceptors.request.eject(asked);
    axios.interceptors.response.eject(answered);
  };
}

/**
 * Reads an answer's JSON, also where the request wanted text or bytes.
 *
 * @param {AxiosResponse} response
 * @returns {Promise<unknown>}
 */
async function bodyOf({ data }) {
  const isRaw = typeof data === 'string' || data instanceof Blob || data instanceof ArrayBuffer;
  return isRaw ? new Response(data).json().catch(() => undefined) : data;
}

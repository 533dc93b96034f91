/** Time for tests: a clock that is moved by hand, and ways to let promises run. */

/** Lets everything that waits for nothing but promises happen. */
export async function flush() {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/**
 * Resolves once the condition holds; what it waits for may need promises, but no time.
 *
 * @param {() => boolean} condition
 */
export async function until(condition) {
  for (let turn = 0; turn < 50; turn += 1) {
    if (condition()) return;
    await flush();
  }
  throw new Error(`It never came true: ${condition}`);
}

/**
 * Lets time flow in small steps until a promise settles, and returns what it settles to.
 *
 * @template T
 * @param {{clock: {pass: (ms: number) => Promise<void>}}} world
 * @param {Promise<T>} promise
 */
export async function drive(world, promise) {
  let settled = false;
  promise.then(() => {}, () => {}).finally(() => {
    settled = true;
  });
  for (let turn = 0; turn < 300 && !settled; turn += 1) {
    await flush();
    if (!settled) await world.clock.pass(100);
  }
  if (!settled) throw new Error('It never settled.');
  return promise;
}

/** A promise that the test resolves. */
export function gate() {
  let open = () => {};
  /** @type {Promise<void>} */
  const shut = new Promise((resolve) => {
    open = resolve;
  });
  return { shut, open };
}

/** A clock that stands still until it is moved; timers that came due meanwhile fire once, as after a sleep. */
export function createFakeClock(start = 1_000_000_000_000) {
  /** @type {Set<{at: number, every: number | null, then: () => void}>} */
  const timers = new Set();
  let time = start;
  /** @param {number} ms @param {() => void} then @param {number | null} every */
  function add(ms, then, every) {
    const timer = { at: time + ms, every, then };
    timers.add(timer);
    return () => void timers.delete(timer);
  }
  return {
    random: () => 0.5,
    now: () => time,
    /** @param {number} ms @param {() => void} then */
    after: (ms, then) => add(ms, then, null),
    /** @param {number} ms @param {() => void} then */
    every: (ms, then) => add(ms, then, ms),
    /** @param {number} ms */
    async pass(ms) {
      time += ms;
      const due = [...timers].filter((timer) => timer.at <= time).sort((a, b) => a.at - b.at);
      for (const timer of due) {
        if (!timers.has(timer)) continue;
        if (timer.every) timer.at = time + timer.every;
        else timers.delete(timer);
        timer.then();
        await flush();
      }
      await flush();
    },
  };
}

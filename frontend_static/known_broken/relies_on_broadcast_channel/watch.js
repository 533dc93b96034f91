/** Bug: learns what other tabs do from BroadcastChannel alone, and never looks at the record by itself. */
import { judge } from './judge.js';

/**
 * @param {import('../../session/types.js').Ports} ports
 * @param {import('../../session/types.js').Settings} settings
 * @param {import('../../session/held.js').Held} held
 * @param {import('../../session/keeper.js').Keeper} keeper
 * @param {import('../../session/refresher.js').Refresher} refresher
 * @param {() => void} online
 */
export function watch({ channel, wake, clock }, { checkEvery }, held, keeper, refresher, online) {
  async function check() {
    const pair = held.pair();
    if (pair && judge(pair, clock.now()) !== 'fresh') void refresher.refresh(pair);
  }

  /** @param {import('../../session/types.js').Message} message */
  function hear(message) {
    const mine = held.pair();
    if (message.type === 'record') void keeper.seen(message.record);
    else if (message.type === 'look') void keeper.look().catch(() => {});
    else if (mine) channel.post({ type: 'record', record: mine });
  }

  function resume() {
    refresher.resume();
    online();
  }

  const stops = [channel.listen(hear), wake.listen(check, resume), clock.every(checkEvery, check)];
  return { check, stop: () => stops.forEach((stop) => stop()) };
}

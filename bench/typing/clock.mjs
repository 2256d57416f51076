// Takes the place of the machine's timers in the bundle of typing.mjs: time passes only when it is told to.

let nowMs = 0;
let lastId = 0;
/** @type {Map<number, { dueMs: number, run: () => void }>} */
const timers = new Map();

export const performance = { now: () => nowMs };

export function setTimeout(run, delayMs = 0) {
  timers.set(++lastId, { dueMs: nowMs + Math.max(0, delayMs), run });
  return lastId;
}

export const clearTimeout = (id) => void timers.delete(id);

/**
 * Runs what is due until then, in its order.
 * @param {number} untilMs
 * @param {() => Promise<void>} settled resolves when nothing is underway that needs no time of this clock
 */
export async function passTime(untilMs, settled) {
  for (;;) {
    await settled();
    const due = [...timers].filter(([, timer]) => timer.dueMs <= untilMs).sort(([, a], [, b]) => a.dueMs - b.dueMs)[0];
    if (!due) break;
    const [id, { dueMs, run }] = due;
    timers.delete(id);
    nowMs = Math.max(nowMs, dueMs);
    run();
  }
  nowMs = untilMs;
}

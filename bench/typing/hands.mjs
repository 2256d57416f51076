// Rhythms in which keys come; milliseconds before a key.

/**
 * @param {string} name
 * @param {() => number} random in [0, 1)
 * @returns {(before: string, key: string) => number}
 */
export function handOf(name, random) {
  const hand = hands[name];
  if (!hand) throw new Error(`no hand “${name}”: ${Object.keys(hands).join(', ')}`);
  return (before, key) => (unspaced.test(key) ? keysOfCharacter : 1) * hand(random, before, key);
}

/** Written with several keys each, and a choice. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const keysOfCharacter = 3;

const hands = {
  /** Somebody who copies: 80 to 150 ms a key, without a pause. */
  steady: (random) => 80 + 70 * random(),
  /**
   * Somebody who writes: keys of a word come in runs; before a word there is a little more time, before a clause or a
   * sentence some thinking, and now and then one stops in the middle of it.
   */
  thinking: (random, before, key) => {
    const run = 75 + 60 * (random() + random());
    if (/[.!?。！？]\s*$/u.test(before) && /\S/u.test(key)) return run + 600 + 2400 * random();
    if (/[,;:]\s$/u.test(before)) return run + 200 + 700 * random();
    if (/\s$/u.test(before)) return run + (random() < 0.12 ? 500 + 2000 * random() : 60 * random());
    return run;
  },
};

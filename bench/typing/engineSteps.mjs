// What the engine has to do for the answers of typing.mjs, by the very state that it keeps: what has been read stays, and of a text
// whose logits are still known nothing runs.

/** All of it can be cut back to any length, as keys and values can. */
const cutFreely = { isCutFreely: true, rewindTo: (length) => length, append: () => undefined };

/**
 * @param {{ stepMs: number, readMs: number }} pace of the machine
 * @param {{ DecoderState: any }} product
 * @returns steps of answers that are asked for one after the other, for a `PacedGenerator`
 */
export function engineSteps({ stepMs, readMs }, { DecoderState }) {
  const state = new DecoderState([cutFreely]);
  return function* ({ work }) {
    let toRemember = work.remembersOfAnswer;
    for (const { stem, isOfAnswer, tells } of work.looked) {
      const rows = rowsRead(state, [...work.prompt, ...stem]);
      if (rows > 0 && (!isOfAnswer || toRemember-- > 0)) state.remember(nothing);
      yield { ms: rows === 0 ? 0 : Math.max(stepMs, rows * readMs), tells };
    }
  };
}

/** Logits that nobody looks at. */
const nothing = new Float32Array(1);

/** Goes to a text whose logits are wanted. @returns the tokens that are read for it */
function rowsRead(state, tokenIds) {
  if (state.recall(tokenIds)) return 0;
  const start = Math.min(state.reuse(tokenIds), tokenIds.length - 1); // the last token runs again
  state.rewindTo(start);
  const fresh = tokenIds.slice(start);
  const rows = state.unread(fresh.length).length + fresh.length;
  state.append(fresh);
  return rows;
}

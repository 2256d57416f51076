/** Graph runs that the search may take at a caret. */
const mostRuns = 10;
const children = 6;
const wordCharacter = /^[\p{L}\p{N}\p{M}'’]/u;
const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u;

/**
 * The likeliest words under the caret over all ways of writing them, best first: each with the probability that it stands there
 * and ends there, given what is typed of it. Best-first search over token paths; a path's own probability bounds its words'.
 */
export async function likelyWords(assembled, parts, writing) {
  const { tokenizer } = parts;
  const never = writing.CancellationToken.None;
  const forced = new TextEncoder().encode(assembled.forced.toWellFormed());
  const open = [{ tokens: [], bytes: [], logprob: 0 }];
  const found = new Map();
  let runs = 0;
  let covered = forced.length === 0 ? 0 : Number.NEGATIVE_INFINITY;
  while (open.length > 0 && runs < mostRuns) {
    open.sort((a, b) => b.logprob - a.logprob);
    const next = open.shift();
    const best = Math.max(...found.values(), Number.NEGATIVE_INFINITY);
    if (next.logprob <= best && found.size >= 2) break;
    const logits = await writing.logitsAfter([...assembled.tokenIds, ...next.tokens], parts, never);
    runs++;
    const total = writing.logSumExp(logits);
    const added = textAdded(next.bytes, forced.length);
    const isWord =
      /[\p{L}\p{N}]/u.test(added) ||
      (next.bytes.length >= forced.length && forced.length > 0 && /[\p{L}\p{N}]$/u.test(assembled.forced));
    let ended = 0;
    const further = [];
    for (let id = 0; id < logits.length; id++) {
      if (next.bytes.length < forced.length) {
        const rest = forced.subarray(next.bytes.length);
        if (!tokenizer.agreesWith(id, rest)) continue;
        const length = tokenizer.tokenBytes(id).length;
        if (length >= rest.length) covered = logAdd(covered, next.logprob + logits[id] - total);
        further.push(id);
        continue;
      }
      if (tokenizer.tokenBytes(id).length === 0) continue; // stands for no text
      if (isWord) {
        if (wide.test(added) || !goesOn(id, tokenizer)) {
          ended += Math.exp(logits[id] - total);
          continue;
        }
      }
      further.push(id);
    }
    if (ended > 0) {
      const word = added;
      found.set(word, logAdd(found.get(word) ?? Number.NEGATIVE_INFINITY, next.logprob + Math.log(ended)));
    }
    for (const id of greatest(further, logits)) {
      open.push({
        tokens: [...next.tokens, id],
        bytes: [...next.bytes, ...tokenizer.tokenBytes(id)],
        logprob: next.logprob + logits[id] - total,
      });
    }
  }
  // what has been typed was covered by the ways that were looked at, and no more is left than the best open one
  const words = [...found]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 4)
    .map(([word, logprob]) => [word, round(Math.exp(logprob - covered))]);
  return {
    words,
    covered: round(covered),
    runs,
    left: round(Math.exp(Math.max(...open.map(({ logprob }) => logprob), -99) - covered)),
  };
}

/** By token: does it begin with what may stand within a word? */
const within = [];
const goesOn = (id, tokenizer) =>
  (within[id] ??= wordCharacter.test(new TextDecoder().decode(tokenizer.tokenBytes(id))));

function greatest(ids, logits) {
  const best = [];
  for (const id of ids) {
    if (best.length === children && logits[id] <= logits[best.at(-1)]) continue;
    const at = best.findIndex((other) => logits[other] < logits[id]);
    best.splice(at < 0 ? best.length : at, 0, id);
    best.length = Math.min(best.length, children);
  }
  return best;
}

const textAdded = (bytes, forcedLength) => new TextDecoder().decode(Uint8Array.from(bytes.slice(forcedLength)));
const round = (value) => Number(value.toFixed(4));
function logAdd(a, b) {
  const greater = Math.max(a, b);
  if (greater === Number.NEGATIVE_INFINITY) return greater;
  return greater + Math.log(Math.exp(a - greater) + Math.exp(b - greater));
}

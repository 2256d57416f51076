/**
 * Other shares of own words than the product's, by the length of the context, the first without any context: what a word of
 * the writer's is worth anywhere. `doubt` likewise.
 */
const shares = {
  vocabulary: { most: [0.02, 0.05, 0.2, 0.2, 0.2, 0.3, 0.8], doubt: () => 4 },
  wider: { most: [0.03, 0.1, 0.25, 0.25, 0.3, 0.5, 0.8], doubt: () => 4 },
  longer: {
    most: [0, 0.05, 0.2, 0.2, 0.2, 0.3, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8],
    doubt: (length) => (length < 5 ? 4 : length < 7 ? 2 : 1),
  },
  surer: { most: [0, 0.05, 0.2, 0.3, 0.4, 0.6, 0.8], doubt: (length) => (length < 3 ? 4 : 1) },
};
const longest = 12;

/** Own words as the product blends them in, but with these shares. */
export async function blendsOf(texts, names, writing, turn) {
  const index = await writing.TokenIndex.of(
    texts.map(({ tokens }) => tokens),
    longest,
    turn,
  );
  const vocabulary = new Map();
  let tokens = 0;
  for (const text of texts)
    for (const id of text.tokens) {
      vocabulary.set(id, (vocabulary.get(id) ?? 0) + 1);
      tokens++;
    }
  return Object.fromEntries(names.map((name) => [name, blendOf(shares[name])]));

  function blendOf({ most, doubt }) {
    return {
      blend(logits, tokenIds) {
        const given = new Map();
        let rest = 1;
        const all = [...index.followers(tokenIds)].filter(({ length }) => length < most.length).reverse();
        if (most[0] > 0) all.push({ length: 0, counts: vocabulary, total: tokens });
        for (const { length, counts, total } of all) {
          const share = (most[length] * total) / (total + doubt(length) * counts.size);
          for (const [id, count] of counts) given.set(id, (given.get(id) ?? 0) + (rest * share * count) / total);
          rest *= 1 - share;
        }
        if (given.size === 0) return;
        const sum = writing.logSumExp(logits);
        for (const [id, share] of given) {
          const [a, b] = [logits[id], sum + Math.log(share / rest)];
          const greater = Math.max(a, b);
          logits[id] = greater + Math.log(Math.exp(a - greater) + Math.exp(b - greater));
        }
      },
    };
  }
}

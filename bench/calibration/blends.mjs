/** Other shares of own words than the product's, by the length of the context. */
const shares = {
  surer: { max: [0, 0.05, 0.2, 0.3, 0.4, 0.6, 0.8], spread: [4, 4, 4, 1, 1, 1, 1] },
  longer: {
    max: [0, 0.05, 0.2, 0.2, 0.2, 0.3, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8],
    spread: [4, 4, 4, 4, 4, 2, 2, 1, 1, 1, 1, 1, 1],
  },
};

/** Own words as the product blends them in, but with these shares. */
export async function blendsOf(texts, names, writing, turn) {
  const blends = {};
  for (const name of names) blends[name] = await writing.OwnWords.of(texts, turn, shares[name]);
  return blends;
}

/**
 * What the engine would have said with a stricter gate: an answer that was asked for once, with one that lets much through, does
 * for all rules and thresholds.
 * @param {{ text: string, tokens: readonly { id: number, text: string, logprob: number }[], firstWordProbability: number }} sequence
 * @param {object | undefined} gate of the request
 * @param {{ FirstWord: any, doubtOf: any }} product
 * @param {object} [calibration] through which the probabilities go; they were recorded without one
 * @returns {{ sequence?: object, firstWordProbability: number, steps: number }} no sequence: refused; tokens that it took
 */
export function gatedAnswer(sequence, gate, { FirstWord, doubtOf }, calibration) {
  const firstWord = new FirstWord(calibration);
  firstWord.weigh(weightOf(sequence, FirstWord));
  const tokens = [];
  let logprob = 0;
  for (const token of sequence.tokens) {
    tokens.push(token);
    logprob += token.logprob;
    firstWord.add(token.text, Math.exp(token.logprob));
    const doubt = doubtOf(gate, firstWord, { logprob: token.logprob, totalLogprob: logprob });
    if (doubt === 'gate') return { firstWordProbability: firstWord.probability, steps: tokens.length };
    if (doubt) break;
  }
  const isCut = tokens.length < sequence.tokens.length;
  const text = isCut ? tokens.map(({ text }) => text).join('') : sequence.text;
  const { probability: firstWordProbability } = firstWord;
  const said = { ...sequence, text, tokens, logprob, firstWordProbability };
  return { sequence: said, firstWordProbability, steps: tokens.length };
}

/** What makes the first word less likely than its tokens do. */
function weightOf({ tokens, firstWordProbability }, FirstWord) {
  const firstWord = new FirstWord();
  for (const { text, logprob } of tokens) firstWord.add(text, Math.exp(logprob));
  return firstWordProbability / firstWord.probability;
}

import { longestWord, type UnigramModel } from './tokenizerJson.ts';

const unknownPenalty = 10; // an unknown character costs that much more than the unlikeliest token

/**
 * The likeliest way to cut a piece into tokens (Viterbi). Kudo 2018, arXiv 1804.10959.
 */
export class Unigram {
  readonly #model: UnigramModel;
  readonly #unknownScore: number;
  /** by a token's first UTF-16 unit: the lengths that tokens have, shortest first */
  readonly #lengths = new Map<number, number[]>();

  constructor(model: UnigramModel) {
    this.#model = model;
    this.#unknownScore =
      model.scores.reduce((least, score) => Math.min(least, score), Number.POSITIVE_INFINITY) - unknownPenalty;
    const seen = new Map<number, Set<number>>();
    for (const token of model.vocabulary.keys()) {
      if (token === '' || token.length > longestWord) continue;
      const lengths = seen.get(token.charCodeAt(0)) ?? new Set();
      seen.set(token.charCodeAt(0), lengths.add(token.length));
    }
    for (const [unit, lengths] of seen)
      this.#lengths.set(
        unit,
        [...lengths].sort((a, b) => a - b),
      );
  }

  /** Ids of the tokens, −1 for every run of unknown characters, with where each begins in the piece. */
  cut(piece: string): { id: number; start: number; end: number }[] {
    const { vocabulary, scores } = this.#model;
    const best = new Float64Array(piece.length + 1).fill(Number.NEGATIVE_INFINITY);
    const from = new Int32Array(piece.length + 1).fill(-1);
    const by = new Int32Array(piece.length + 1).fill(-1);
    best[0] = 0;
    const offer = (start: number, end: number, score: number, id: number) => {
      const total = best[start]! + score;
      if (from[end] !== -1 && total <= best[end]!) return;
      best[end] = total;
      from[end] = start;
      by[end] = id;
    };
    for (let start = 0; start < piece.length; ) {
      const width = piece.codePointAt(start)! > 0xffff ? 2 : 1;
      let hasCharacter = false;
      for (const length of this.#lengths.get(piece.charCodeAt(start)) ?? []) {
        if (start + length > piece.length) break;
        const id = vocabulary.get(piece.slice(start, start + length));
        if (id === undefined) continue;
        offer(start, start + length, scores[id]!, id);
        if (length === width) hasCharacter = true;
      }
      if (!hasCharacter) offer(start, start + width, this.#unknownScore, -1);
      start += width;
    }
    const tokens: { id: number; start: number; end: number }[] = [];
    for (let end = piece.length; end > 0; end = from[end]!) {
      const token = { id: by[end]!, start: from[end]!, end };
      const last = tokens.at(-1);
      const continuesUnknown = last?.id === -1 && (token.id === -1 || token.id === this.#model.unknownId);
      if (last && continuesUnknown) last.start = token.start;
      else tokens.push(token.id === this.#model.unknownId ? { ...token, id: -1 } : token);
    }
    return tokens.reverse();
  }
}

import { seededRandom } from '../../protocol/seededRandom.ts';
import type { CaretRecord } from './simulatedWriter.ts';
import type { WrittenText } from './writtenText.ts';

/** How sure the model was of a first word that it showed, and whether it was that word. */
interface ShownOdds {
  readonly probability: number;
  readonly right: boolean;
}

/** A suggestion as the writer saw it. */
export interface ShownExample {
  readonly path: string;
  /** from 1 */
  readonly line: number;
  /** the end of what stood left of the caret */
  readonly before: string;
  /** what was right of the suggestion, and taken; '' = nothing */
  readonly taken: string;
  /** what else it said */
  readonly rest: string;
  /** the beginning of what was typed in its place */
  readonly typed: string;
}

/** Of each kind, right and wrong. */
const keptExamples = 8;
const charsBefore = 60;
const charsAfter = 40;

/** What a report tells of single suggestions: all odds, and a few examples that chance chose. */
export class ShownSuggestions {
  readonly odds: ShownOdds[] = [];
  readonly right: ShownExample[] = [];
  readonly wrong: ShownExample[] = [];
  readonly #texts: ReadonlyMap<string, WrittenText>;
  readonly #random: () => number;
  #seenRight = 0;

  constructor(texts: readonly WrittenText[], seed: number) {
    this.#texts = new Map(texts.map((text) => [text.path, text]));
    this.#random = seededRandom(seed);
  }

  /** To be told of every caret. */
  add(caret: CaretRecord): void {
    const { suggestion, run } = caret;
    if (suggestion === undefined) return;
    const right = run.words > 0;
    this.odds.push({ probability: suggestion.firstWordProbability, right });
    if (right) this.#seenRight++;
    const seen = right ? this.#seenRight : this.odds.length - this.#seenRight;
    const place = seen <= keptExamples ? seen - 1 : Math.floor(this.#random() * seen); // each is as likely to stay (Vitter 1985)
    if (place < keptExamples) (right ? this.right : this.wrong)[place] = this.#exampleOf(caret);
  }

  #exampleOf({ path, offset, slipped, suggestion, run }: CaretRecord): ShownExample {
    const { text } = this.#texts.get(path)!;
    const end = offset + run.chars;
    return {
      path,
      line: text.slice(0, offset).split('\n').length,
      before: text.slice(Math.max(0, offset - charsBefore), offset) + slipped,
      taken: suggestion!.text.slice(0, run.taken),
      rest: suggestion!.text.slice(run.taken),
      typed: text.slice(end, end + charsAfter),
    };
  }
}

/** Of the surest suggestions, so many: what share of the carets they are, and what share of them was right. */
export interface CurvePoint {
  readonly shown: number;
  readonly right: number;
}

/** Fewer say nothing about a share. */
export const leastForACurve = 10;
const mostPoints = 200;

/**
 * Precision against the share of carets at which something is shown, had only the surest suggestions been shown.
 * @returns from few to all of them; [] where too few were shown
 */
export function precisionCurve(odds: readonly ShownOdds[], carets: number): CurvePoint[] {
  const surest = odds.toSorted((a, b) => b.probability - a.probability);
  const every = Math.max(1, Math.floor(surest.length / mostPoints));
  const points: CurvePoint[] = [];
  let right = 0;
  surest.forEach((one, i) => {
    if (one.right) right++;
    const count = i + 1;
    const isLast = count === surest.length;
    const isTied = !isLast && surest[count]!.probability === one.probability; // no threshold parts these two
    if (count < leastForACurve || isTied || (count % every !== 0 && !isLast)) return;
    points.push({ shown: count / carets, right: right / count });
  });
  return points;
}

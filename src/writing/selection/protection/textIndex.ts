import type { ProtectedPart } from './protectedParts.ts';

/** A text that many parts are looked for in: it may be a whole book, so no question is answered twice. */
export class TextIndex {
  readonly #text: string;
  readonly #answers = new Map<string, boolean>();
  readonly #counts = new Map<string, number>();
  #smallLetters: TextIndex | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** A name of several words is known when each of its words is: `Ada` and `Lovelace` make `Ada Lovelace`. */
  knows({ kind, text }: ProtectedPart): boolean {
    if (this.mentions(text)) return true;
    if (kind !== 'name') return false;
    return text.split(/\s+/u).every((word) => this.mentions(word) || this.#inSmallLetters(word.toLowerCase()));
  }

  /** `part` stands there and is not part of a longer word or number. */
  mentions(part: string): boolean {
    let answer = this.#answers.get(part);
    if (answer === undefined) {
      answer = mentions(this.#text, part);
      this.#answers.set(part, answer);
    }
    return answer;
  }

  /** How often the same letters stand there, without overlap. */
  count(part: string): number {
    let count = this.#counts.get(part);
    if (count === undefined) {
      count = this.#text.split(part).length - 1;
      this.#counts.set(part, count);
    }
    return count;
  }

  #inSmallLetters(word: string): boolean {
    this.#smallLetters ??= new TextIndex(this.#text.toLowerCase());
    return this.#smallLetters.mentions(word);
  }
}

function mentions(where: string, text: string): boolean {
  for (let at = where.indexOf(text); at >= 0; at = where.indexOf(text, at + 1)) {
    const around = where.slice(Math.max(0, at - 1), at) + where.slice(at + text.length, at + text.length + 1);
    const edge = /^[\p{L}\p{N}]/u.test(text) || /[\p{L}\p{N}]$/u.test(text);
    if (!edge || !/[\p{L}\p{N}]/u.test(around)) return true;
  }
  return false;
}

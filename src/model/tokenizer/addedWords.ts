import type { AddedWord } from './tokenizerJson.ts';

/** Finds added words in a text: the leftmost, and of those the longest. */
export class AddedWords {
  readonly #words: ReadonlyMap<string, AddedWord>;
  /** by a word's first UTF-16 unit: the lengths that words have, longest first */
  readonly #lengths = new Map<number, number[]>();

  /** @param form what a word looks like in the texts that are searched */
  constructor(words: readonly AddedWord[], form: (content: string) => string = (content) => content) {
    this.#words = new Map(words.map((word) => [form(word.content), word]));
    for (const content of this.#words.keys()) {
      const lengths = this.#lengths.get(content.charCodeAt(0)) ?? [];
      if (!lengths.includes(content.length)) lengths.push(content.length);
      this.#lengths.set(content.charCodeAt(0), lengths);
    }
    for (const lengths of this.#lengths.values()) lengths.sort((a, b) => b - a);
  }

  get isEmpty(): boolean {
    return this.#words.size === 0;
  }

  /** The text cut at its added words; what lies between them is never empty. */
  split(text: string): (string | AddedWord)[] {
    if (this.isEmpty) return text === '' ? [] : [text];
    const parts: (string | AddedWord)[] = [];
    let from = 0;
    for (let at = 0; at < text.length; ) {
      const found = this.#at(text, at);
      if (!found) {
        at++;
        continue;
      }
      const { word, length } = found;
      const before = text.slice(from, at);
      const kept = word.lstrip ? before.trimEnd() : before;
      if (kept !== '') parts.push(kept);
      parts.push(word);
      at += length;
      if (word.rstrip) while (at < text.length && /\s/u.test(text[at]!)) at++;
      from = at;
    }
    if (from < text.length) parts.push(text.slice(from));
    return parts;
  }

  #at(text: string, at: number): { word: AddedWord; length: number } | undefined {
    for (const length of this.#lengths.get(text.charCodeAt(at)) ?? []) {
      const word = this.#words.get(text.slice(at, at + length));
      if (word && (!word.singleWord || standsAlone(text, at, at + length))) return { word, length };
    }
    return undefined;
  }
}

const standsAlone = (text: string, start: number, end: number) =>
  !/[\p{L}\p{N}_]$/u.test(text.slice(Math.max(0, start - 2), start)) &&
  !/^[\p{L}\p{N}_]/u.test(text.slice(end, end + 2));

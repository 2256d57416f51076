import { seededRandom } from '../../protocol/seededRandom.ts';
import { splitsCharacter } from '../completion/segment.ts';

/** A piece of a text that is typed from its beginning to its end; what stands before it has been written already. */
export interface Stretch {
  /** index of the text */
  readonly text: number;
  /** UTF-16 code units */
  readonly start: number;
  readonly end: number;
}

/** About seventeen words: long enough to go on after an accept, short enough for many places. */
const stretchChars = 100;

/**
 * What is typed of some texts so that there are at most `maxCarets` carets. Single carets would not tell how typing
 * through a suggestion or going on after an accept works, so it is stretches. They are spread evenly: all texts laid
 * end to end are cut into as many equal parts as there are stretches, and each part holds one, at a random place that
 * begins with a word. So every character is about as likely to be typed as any other, and no two stretches overlap.
 * The choice depends on the texts and the seed, never on what is suggested: two models type the same.
 * @param maxCarets undefined: all of every text
 */
export function stretchesOf(texts: readonly string[], maxCarets: number | undefined, seed: number): Stretch[] {
  const total = texts.reduce((sum, text) => sum + text.length, 0);
  if (maxCarets === undefined || total <= maxCarets) {
    return texts.map((text, i) => ({ text: i, start: 0, end: text.length })).filter(({ end }) => end > 0);
  }
  const count = Math.max(1, Math.round(maxCarets / stretchChars));
  const chars = Math.floor(maxCarets / count);
  const random = seededRandom(seed);
  const stretches = Array.from({ length: count }, (_, part) => {
    const from = (part * total) / count;
    return stretchAt(texts, Math.floor(from + random() * (total / count - chars)), chars);
  });
  return stretches.filter(({ start, end }) => start < end);
}

/**
 * All of the texts in stretches, in an order of which every beginning is from all over them: whoever stops has a sample.
 * Each begins with a word, and the next one of its text begins where it ends.
 */
export function spreadStretches(texts: readonly string[], seed: number): Stretch[] {
  const all = texts.flatMap((content, text) => {
    const starts = Array.from({ length: Math.ceil(content.length / stretchChars) }, (_, part) =>
      wordStart(content, part * stretchChars, Math.min(content.length, (part + 1) * stretchChars)),
    );
    return starts.map((start, part) => ({ text, start, end: starts[part + 1] ?? content.length }));
  });
  return spread(
    all.filter(({ start, end }) => start < end),
    seededRandom(seed)(),
  );
}

/** In an order of which every beginning is from all over the list: by the fractional parts of i · φ. */
export function spread<T>(items: readonly T[], from = 0): T[] {
  const place = (i: number) => (from + i * 0.6180339887498949) % 1;
  return items
    .map((item, i) => ({ item, i }))
    .sort((a, b) => place(a.i) - place(b.i))
    .map(({ item }) => item);
}

/**
 * Cuts stretches into gaps that writers fill in: of about a hundred characters at most, each from the beginning of a word to
 * the end of one, so that what follows is what would stand there.
 */
export function gapsOf(texts: readonly string[], stretches: readonly Stretch[]): Stretch[] {
  return stretches.flatMap(({ text, start, end }) => {
    const gaps: Stretch[] = [];
    const content = texts[text]!;
    for (let from = start; from < end; ) {
      const to = wordEnd(content, from, Math.min(end, from + stretchChars));
      gaps.push({ text, start: from, end: to });
      from = to + /^\s*/u.exec(content.slice(to))![0].length;
    }
    return gaps;
  });
}

/** @param place offset in all texts laid end to end */
function stretchAt(texts: readonly string[], place: number, chars: number): Stretch {
  let text = 0;
  let from = place;
  while (from >= texts[text]!.length) from -= texts[text++]!.length;
  const content = texts[text]!;
  const end = Math.min(content.length, from + chars);
  return { text, start: wordStart(content, from, end), end };
}

/** The last end of a word up to `before`, or else the next one; in text without blanks the end of a character. */
function wordEnd(text: string, from: number, before: number): number {
  const isWordEnd = (end: number) => /\S/u.test(text[end - 1]!) && /^\s?$/u.test(text.charAt(end));
  for (let end = before; end > from; end--) if (isWordEnd(end)) return end;
  const furthest = Math.min(text.length, before + stretchChars);
  for (let end = before; end <= furthest; end++) if (isWordEnd(end)) return end;
  let end = before;
  while (end < text.length && splitsCharacter(text.slice(from, end), text.slice(end))) end++;
  return end;
}

function wordStart(text: string, from: number, end: number): number {
  if (from === 0 || /\s/u.test(text[from - 1]!)) return from;
  const blank = /\s+/u.exec(text.slice(from, end));
  if (blank) return from + blank.index + blank[0].length;
  let start = from;
  while (start < end && splitsCharacter(text.slice(0, start), text.slice(start, end))) start++;
  return start;
}

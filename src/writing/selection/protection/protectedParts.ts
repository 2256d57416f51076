import type { Span } from '../../../text/span.ts';

export type PartKind = 'code' | 'math' | 'citation' | 'link' | 'address' | 'markup' | 'number' | 'name';

/** Something in a text that a rewrite must carry over unchanged. */
export interface ProtectedPart extends Span {
  readonly kind: PartKind;
  readonly text: string;
}

/**
 * In the order in which they are looked for: what an earlier row has taken belongs to it. Every pattern is linear on
 * hostile input: no nested repetition, all runs bounded.
 */
const patterns: readonly (readonly [PartKind, RegExp])[] = [
  ['code', /(`+)(?!`)[^\n]{1,300}?(?<!`)\1(?!`)|\\(?:verb|lstinline)([|!+])[^\n]{0,300}?\2/gu],
  [
    'math',
    /(?<!\\)\$\$[^$]{1,2000}\$\$|(?<![\\$\w])\$(?![\s\d.,])[^$\n]{1,300}(?<!\s)\$(?!\w)|\\\([^\n]{1,300}?\\\)|\\\[[^\n]{1,300}?\\\]/gu,
  ],
  ['math', /(?<![\\$\w])\$\d[^$\n]{0,300}[\\^_={}][^$\n]{0,300}\$(?!\w)/gu], // not the price of something
  [
    'citation',
    /\\(?:[a-zA-Z]*cite[a-zA-Z]*|[a-zA-Z]*ref|label|footnotemark|gls\w{0,4})\*?(?:\[[^\]\n]{0,100}\]){0,2}\{[^}\n]{1,300}\}/gu,
  ],
  [
    'citation',
    /\[\^[^\]\s]{1,100}\]|\[[^\][\n]{0,100}@[\w][^\][\n]{0,200}\]|(?<![\w.])@[a-zA-Z][\w:-]{1,60}\d{2,4}\w?\b/gu,
  ],
  ['citation', /\[\d{1,3}(?:[,–-] ?\d{1,3}){0,9}\](?!\()|\[\[[^\]\n]{1,200}\]\]/gu],
  ['link', /!\[[^\]\n]{0,300}\]\([^)\n]{0,1000}\)/gu], // an image
  ['link', /(?<=\])\([^()\s]{1,1000}(?:\([^()\s]{0,100}\))?(?:\s+"[^"\n]{0,200}")?\)/gu], // the target only: the label is text
  ['link', /(?<=\])\[[^\]\n]{0,100}\]/gu],
  [
    'address',
    /<(?:https?|mailto|ftp):[^>\s]{1,1000}>|\b(?:https?|ftp):\/\/[^\s<>()[\]{}"'`]{1,1000}(?<![.,;:!?])|\bwww\.[\w-]{1,100}(?:\.[\w-]{1,60}){1,5}|[\w.+-]{1,64}@[\w-]{1,100}(?:\.[\w-]{1,60}){1,5}/gu,
  ],
  [
    'markup',
    /<\/?[a-zA-Z][^<>\n]{0,300}>|&[a-z]{2,10};|\\(?:begin|end|includegraphics|input|url|href)(?:\[[^\]\n]{0,100}\])?\{[^}\n]{0,300}\}|\{\{[^}\n]{1,200}\}\}/gu,
  ],
  [
    'number', // but for those of a list
    /(?!(?<=^[ \t]*)\d{1,3}[.)][ \t])(?<![\p{L}\p{N}_])[-−+]?[$€£¥]?\d+(?:[.,:/’'\u00A0\u202F–-]\d+){0,8}(?:[.,]\d+)?(?:\s?%|‰|°)?(?:st|nd|rd|th)?(?![\p{N}])/gmu,
  ],
];

/** The protected parts of a text, in order. Names are left out where the text has no case or capitalises all nouns. */
export const protectedParts = (text: string): ProtectedPart[] => partsIn(text, true);

/** All but the names: what must stay character by character. */
export const literalParts = (text: string): ProtectedPart[] => partsIn(text, false);

function partsIn(text: string, withNames: boolean): ProtectedPart[] {
  const parts: ProtectedPart[] = [];
  const taken = new Uint8Array(text.length);
  const take = (kind: PartKind, found: Iterable<{ readonly start: number; readonly text: string }>) => {
    for (const part of found) {
      const end = part.start + part.text.length;
      if (part.text === '' || taken.subarray(part.start, end).includes(1)) continue;
      taken.fill(1, part.start, end);
      parts.push({ kind, text: part.text, start: part.start, end });
    }
  };
  for (const [kind, pattern] of patterns) {
    take(
      kind,
      [...text.matchAll(pattern)].map((match) => ({ start: match.index, text: match[0] })),
    );
  }
  if (withNames) take('name', names(text));
  return parts.sort((a, b) => a.start - b.start);
}

const namePattern =
  /(?<![\p{L}\p{N}_\\@#-])\p{Lu}[\p{L}\p{N}’'&-]*(?:\.(?=\p{Lu}))?(?:[ \u00A0](?:(?:of|de|van|von|der|la|du|le)[ ])?\p{Lu}[\p{L}\p{N}’'&-]*){0,4}|(?<![\p{L}\p{N}_-])\p{Ll}+\p{Lu}[\p{L}\p{N}]*/gu;
const maxCapitalShare = 0.3;

/**
 * Runs of capitalised words. One at the beginning of a sentence counts when it looks like a name by itself (`NASA`,
 * `McKay`) or stands capitalised elsewhere within a sentence.
 */
function names(text: string): { start: number; text: string }[] {
  const words = text.match(/\p{L}+/gu) ?? [];
  const capitals = words.filter((word) => /^\p{Lu}/u.test(word)).length;
  if (words.length >= 8 && capitals > maxCapitalShare * words.length) return [];
  const found = [...text.matchAll(namePattern)].map((match) => ({ start: match.index, text: trimmedName(match[0]) }));
  const within = new Set(found.filter(({ start }) => !opensSentence(text, start)).map((name) => name.text));
  return found.flatMap((name) => {
    if (everyday.test(name.text)) return [];
    if (!opensSentence(text, name.start) || within.has(name.text)) return [name];
    const [first, ...rest] = name.text.split(' ');
    if (/^[\p{L}]*\p{Lu}[\p{Ll}]*\p{Lu}/u.test(first!) || within.has(first!)) return [name];
    // `The Royal Society` opens a sentence: the name is what follows its first word.
    return rest.length === 0 ? [] : [{ start: name.start + first!.length + 1, text: rest.join(' ') }];
  });
}

const trimmedName = (name: string) => name.replace(/[’']s$|[’'.&-]+$/u, '');
const everyday =
  /^(?:I|I[’'](?:m|ve|d|ll)|A|O|OK|Mr|Mrs|Ms|Dr|The|This|That|It|We|You|He|She|They|And|But|So|If|In|On|At|For|No|Yes)$/u;

/** Nothing but marks stands between the beginning of a line or the end of a sentence and this place. */
function opensSentence(text: string, start: number): boolean {
  return /(?:^|(?<!\b(?:Dr|Mr|Mrs|Ms|Mx|St|Prof|Sr|Jr|Capt|Col|Gen))[.!?…:;。！？][\p{P}\p{S}]*\s+|\n\s*)(?:\d{1,3}[.)]\s+)?[^\p{L}\p{N}]*$/u.test(
    text.slice(Math.max(0, start - 60), start),
  );
}

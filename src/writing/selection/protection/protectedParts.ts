import type { Block, BlockKind, SpanKind, TextReading } from '../../../text/block.ts';
import { least } from '../../../text/greatest.ts';
import { type Span, withoutOverlap } from '../../../text/span.ts';

export type PartKind = 'code' | 'math' | 'citation' | 'link' | 'address' | 'markup' | 'number' | 'name';

/** Something in a text that a rewrite must carry over unchanged. */
export interface ProtectedPart extends Span {
  readonly kind: PartKind;
  readonly text: string;
}

/** Syntax of lists and paragraphs that goes when they become something else. */
const listSyntax =
  /^\s*(?:(?:\\(?:begin|end)\{(?:itemize|enumerate|description)\*?\}(?:\[[^\]\n]{0,200}\])?|<\/?(?:ul|ol|li|p)\b[^>]{0,500}>)\s*){1,20}$/u;
/** What stands before the words of an item. */
const itemMarks = /^[ \t>]*(?:(?:[-+•–]|[*.]{1,9}|#\.|\d{1,9}[.)])[ \t]+){1,9}(?:\[[ xX]\][ \t]+)?$/u;
const blockKinds: Readonly<Partial<Record<BlockKind, PartKind>>> = {
  code: 'code',
  math: 'math',
  table: 'markup',
  frontMatter: 'markup',
  comment: 'markup',
  markup: 'markup',
};
const spanKinds: Readonly<Record<Exclude<SpanKind, 'prefix'>, PartKind>> = {
  code: 'code',
  math: 'math',
  citation: 'citation',
  link: 'link',
  target: 'address',
  comment: 'markup',
  command: 'markup',
  raw: 'markup',
};
const bareTag = /^\s*<\/?[a-z][a-z0-9]{0,10}>\s*$/iu;
/** Commands around words: who rewrites the words may leave them out. */
const formatting = /^(?:\\[a-zA-Z]+\*?\{|[{}[\]]+)$/u;

/** `](target)`: the bracket belongs to the label. */
const withoutBracket = (text: string, { start, end }: Span): Span => ({
  start: text[start] === ']' ? start + 1 : start,
  end,
});

/** But for those of a list. */
const number =
  /(?!\d{1,3}[.)][ \t](?<=^[ \t]{0,40}\d{1,3}[.)][ \t]))(?<![\p{L}\p{N}_])[-−+]?[$€£¥]?\d+(?:[.,:/’'\u00A0\u202F–-]\d+){0,8}(?:[.,]\d+)?(?:\s?%|‰|°)?(?:st|nd|rd|th)?(?![\p{N}])/gmu;

/** What machines read, though nothing marks it as code: `open()`, `max_depth`, `--force`, `notes.txt`. */
const identifier =
  /(?<![\p{L}\p{N}_.:/\\@-])(?:[\p{L}_][\p{L}\p{N}_]{0,60}(?:(?:\.|::|->)[\p{L}_][\p{L}\p{N}_]{0,60}){0,6}\(\)|\p{L}[\p{L}\p{N}]{0,60}(?:_[\p{L}\p{N}]{1,60}){1,8}|--[a-z][a-z0-9-]{0,60}(?<!-)|[\p{L}\p{N}_-]{1,60}\.(?:c|cfg|conf|cpp|css|csv|exe|html?|ini|java|js|json|log|md|pdf|py|rs|sh|toml|ts|txt|xml|ya?ml|zip))(?![\p{L}\p{N}_])/gu;
/** Each of them has one of these: most texts have none. */
const perhapsIdentifier = /[\p{L}\p{N}]_[\p{L}\p{N}]|\(\)|--[a-z]|[\p{L}\p{N}]\.[a-z]/u;

/**
 * The protected parts of a text, in order: whole blocks that hold no words, and what stands among the words. Names are
 * left out where the text has no case or capitalises all nouns.
 */
export function protectedParts(reading: TextReading): ProtectedPart[] {
  const { text } = reading;
  const parts: ProtectedPart[] = [];
  const add = (kind: PartKind, { start, end }: Span) => parts.push({ kind, start, end, text: text.slice(start, end) });
  const words: string[] = [];
  let at = 0;
  const hide = ({ start, end }: Span) => {
    words.push(text.slice(at, start), text.slice(start, end).replace(/[^\n]/g, ' '));
    at = end;
  };
  for (const block of reading.blocks) {
    const kind = blockKinds[block.kind];
    if (kind !== undefined) {
      const syntax = text.slice(block.start, block.end);
      if (syntax.trim() !== '' && !listSyntax.test(syntax))
        parts.push({ kind, start: block.start, end: block.end, text: withoutItem(syntax, block) });
      hide(block);
      continue;
    }
    // `<p>` is no word before the first one of its sentence
    const opener = { start: block.start, end: block.contentStart };
    const marks = text.slice(opener.start, opener.end);
    if (bareTag.test(marks) || (block.opensItem && itemMarks.test(marks))) hide(opener);
    for (const span of reading.spansOf(block)) {
      const isLeft = span.kind === 'prefix' || formatting.test(text.slice(span.start, span.end));
      if (span.kind !== 'prefix' && !isLeft) add(spanKinds[span.kind], withoutBracket(text, span));
      hide(span);
    }
    const closer = { start: block.contentEnd, end: block.end };
    if (bareTag.test(text.slice(closer.start, closer.end))) hide(closer);
  }
  words.push(text.slice(at));
  const bare = words.join('');
  for (const { index, 0: found } of bare.matchAll(number)) add('number', { start: index, end: index + found.length });
  for (const name of names(bare)) add('name', { start: name.start, end: name.start + name.text.length });
  if (perhapsIdentifier.test(bare))
    for (const { index, 0: found } of bare.matchAll(identifier))
      add('code', { start: index, end: index + found.length });
  return parts.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** In an item a block stands as far in as the item's mark wants it, and may stand behind that mark. */
function withoutItem(syntax: string, { containers, opensItem }: Block): string {
  if (!containers.some(({ kind }) => kind === 'listItem')) return syntax;
  const [first = '', ...others] = syntax.split('\n');
  const own = opensItem
    ? first.replace(/^[ \t>]*(?:(?:[-+*•]|[*.]{2,9}|#\.|\d{1,9}[.)])[ \t]+){1,9}/u, '')
    : first.trimStart();
  const indent = least(others.filter((line) => line.trim() !== '').map((line) => line.search(/\S/u)));
  return [own, ...others.map((line) => line.slice(indent))].join('\n');
}

const capitalizedRun =
  /(?<![\p{L}\p{N}_\\@#-])\p{Lu}[\p{L}\p{N}’'&-]*(?:\.(?=\p{Lu}))?(?:[ \u00A0](?:(?:of|de|van|von|der|la|du|le)[ ])?\p{Lu}[\p{L}\p{N}’'&-]*){0,4}/uy;
const camelCase = /(?<![\p{L}\p{N}_-])\p{Ll}+\p{Lu}[\p{L}\p{N}]*/gu;
/** What the two above need. Without Unicode's classes a text is searched ten times as fast, and most of it has neither. */
const perhapsCapital = /[A-Z]|[^\0-\x7f]/g;
const perhapsCamelCase = /[a-z\x80-\uffff][A-Z\x80-\uffff]/;
const maxCapitalShare = 0.3;

/**
 * Runs of capitalized words. One at the beginning of a sentence counts when it looks like a name by itself (`NASA`,
 * `McKay`) or stands capitalized elsewhere within a sentence.
 */
function names(text: string): { start: number; text: string }[] {
  const found = capitalizedRuns(text).map(({ start, end }) => ({
    start,
    text: trimmedName(text.slice(start, end)),
    opens: opensSentence(text, start),
  }));
  if (found.length === 0 || isInCapitals(text)) return [];
  const within = new Set(found.filter(({ opens }) => !opens).map((name) => name.text));
  return found.flatMap(({ start, text: name, opens }) => {
    if (everyday.test(name)) return [];
    if (!opens || within.has(name)) return [{ start, text: name }];
    const [first, ...rest] = name.split(' ');
    if (/^[\p{L}]*\p{Lu}[\p{Ll}]*\p{Lu}/u.test(first!) || within.has(first!)) return [{ start, text: name }];
    // `The Royal Society` opens a sentence: the name is what follows its first word.
    return rest.length === 0 ? [] : [{ start: start + first!.length + 1, text: rest.join(' ') }];
  });
}

function capitalizedRuns(text: string): Span[] {
  const runs: Span[] = [];
  let end = 0;
  for (const { index: start } of text.matchAll(perhapsCapital)) {
    if (start < end) continue;
    capitalizedRun.lastIndex = start;
    const run = capitalizedRun.exec(text);
    if (!run) continue;
    end = start + run[0].length;
    runs.push({ start, end });
  }
  if (!perhapsCamelCase.test(text)) return runs;
  const camels = [...text.matchAll(camelCase)].map(({ index, 0: run }) => ({ start: index, end: index + run.length }));
  return withoutOverlap([...runs, ...camels]); // `L’iPhone` is one
}

/** Titles, and languages that capitalize all nouns. */
function isInCapitals(text: string): boolean {
  const atMost = text.match(perhapsCapital)?.length ?? 0;
  const wordsAtLeast = text.match(/[ \n][A-Za-z]/g)?.length ?? 0;
  if (atMost <= maxCapitalShare * wordsAtLeast) return false;
  const words = text.match(/\p{L}+/gu) ?? [];
  const capitals = words.filter((word) => /^\p{Lu}/u.test(word)).length;
  return words.length >= 8 && capitals > maxCapitalShare * words.length;
}

const trimmedName = (name: string) => name.replace(/[’']s$|(?<![’'.&-])[’'.&-]+$/u, '');
const everyday =
  /^(?:I|I[’'](?:m|ve|d|ll)|A|O|OK|Mr|Mrs|Ms|Dr|The|This|That|It|We|You|He|She|They|And|But|So|If|In|On|At|For|No|Yes)$/u;

/** Nothing but marks stands between the beginning of a line or the end of a sentence and this place. */
function opensSentence(text: string, start: number): boolean {
  if (text[start - 1] === ' ' && /\p{L}/u.test(text[start - 2] ?? '')) return false; // as most names stand
  return /(?:^|(?<!\b(?:Dr|Mr|Mrs|Ms|Mx|St|Prof|Sr|Jr|Capt|Col|Gen))[.!?…:;。！？][\p{P}\p{S}]{0,60}\s{1,60}|\n\s{0,60})(?:\d{1,3}[.)]\s{1,60})?[^\p{L}\p{N}]{0,60}$/u.test(
    text.slice(Math.max(0, start - 60), start),
  );
}

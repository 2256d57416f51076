import { type Span, withoutOverlap } from '../../../text/span.ts';

/** A run of capitalized words in a line. */
interface CapitalizedRun {
  /** offset in the line */
  readonly start: number;
  readonly text: string;
  /** it stands at the beginning of a sentence, where any word has a capital */
  readonly opens: boolean;
}

/** What one line holds, whatever stands around it; offsets are the line's. */
interface LineParts {
  readonly numbers: readonly Span[];
  readonly identifiers: readonly Span[];
  readonly runs: readonly CapitalizedRun[];
  /** at most so many words begin with a capital */
  readonly capitalsAtMost: number;
  readonly wordsAtLeast: number;
}

/** Lines by their text: of a text and what became of it nearly all are the same. */
export type KnownLines = Map<string, LineParts>;

interface PlacedLine extends LineParts {
  /** offset in the text */
  readonly start: number;
}

/** What stands among the words of a text whose markup stands as blanks. */
interface WordParts {
  readonly numbers: readonly Span[];
  readonly names: readonly Span[];
  readonly identifiers: readonly Span[];
}

/** @param known is added to */
export function partsOfWords(text: string, known: KnownLines): WordParts {
  const lines: PlacedLine[] = [];
  let start = 0;
  for (const line of text.split(lineEnd)) {
    const parts = known.get(line) ?? partsOf(line);
    known.set(line, parts);
    lines.push({ start, ...parts });
    start += line.length + 1;
  }
  const all = (of: 'numbers' | 'identifiers') =>
    lines.flatMap((line) => line[of].map((span) => ({ start: line.start + span.start, end: line.start + span.end })));
  return {
    numbers: all('numbers'),
    names: isInCapitals(text, lines) ? [] : names(lines),
    identifiers: all('identifiers'),
  };
}

/** A percent sign may stand on the line below its number. */
const lineEnd = /\n(?!%)/u;

function partsOf(line: string): LineParts {
  const runs = capitalizedRuns(line).map(({ start, end }) => ({
    start,
    text: trimmedName(line.slice(start, end)),
    opens: opensSentence(line, start),
  }));
  return {
    numbers: found(line, number),
    identifiers: perhapsIdentifier.test(line) ? found(line, identifier) : [],
    runs,
    capitalsAtMost: line.match(perhapsCapital)?.length ?? 0,
    wordsAtLeast: line.match(/(?:^|[ \n])[A-Za-z]/g)?.length ?? 0,
  };
}

const found = (line: string, pattern: RegExp): Span[] =>
  [...line.matchAll(pattern)].map(({ index, 0: part }) => ({ start: index, end: index + part.length }));

/** But for those of a list. */
const number =
  /(?!\d{1,3}[.)][ \t](?<=^[ \t]{0,40}\d{1,3}[.)][ \t]))(?<![\p{L}\p{N}_])[-−+]?[$€£¥]?\d+(?:[.,:/’'\u00A0\u202F–-]\d+){0,8}(?:[.,]\d+)?(?:\s?%|‰|°)?(?:st|nd|rd|th)?(?![\p{N}])/gmu;

/** What machines read, though nothing marks it as code: `open()`, `max_depth`, `--force`, `notes.txt`. */
const identifier =
  /(?<![\p{L}\p{N}_.:/\\@-])(?:[\p{L}_][\p{L}\p{N}_]{0,60}(?:(?:\.|::|->)[\p{L}_][\p{L}\p{N}_]{0,60}){0,6}\(\)|\p{L}[\p{L}\p{N}]{0,60}(?:_[\p{L}\p{N}]{1,60}){1,8}|--[a-z][a-z0-9-]{0,60}(?<!-)|[\p{L}\p{N}_-]{1,60}\.(?:c|cfg|conf|cpp|css|csv|exe|html?|ini|java|js|json|log|md|pdf|py|rs|sh|toml|ts|txt|xml|ya?ml|zip))(?![\p{L}\p{N}_])/gu;
/** Each of them has one of these: most texts have none. */
const perhapsIdentifier = /[\p{L}\p{N}]_[\p{L}\p{N}]|\(\)|--[a-z]|[\p{L}\p{N}]\.[a-z]/u;

const capitalizedRun =
  /(?<![\p{L}\p{N}_\\@#-])\p{Lu}[\p{L}\p{N}’'&-]*(?:\.(?=\p{Lu}))?(?:[ \u00A0](?:(?:of|de|van|von|der|la|du|le)[ ])?\p{Lu}[\p{L}\p{N}’'&-]*){0,4}/uy;
const camelCase = /(?<![\p{L}\p{N}_-])\p{Ll}+\p{Lu}[\p{L}\p{N}]*/gu;
/** What the two above need. Without Unicode's classes a text is searched ten times as fast, and most of it has neither. */
const perhapsCapital = /[A-Z]|[^\0-\x7f]/g;
const perhapsCamelCase = /[a-z\x80-\uffff][A-Z\x80-\uffff]/;
const maxCapitalShare = 0.3;

/**
 * Of the runs of capitalized words those that are names. One at the beginning of a sentence counts when it looks like a name
 * by itself (`NASA`, `McKay`) or stands capitalized elsewhere within a sentence.
 */
function names(lines: readonly PlacedLine[]): Span[] {
  const within = new Set(lines.flatMap(({ runs }) => runs.filter(({ opens }) => !opens).map(({ text }) => text)));
  return lines.flatMap((line) =>
    line.runs.flatMap((run) => {
      const name = nameIn(run, within);
      const start = line.start + run.start + run.text.length - name.length;
      return name === '' ? [] : [{ start, end: start + name.length }];
    }),
  );
}

/** @returns the end of the run, '' where it is no name */
function nameIn({ text, opens }: CapitalizedRun, within: ReadonlySet<string>): string {
  if (everyday.test(text)) return '';
  if (!opens || within.has(text)) return text;
  const [first, ...rest] = text.split(' ');
  if (/^[\p{L}]*\p{Lu}[\p{Ll}]*\p{Lu}/u.test(first!) || within.has(first!)) return text;
  // `The Royal Society` opens a sentence: the name is what follows its first word.
  return rest.join(' ');
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
function isInCapitals(text: string, lines: readonly PlacedLine[]): boolean {
  const sum = (of: 'capitalsAtMost' | 'wordsAtLeast') => lines.reduce((all, line) => all + line[of], 0);
  if (sum('capitalsAtMost') <= maxCapitalShare * sum('wordsAtLeast')) return false;
  const words = text.match(/\p{L}+/gu) ?? [];
  const capitals = words.filter((word) => /^\p{Lu}/u.test(word)).length;
  return words.length >= 8 && capitals > maxCapitalShare * words.length;
}

const trimmedName = (name: string) => name.replace(/[’']s$|(?<![’'.&-])[’'.&-]+$/u, '');
const everyday =
  /^(?:I|I[’'](?:m|ve|d|ll)|A|O|OK|Mr|Mrs|Ms|Dr|The|This|That|It|We|You|He|She|They|And|But|So|If|In|On|At|For|No|Yes)$/u;

/** Nothing but marks stands between the beginning of the line or the end of a sentence and this place. */
function opensSentence(line: string, start: number): boolean {
  if (line[start - 1] === ' ' && /\p{L}/u.test(line[start - 2] ?? '')) return false; // as most names stand
  return /(?:^\s{0,60}|(?<!\b(?:Dr|Mr|Mrs|Ms|Mx|St|Prof|Sr|Jr|Capt|Col|Gen))[.!?…:;。！？][\p{P}\p{S}]{0,60}\s{1,60}|\n\s{0,60})(?:\d{1,3}[.)]\s{1,60})?[^\p{L}\p{N}]{0,60}$/u.test(
    line.slice(Math.max(0, start - 60), start),
  );
}

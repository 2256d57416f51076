import type { TaggedWord, Tagger } from '../checks/tagger.ts';
import { isInName, protectedStretches } from '../protection/protectedStretches.ts';
import { capitalized, isInEmphasis } from '../rules/phraseTable.ts';
import { sentenceSpans } from '../rules/soundEdits.ts';
import type { Edit } from '../wordChanges.ts';

/**
 * Slips by the words and parts of speech around them, as rows of a small notation. A row is a row of elements with one
 * stretch in brackets: `left [wrong > right] right`. Elements are
 * - `than|then`: one of these words; `{people}`: one of a list of words,
 * - `:NN`: a part of speech that begins so, `:=NN` exactly this one; they may stand among words: `the|NN|=VB`,
 * - `STOP`: a mark comes, `END`: the sentence ends, `START`: the sentence begins, `CLAUSE`: a clause begins,
 * - `PAST`: a time that is over comes in this clause: `yesterday`,
 * - `LAST`: no other verb with a subject of its own comes in this clause, `TOLD`: the sentence is no question, `ASKED`: it is one,
 * - with `!` before it: what must not come; with `?` or `*` behind it: once or never, any number of times.
 *
 * `right` is words, `_` for none, with `$0` for what was found, or `@name` for a form from a table.
 */
export interface SlipRow {
  readonly pattern: RegExp;
  readonly right: string;
  readonly form: ((found: string) => string | undefined) | undefined;
  /** words of which the sentence has one where this row fits */
  readonly triggers: readonly string[];
  /** what may not stand before the slip in its sentence, as words with blanks around them */
  readonly unless: RegExp | undefined;
  /** `LAST` */
  readonly isLast: boolean;
  /** `TOLD` or `ASKED`: false or true */
  readonly isQuestion: boolean | undefined;
}

/** What rows share. */
export interface RowOptions {
  /** words that make it no slip when they stand before it in its sentence */
  readonly unless?: string;
  readonly lists?: Readonly<Record<string, string>>;
  readonly forms?: Readonly<Record<string, (found: string) => string | undefined>>;
}

type Lists = Readonly<Record<string, string>>;

/** Behind these a clause begins. */
const openers =
  'and|but|so|because|that|if|when|while|since|although|though|as|think|thinks|thought|know|knows|knew|say|says|said|hope|hopes|hoped|sure|where|why|how|what|until|till|before|after|whether|whenever|then|now|yesterday|today|believe|guess|suppose|unless|once';

export function slipRows(rows: string, { unless, lists = {}, forms = {} }: RowOptions = {}): SlipRow[] {
  return rows
    .split('\n')
    .map((row) => row.trim())
    .filter((row) => row !== '')
    .map((row) => {
      const [left, wrong, right, rest] = row.split(/\[| > |\]/u);
      const part = (elements: string) => elements.split(' ').filter((each) => each !== '' && !ofSentence.test(each));
      const source = (elements: string, not = '?!') =>
        part(elements)
          .map((each) => elementSource(each, { lists, not }))
          .join('');
      const words = [wrong!, rest!, left!].flatMap(part).map((each) => wordsOf(each, lists));
      const name = /^@(\w+)$/u.exec(right!)?.[1];
      return {
        pattern: new RegExp(`${source(left!, '?<!')}(${source(wrong!)})${source(rest!)}`, 'dgu'),
        right: right!,
        form: name === undefined ? undefined : forms[name],
        triggers: words.find((each) => each.length > 0) ?? [],
        unless: unless === undefined ? undefined : new RegExp(` (?:${unless})~`, 'u'),
        isLast: / LAST(?= |$)/u.test(rest!),
        isQuestion: / ASKED(?= |$)/u.test(rest!) || (/ TOLD(?= |$)/u.test(rest!) ? false : undefined),
      };
    });
}

/** Looked for in the sentence once: as a pattern each place would be looked at up to the end. */
const ofSentence = /^(?:LAST|TOLD|ASKED)$/u;

const withLists = (words: string, lists: Lists): string =>
  words.replace(/\{(\w+)\}/gu, (_, name: string) => {
    const list = lists[name];
    if (list === undefined) throw new Error(`no list of words is called ${name}`);
    return list;
  });

/** The alternatives of an element: in small letters words and marks, in capitals parts of speech and borders. */
const alternativesOf = (element: string, lists: Lists): string[] =>
  withLists(element.replace(/^!?:?|[?*]$/gu, ''), lists).split('|');

/** The words that an element asks for; none where something else will do, too. */
function wordsOf(element: string, lists: Lists): string[] {
  const words = alternativesOf(element, lists).map((each) => each.split(':')[0]!);
  return /^!|[?*]$/u.test(element) || words.some((word) => /[A-Z]/u.test(word)) ? [] : words;
}

/** Behind these another clause may have its verb. */
const joiners =
  'and|but|so|because|that|if|when|while|since|as|where|why|how|what|who|which|whether|until|till|before|after|once|than|or|,|;|:';
const joiner = new RegExp(`^ (?:${joiners})~`, 'u');

/** Whether a verb with a subject of its own comes in the same clause, from each word on. */
function verbsAhead(words: string, starts: readonly number[]): boolean[] {
  const tokens = starts.map((start, i) => words.slice(start, starts[i + 1]));
  const ahead = [...tokens.map(() => false), false];
  for (let i = tokens.length - 1; i >= 0; i--) {
    const isVerb =
      /~(?:VBD|VBZ|VBP|MD)$/u.test(tokens[i]!) ||
      (/~VBN$/u.test(tokens[i]!) && /~(?:PRP|DT)$/u.test(tokens[i + 1] ?? ''));
    ahead[i] = isVerb || (ahead[i + 1]! && !joiner.test(tokens[i]!));
  }
  return ahead;
}

const borders: Readonly<Record<string, string>> = {
  START: '^(?: [^ ~]{1,40}~#){0,5}',
  CLAUSE: `^| [^ ~]{1,40}~#| (?:${openers})~[^ ]{1,9}(?= |$)`,
  STOP: '(?= [.,;:!?]~#|$)',
  END: '(?= [.!?]~#|$)',
  PAST: `(?=(?: (?!(?:${joiners}|from|of|for|by|like|to-day)~)[^ ~]{1,40}~(?!VBD|VBZ|VBP|MD|VBN)[^ ]{1,9}){0,8}(?: yesterday~|(?<! (?:the|this|that|their|our|my|a|his|her|your)~[^ ]{1,9}) last~[^ ]{1,9} (?:night|week|month|year|summer|winter)~| ago~)[^ ]{1,9}(?= |$))`,
};

/** For {@link serialized} words: ` word~TAG`. */
function elementSource(element: string, { lists, not }: { lists: Lists; not: string }): string {
  const all = alternativesOf(element, lists);
  const words = all.filter((each) => !/[A-Z]/u.test(each));
  const sources = [
    ...(words.length > 0 ? [` (?:${words.join('|')})~[^ ]{1,9}(?= |$)`] : []),
    ...all.filter((each) => /[A-Z]/u.test(each)).map((each) => borders[each] ?? tagSource(each)),
  ];
  const source = `(?:${sources.join('|')})`;
  return element.startsWith('!')
    ? `(${not}${source})`
    : source + (element.endsWith('*') ? '{0,5}' : element.endsWith('?') ? '?' : '');
}

/** `NN`, `=NN`, `run:NN` */
function tagSource(tag: string): string {
  const [, word = '[^ ~]{1,40}', exact, name] = /^(?:([^A-Z:]+):)?(=?)(.+)$/u.exec(tag)!;
  return ` ${word}~${name!.replaceAll('$', '\\$')}${exact === '=' ? '' : '[^ ]{0,9}'}(?= |$)`;
}

/** Rows by the words that make them worth trying. */
const rowsOf = new WeakMap<readonly SlipRow[], ReadonlyMap<string, readonly SlipRow[]>>();

function byTrigger(rows: readonly SlipRow[]): ReadonlyMap<string, readonly SlipRow[]> {
  let known = rowsOf.get(rows);
  if (!known) {
    const map = new Map<string, SlipRow[]>();
    for (const row of rows) {
      for (const word of row.triggers) map.set(word, [...(map.get(word) ?? []), row]);
    }
    known = map;
    rowsOf.set(rows, known);
  }
  return known;
}

interface Token {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** Words with their apostrophes and hyphens, and marks. What has a capital within a sentence is a name, and no word of a list. */
const tokensOf = (sentence: string): Token[] =>
  [...sentence.matchAll(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*|\.{2,}|[^\s\p{L}\p{N}]/gu)].map(
    ({ 0: word, index }, at, all) => ({
      word: (isName(word, all[at - 1]?.[0]) ? word : word.toLowerCase()).replaceAll('’', "'").replaceAll('~', '-'),
      start: index,
      end: index + word.length,
    }),
  );

const isName = (word: string, before: string | undefined): boolean =>
  before !== undefined && /[\p{L}\p{N},]$/u.test(before) && /^\p{Lu}/u.test(word) && !namesInRows.test(word);

/** They are words of lists all the same. */
const namesInRows =
  /^(?:I(?:['’]\p{L}+)?|\p{L}+day|English|German|French|Spanish|Italian|Chinese|Japanese|Sahara|Olympic|Internet)$/u;

/** ` the~DT list~NN of~IN`, and where each word begins in that. */
function serialized(tokens: readonly Token[], tagged: readonly TaggedWord[]): { words: string; starts: number[] } {
  const starts: number[] = [];
  let words = '';
  let at = 0;
  for (const [index, { word, start, end }] of tokens.entries()) {
    while (at < tagged.length - 1 && tagged[at]!.start < start) at++;
    starts.push(words.length);
    const first = tagged[at];
    const isWhole = first?.start === start && (tagged[at + 1]?.start ?? end) >= end;
    const tag = !/[\p{L}\p{N}\uE000-\uF8FF]/u.test(word)
      ? /^[.,:;!?]$/u.test(word) && tokens[index + 1]?.start === end // `.npmrc`
        ? 'X'
        : '#'
      : isWhole
        ? first.tag
        : word.includes("'")
          ? 'C'
          : 'X';
    words += ` ${word}~${tag}`;
  }
  return { words, starts };
}

/** The edits that mend what rows find, sentence by sentence; of two that overlap the first row's. */
export function slipEdits(text: string, rows: readonly SlipRow[], tag: Tagger): Edit[] {
  const known = byTrigger(rows);
  let isProtected: ReturnType<typeof protectedStretches> | undefined; // most texts have no slip to look at
  return sentenceSpans(text).flatMap(({ start, end }) => {
    const sentence = text.slice(start, end);
    const tokens = tokensOf(sentence);
    const candidates = new Set(tokens.flatMap(({ word }) => known.get(word) ?? []));
    if (candidates.size === 0) return [];
    const { words, starts } = serialized(tokens, tag(sentence));
    const tokenAt = new Map(starts.map((at, index) => [at, index]));
    const before = (at: number) => (tokenAt.get(at) ?? tokens.length) - 1;
    const isQuestion = words.includes(' ?~');
    const taken = new Set<Token>();
    const edits: Edit[] = [];
    let isVerbAhead: boolean[] | undefined;
    for (const { pattern, right, form, unless, isLast, ...row } of candidates) {
      if (row.isQuestion !== undefined && row.isQuestion !== isQuestion) continue;
      const exception = unless ? words.search(unless) : -1;
      for (const { indices } of words.matchAll(pattern)) {
        const [from, to] = indices![1]!;
        if (exception >= 0 && exception < from) continue;
        isVerbAhead ??= isLast ? verbsAhead(words, starts) : undefined;
        if (isLast && isVerbAhead![before(indices![0]![1]) + 1]) continue;
        const [first, last] = [tokenAt.get(from), before(to)];
        if (first === undefined || last < first) continue;
        const span = { start: start + tokens[first]!.start, end: start + tokens[last]!.end };
        const found = text.slice(span.start, span.end);
        if ((first > 0 && /(?<![\p{L}\p{N}])(?!I(?!\p{L}))\p{Lu}/u.test(found)) || /^\p{Lu}{2}/u.test(found)) continue;
        isProtected ??= protectedStretches(text, { withNumbers: true });
        if (isProtected(span) || isInName(text, span) || isInEmphasis(text, span)) continue;
        const own = tokens.slice(first, last + 1);
        if (own.some((token) => taken.has(token))) continue;
        const replacement = form ? form(found.toLowerCase().replaceAll('’', "'").replace(/\s+/gu, ' ')) : right;
        if (replacement === undefined) continue;
        edits.push(placedEdit(text, span, replacement));
        for (const token of own) taken.add(token);
      }
    }
    return edits.sort((a, b) => a.start - b.start);
  });
}

function placedEdit(text: string, { start, end }: { start: number; end: number }, right: string): Edit {
  const found = text.slice(start, end);
  if (right === '_') {
    const blank = /^[ \t\n]+/u.exec(text.slice(end, end + 10))?.[0] ?? '';
    const next = text.charAt(end + blank.length);
    return /^\p{Lu}/u.test(found)
      ? { start, end: end + blank.length + 1, replacement: next.toUpperCase() }
      : { start, end: end + blank.length, replacement: '' };
  }
  const isCurly = /’/u.test(found) || (text.includes('’') && !text.includes("'"));
  const words = right.replace('$0', found);
  const curly = isCurly ? words.replaceAll("'", '’') : words;
  const isCapital = /^\p{Lu}/u.test(found) && !/^I(?!\p{L})/u.test(found);
  return { start, end, replacement: isCapital ? capitalized(curly) : curly };
}

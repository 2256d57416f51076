import { endsInAddress } from '../addresses.ts';
import { indentation } from '../indentation.ts';
import { blankLine, type LineReading, type LineState, lineLanguage, plainLine } from '../lineLanguage.ts';
import { scanInline } from '../markdown/inlineScan.ts';
import { initialPlainState, type PlainState, plainStep } from '../plainText.ts';
import type { CaretLine, TextLanguage } from '../textLanguage.ts';
import type { ZoneKind } from '../zone.ts';
import { type CodeLine, type CommentPart, type OpenPart, readCodeLine } from './codeLine.ts';
import type { CodeStyle } from './codeStyle.ts';
import { commentWords } from './commentWords.ts';

interface CodeState extends LineState {
  readonly open: OpenPart | undefined;
  /** the paragraphs and lists of the comment so far */
  readonly words: PlainState;
  /** an example of code within the comment */
  readonly example: 'none' | 'fence' | 'tag' | 'session';
  /** columns before the words of the comment's first line; undefined outside of comments */
  readonly base: number | undefined;
  /** the end of the last line that held program text */
  readonly above: string;
}

const initial: CodeState = {
  line: blankLine,
  headings: [],
  open: undefined,
  words: initialPlainState,
  example: 'none',
  base: undefined,
  above: '',
};
const noLabels: ReadonlySet<string> = new Set();
const rememberedChars = 40;

/** The comments of a programming language are words; all else is code. */
export const sourceCode = (style: CodeStyle): TextLanguage =>
  lineLanguage<CodeState>({
    initial,
    step: (state, line, start) => step(style, state, line, start),
    zone: (line, state) => zone(style, line, state),
    spans: (words) => scanInline(words, { labels: noLabels }).spans,
  });

function step(style: CodeStyle, state: CodeState, line: string, start: number): CodeState {
  const read = readCodeLine(style, line, state.open, state.above);
  const { comment } = read;
  const next = { ...state, open: read.open };
  if (start === 0 && line.startsWith('#!')) return { ...next, line: plainLine('comment', line, false) };
  if (comment === undefined || read.behind) {
    if (line.trim() === '' && state.open === undefined) return { ...outside(next), line: blankLine };
    const above = line.trim() === '' ? state.above : line.trimEnd().slice(-rememberedChars);
    return { ...outside(next), above, line: plainLine('code', line, state.line.kind === 'code') };
  }
  if (read.before) {
    const above = line.slice(0, comment.start).trimEnd().slice(-rememberedChars);
    return trailing({ ...outside(next), above }, line, comment);
  }
  const isNew =
    !comment.continues && !(comment.kind === 'line' && state.base !== undefined && state.open === undefined);
  return inComment(isNew ? outside(next) : next, line, { comment, start, read });
}

const outside = (state: CodeState): CodeState => ({
  ...state,
  words: initialPlainState,
  example: 'none',
  base: undefined,
});

interface Place {
  readonly comment: CommentPart;
  readonly start: number;
  readonly read: CodeLine;
}

/** A comment behind code: a paragraph of its own. */
function trailing(state: CodeState, line: string, comment: CommentPart): CodeState {
  const { from, to } = marksOff(line, comment);
  const words = commentWords(line.slice(from, to));
  if (words.kind !== 'words' || state.open !== undefined) return { ...state, line: plainLine('code', line, false) };
  const reading: LineReading = {
    ...plainLine('prose', line, false),
    contentStart: from + words.start,
    contentEnd: from + words.end,
  };
  return { ...state, line: reading };
}

function inComment(state: CodeState, line: string, { comment, start, read }: Place): CodeState {
  const { from, to } = marksOff(line, comment);
  const text = line.slice(from, to);
  const told = (kind: 'code' | 'comment' | 'markup', more: Partial<CodeState> = {}): CodeState => ({
    ...state,
    words: { ...state.words, line: blankLine },
    line: plainLine(kind, line, state.line.kind === kind),
    ...more,
  });
  if (text.trim() === '') {
    if (state.example === 'fence' || state.example === 'tag') return told('code');
    const isFrame = comment.kind === 'block' && (!comment.continues || read.open === undefined);
    if (isFrame && line.trim() !== '') return told('markup');
    return { ...state, words: plainStep(state.words, '', start), line: blankLine, example: 'none' };
  }
  const column = indentation(line.slice(0, from).replace(/[^\t]/gu, ' ') + text);
  const opensDocstring = read.open?.escapes === true && !comment.continues;
  const base = state.base ?? (opensDocstring ? indentation(line) : column);
  const words = commentWords(text);
  if (/^\s*(?:```|~~~)/u.test(text))
    return told('code', { base, example: state.example === 'fence' ? 'none' : 'fence' });
  if (state.example === 'fence') return told('code', { base });
  if (words.kind === 'example') return told('code', { base, example: 'tag' });
  if (state.example === 'session' || (state.example === 'tag' && words.kind !== 'tag')) return told('code', { base });
  if (/^\s*>>>/u.test(text)) return told('code', { base, example: 'session' });
  const isIndented =
    (column >= base + 4 || text.startsWith('\t')) && state.words.items.length === 0 && comment.kind === 'line';
  const above = state.line.kind;
  if (isIndented && (above === 'blank' || above === 'code')) return told('code', { base });
  if (words.kind === 'code' || words.kind === 'comment' || words.kind === 'markup') {
    return told(words.kind, { base, example: 'none' });
  }
  const inWords = plainStep(
    { ...afterTag(state.words, words.kind), endsInColon: true },
    ' '.repeat(from) + line.slice(from, to),
    start,
  );
  const isTag = words.start > text.length - text.trimStart().length;
  const reading: LineReading = {
    ...inWords.line,
    continues: inWords.line.continues && words.kind !== 'tag' && !isTag,
    contentStart: Math.max(inWords.line.contentStart, isTag ? from + words.start : 0),
    contentEnd: Math.min(inWords.line.contentEnd, from + words.end),
  };
  return { ...state, words: inWords, line: reading, base, example: 'none' };
}

/** A tag begins a paragraph of its own. */
const afterTag = (words: PlainState, kind: 'words' | 'tag'): PlainState =>
  kind === 'tag' ? { ...words, items: [], line: blankLine } : words;

/** Without the stars at the beginning of the line, further marks of the same kind, and what closes. */
function marksOff(line: string, { wordsStart, wordsEnd, kind, continues }: CommentPart): { from: number; to: number } {
  const text = line.slice(wordsStart, wordsEnd);
  const marks = kind === 'line' ? /^[-/!#;%'*]*(?:\s?[|^<](?=\s))?/u : continues ? /^\s*\*(?=\s|$)/u : /^[*!<|]*/u;
  const from = wordsStart + (marks.exec(text)?.[0].length ?? 0);
  let to = wordsEnd;
  if (kind === 'block') while (to > from && /[*\s]/u.test(line[to - 1]!)) to -= 1;
  return { from, to: Math.max(from, to) };
}

/** `@param`, the type behind it, `{@link …` that are being typed. */
const openTag = /^[@\\]\w*$|^[@\\]\w+[ \t]+\{(?:[^{}]|\{[^{}]*\})*(?:\{[^{}]*)?$|\{@\w*(?:[ \t][^{}]*)?$/u;

function zone(style: CodeStyle, caret: CaretLine, state: CodeState): ZoneKind {
  const { linePrefix } = caret;
  if (state === initial && linePrefix.startsWith('#!')) return 'code';
  const read = readCodeLine(style, linePrefix, state.open, state.above);
  const { comment } = read;
  const isOpen =
    comment !== undefined &&
    (comment.kind === 'block' ? read.open?.kind === 'comment' : comment.end === linePrefix.length);
  if (!isOpen) return 'code';
  if (endsInAddress(linePrefix.slice(comment.wordsStart))) return 'linkTarget';
  const words = linePrefix.slice(comment.wordsStart).trimStart();
  if (openTag.test(words.replace(/^[*/!]{1,3}[ \t]?/u, ''))) return 'directive';
  const { open } = scanInline(words, { labels: noLabels });
  if (open === 'markup' || open === 'linkTarget') return open;
  const after = step(
    style,
    state,
    `${linePrefix}${/\S\s*$/u.test(linePrefix.slice(comment.wordsStart)) ? '' : 'x'}`,
    0,
  );
  return after.line.kind === 'code' && !read.before ? 'code' : 'comment';
}

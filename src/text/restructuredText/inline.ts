import type { InlineSpan, SpanKind } from '../block.ts';
import { Closers } from '../closers.ts';
import { withAddresses } from '../withAddresses.ts';

export const spansOfWords = (words: string): InlineSpan[] => withAddresses(words, scanInline(words).spans);

export interface InlineScan {
  readonly spans: readonly InlineSpan[];
  /** what is not closed at the end of the words, and the offset behind its opener */
  readonly open: { readonly kind: SpanKind; readonly start: number } | undefined;
}

/** Roles whose text is read as text. All others name something or hold code. */
const proseRoles = /^(?:emphasis|strong|sub|sup|subscript|superscript|title|title-reference|abbr|i|b)$/u;
/** Closers: behind something, and before a blank, a bracket or a mark. */
const literalEnd = /(?<!\s)``(?=$|[\s'")\]}>\-/:.,;!?\\’”»])/gu;
const interpretedEnd = /(?<![\s\\])`(?:__?|:[\w.+-]{1,60}(?::[\w.+-]{1,60})?:)?(?=$|[\s'")\]}>\-/:.,;!?\\’”»])/gu;
const substitutionEnd = /(?<![\s\\])\|(?:__?)?(?=$|[\s'")\]}>\-/:.,;!?\\’”»])/gu;

/** Inline markup by docutils' rules of what may stand before an opener and behind a closer. Linear: see `Closers`. */
export function scanInline(words: string): InlineScan {
  const spans: InlineSpan[] = [];
  const literal = new Closers(words, literalEnd);
  const interpreted = new Closers(words, interpretedEnd);
  const substitution = new Closers(words, substitutionEnd);
  let open: InlineScan['open'];
  const opens = (kind: SpanKind, start: number) => {
    open ??= { kind, start };
  };
  marks.lastIndex = 0;
  for (let mark = marks.exec(words); mark; mark = marks.exec(words)) {
    const { 0: found, index } = mark;
    const behind = index + found.length;
    const add = (kind: SpanKind, start: number, end: number) => {
      if (end > start) spans.push({ kind, start, end });
      marks.lastIndex = end;
    };
    if (found.startsWith('\\')) continue;
    if (found === '``') {
      if (!mayOpen(words, index, behind)) continue;
      const end = literal.after(behind + 1);
      if (end) add('code', index, end.end);
      else opens('code', behind);
    } else if (found === '`') {
      const role = roleBefore(words, index);
      const from = index - (role?.length ?? 0);
      if (!mayOpen(words, from, behind)) continue;
      const end = interpreted.after(behind + 1);
      if (end) phrase(words, { from, behind, close: end.start, end: end.end, role }, add);
      else if (open === undefined) opens(openKind(words, behind, role), behind);
    } else if (found === '|') {
      if (!mayOpen(words, index, behind)) continue;
      const end = substitution.after(behind + 1);
      if (end) add('raw', index, end.end);
    } else add('citation', index, behind); // a reference: `name_`, `[1]_`
  }
  return { spans, open };
}

/** What may begin something, references that are whole, and escapes. */
const marks =
  /\\[\s\S]?|`{1,2}|\||\[(?:\d+|#[\w.-]{0,80}|\*|[\p{L}\p{N}][\w.-]{0,80})\]_(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}._+:`-])[\p{L}\p{N}](?:[\p{L}\p{N}]|[._+:-](?=[\p{L}\p{N}])){0,200}__?(?![\p{L}\p{N}_`])/gu;

/** An opener stands at the beginning or behind a blank, a bracket or a mark, and is followed by something. */
function mayOpen(words: string, index: number, behind: number): boolean {
  const next = words[behind];
  if (next !== undefined && /\s/u.test(next)) return false;
  return index === 0 || /[\s'"([{<\-/:‘“’«_]/u.test(words[index - 1]!);
}

const longestRole = 80;
function roleBefore(words: string, index: number): string | undefined {
  if (words[index - 1] !== ':') return undefined;
  return /:[\p{L}\p{N}][\p{L}\p{N}.+_-]{0,60}(?::[\p{L}\p{N}.+_-]{1,60}){0,2}:$/u.exec(
    words.slice(Math.max(0, index - longestRole), index),
  )?.[0];
}

interface Phrase {
  readonly from: number;
  readonly behind: number;
  /** offset of the closing backquote */
  readonly close: number;
  readonly end: number;
  readonly role: string | undefined;
}

/** `text <target>`_ and :role:`text`: a label is text, unless it is what is referred to. */
function phrase(
  words: string,
  { from, behind, close, end, role }: Phrase,
  add: (kind: SpanKind, start: number, end: number) => void,
): void {
  const name = role?.slice(1, -1) ?? /^`:(.*):$/u.exec(words.slice(close, end))?.[1];
  const text = words.slice(behind, close);
  const target = text.endsWith('>') ? text.lastIndexOf('<') : -1;
  if (name === 'math') add('math', from, end);
  else if (target > 0 && (name !== undefined || words.endsWith('_', end))) {
    add('link', from, behind);
    const label = behind + text.slice(0, target).trimEnd().length;
    add('target', label, end);
  } else if (name !== undefined && proseRoles.test(name)) {
    add('raw', from, behind);
    add('raw', close, end);
  } else add(name === undefined && words[end - 1] === '_' ? 'citation' : 'code', from, end);
}

function openKind(words: string, behind: number, role: string | undefined): SpanKind {
  if (role === ':math:') return 'math';
  if (words.includes(' <', behind)) return 'target';
  if (role === undefined) return 'link';
  return proseRoles.test(role.slice(1, -1)) ? 'raw' : 'citation';
}

import { type Block, type Container, holdsSentences, type TextReading } from '../../../text/block.ts';
import { type GrammarName, isProgramText, ofGrammar } from '../../../text/languages.ts';
import { type Span, spansAmong } from '../../../text/span.ts';
import { type Dialect, dialectOf } from '../text/dialect.ts';
import { isEmpty } from '../text/reading.ts';
import type { Edit } from '../wordChanges.ts';

/**
 * Numbers the items of the lists of a text, or gives them bullets instead of numbers. Words, levels and task boxes stay;
 * what stands below an item moves along with its words. Lists that are as wanted stay.
 */
export function listMarkEdits(reading: TextReading, ordered: boolean): Edit[] {
  if (isProgramText(reading.languageId)) return [];
  const { mark } = dialectOf(reading.languageId);
  return mark ? markEdits(reading, ordered, mark) : elementEdits(reading, ordered);
}

/** The items of one level, from the first one of a list on. */
interface Level {
  readonly count: number;
  readonly isRemarked: boolean;
}

/** A mark that changed, and by how much the words behind it moved to the right. */
interface Remarked {
  readonly edit: Edit;
  readonly shift: number;
}

const itemMark = /(?:[-+•–]|\*{1,9}|\.{1,9}|#\.|\d{1,9}[.)]|[a-zA-Z][.)])(?=\s|$)/uy;
/** Here the mark says how deep an item stands: below one that changes, all do. */
const marksTellDepth: Readonly<Partial<Record<GrammarName, boolean>>> = { asciidoc: true };

function markEdits(reading: TextReading, ordered: boolean, markOf: NonNullable<Dialect['mark']>): Edit[] {
  const byDepth = ofGrammar(marksTellDepth, reading.languageId) === true;
  const levels: Level[] = [];
  const begun = new Set<number>();
  const remarked = new Map<number, Remarked>();
  const edits: Edit[] = [];
  const rigid = new Set(reading.blocks.filter(isNoText).flatMap((block) => itemsOf(block).map(({ start }) => start)));
  for (const block of reading.blocks) {
    if (isEmpty(reading, block) && !block.opensItem) continue;
    const items = itemsOf(block);
    levels.length = Math.min(levels.length, items.length);
    for (const [depth, item] of items.entries()) {
      if (begun.has(item.start) || item.start < 0) continue;
      begun.add(item.start);
      levels.length = Math.min(levels.length, depth + 1);
      const mark = markAt(reading.text, item.start);
      if (mark === undefined) continue;
      const above = levels[depth];
      const isRemarked =
        item.ordered !== ordered ||
        (ordered && above?.isRemarked === true) ||
        (byDepth && levels.slice(0, depth).some((level) => level.isRemarked));
      const count = isRemarked ? (above?.count ?? 0) + 1 : Number.parseInt(mark, 10) || (above?.count ?? 0) + 1;
      levels[depth] = { count, isRemarked };
      if (!isRemarked) continue;
      const written = markOf({ ordered, number: count, depth });
      const after = rigid.has(item.start) ? written.padEnd(mark.length) : written;
      remarked.set(item.start, remark(reading.text, item.start, mark, after));
    }
    for (const edit of shiftedLines(reading, block, remarked)) edits.push(edit);
  }
  return [...edits, ...[...remarked.values()].map(({ edit }) => edit)].sort((a, b) => a.start - b.start);
}

/** Its lines stay where they are behind a shorter mark. */
const isNoText = (block: Block): boolean => !holdsSentences(block);

const itemsOf = ({ containers }: Block): Container[] => containers.filter(({ kind }) => kind === 'listItem');

function markAt(text: string, start: number): string | undefined {
  itemMark.lastIndex = start;
  return itemMark.exec(text)?.[0];
}

/** Blanks behind a longer mark are used up before the words move; a tab keeps them in their column. */
function remark(text: string, start: number, before: string, after: string): Remarked {
  const end = start + before.length;
  const blanks = /^[ \t]*/u.exec(text.slice(end, end + 10))![0];
  const growth = after.length - before.length;
  const used = blanks.includes('\t') ? 0 : Math.min(Math.max(0, growth), Math.max(0, blanks.length - 1));
  const shift = blanks.includes('\t') ? 0 : growth - used;
  return { edit: { start, end: end + used, replacement: after }, shift };
}

/** The lines of a block that stand below a mark which became longer or shorter. */
function shiftedLines({ text }: TextReading, block: Block, remarked: ReadonlyMap<number, Remarked>): Edit[] {
  const moved = block.containers.filter(({ start }) => (remarked.get(start)?.shift ?? 0) !== 0);
  if (moved.length === 0) return [];
  const firstItem = block.containers.findIndex(({ kind }) => kind === 'listItem');
  const quotes = block.containers.slice(0, firstItem).filter(({ kind }) => kind === 'quote').length;
  const edits: Edit[] = [];
  let start = text.lastIndexOf('\n', Math.max(0, block.start - 1)) + 1;
  for (const line of text.slice(start, block.end).split('\n')) {
    const lineStart = start;
    start += line.length + 1;
    const shift = moved
      .filter((item) => item.start < lineStart)
      .reduce((sum, item) => sum + remarked.get(item.start)!.shift, 0);
    if (shift === 0 || line.trim() === '') continue;
    const lead = new RegExp(`^(?:[ \\t]*>[ ]?){0,${quotes}}`, 'u').exec(line)![0];
    const at = lineStart + lead.length;
    const blanks = /^ */u.exec(line.slice(lead.length))![0].length;
    edits.push({
      start: at,
      end: at + Math.min(blanks, Math.max(0, -shift)),
      replacement: ' '.repeat(Math.max(0, shift)),
    });
  }
  return edits;
}

const names = { latex: ['itemize', 'enumerate'], html: ['ul', 'ol'] } as const;
const elements: Readonly<
  Partial<Record<GrammarName, { readonly mark: RegExp; readonly names: readonly [string, string] }>>
> = {
  latex: { mark: /(?<!(?<!\\)%[^\n]{0,500})\\(begin|end)\{(itemize|enumerate)(?=\*?\})/gu, names: names.latex },
  html: { mark: /<(\/?)(ul|ol)(?=[\s>])/giu, names: names.html },
};
const untouched: ReadonlySet<string> = new Set(['code', 'math', 'comment', 'frontMatter']);

/** Lists whose kind is said by what opens and closes them. */
function elementEdits(reading: TextReading, ordered: boolean): Edit[] {
  const found = ofGrammar(elements, reading.languageId);
  if (!found) return [];
  const [unordered, numbered] = found.names;
  const [from, to] = ordered ? [unordered, numbered] : [numbered, unordered];
  const open: Span[] = [];
  const edits: Edit[] = [];
  for (const match of reading.text.matchAll(found.mark)) {
    const name = match[2]!;
    const start = match.index + match[0].length - name.length;
    const place = { start, end: start + name.length };
    if (isCode(reading, place)) continue;
    const closes = match[1] === '/' || match[1] === 'end';
    if (!closes) open.push(place);
    const opener = closes ? open.pop() : undefined;
    if (!opener || name.toLowerCase() !== from) continue;
    if (reading.text.slice(opener.start, opener.end).toLowerCase() !== from) continue;
    const isList = spansAmong(reading.blocks, { start: opener.start, end: start }).some(
      ({ kind }) => kind === 'listItem',
    );
    if (isList) edits.push(...[opener, place].map((each) => ({ ...each, replacement: to })));
  }
  return edits.sort((a, b) => a.start - b.start);
}

function isCode(reading: TextReading, place: Span): boolean {
  const block = spansAmong(reading.blocks, place)[0];
  return (
    block === undefined ||
    untouched.has(block.kind) ||
    spansAmong(reading.spansOf(block), place).some(({ kind }) => untouched.has(kind))
  );
}

import type { Span } from '../../text/span.ts';
import type { DocumentText } from './passage.ts';
import type { PlacedChange } from './proposalSession.ts';

/** The lines that a proposal changes, with a few around them, as one text that holds what goes and what comes. */
export interface ChangedPart {
  readonly text: string;
  /** offsets into `text`, in order */
  readonly removed: readonly Span[];
  readonly added: readonly Span[];
  /** whole lines that stand there twice: as they were, and below as they would be */
  readonly oldLines: readonly Span[];
  readonly newLines: readonly Span[];
  /** lines that stand for lines of the document that are not shown */
  readonly gaps: readonly Span[];
  /** where each change stands in `text`, what goes and what comes together */
  readonly places: readonly (Span & { readonly change: PlacedChange })[];
}

/** Lines around a change: enough to know where one is. */
const contextLines = 2;
const contextChars = 600;
/** A line with so many changes, which make up so much of it, is read more easily before and after. */
const manyChanges = 3;
const largeShare = 0.4;
const gapLine = '⋯';

/** @param places of the passages that the changes belong to; shown where there is no change yet */
export function changedPart(
  document: DocumentText,
  places: readonly Span[],
  changes: readonly PlacedChange[],
): ChangedPart {
  const text = document.whole();
  const writer = new PartWriter(text);
  const areas = areasOf(text, changes.length > 0 ? changes : places);
  for (const [index, area] of areas.entries()) {
    if (area.start > 0) writer.gap(index > 0);
    writer.area(
      area,
      changes.filter(({ start, end }) => start >= area.start && end <= area.end),
    );
  }
  if ((areas.at(-1)?.end ?? 0) < text.trimEnd().length) writer.gap(true);
  return writer.part();
}

/** The change that stands at an offset of the part, else the next one, else the last. */
export const changeInPart = ({ places }: Pick<ChangedPart, 'places'>, offset: number): PlacedChange | undefined =>
  (places.find(({ end }) => offset <= end) ?? places.at(-1))?.change;

/** Stretches of whole lines around the spans; those that meet are one. */
function areasOf(text: string, spans: readonly Span[]): Span[] {
  const areas: { start: number; end: number }[] = [];
  for (const span of spans) {
    const area = { start: contextStart(text, span.start), end: contextEnd(text, span.end) };
    const last = areas.at(-1);
    if (last && area.start <= last.end + '\r\n'.length) last.end = Math.max(last.end, area.end);
    else areas.push(area);
  }
  return areas;
}

function contextStart(text: string, from: number): number {
  let start = lineStart(text, from);
  for (let n = 0; n < contextLines && start > 0; n++) {
    const above = lineStart(text, start - 1);
    if (from - above > contextChars) break;
    start = above;
  }
  return start;
}

function contextEnd(text: string, from: number): number {
  let end = lineEnd(text, from);
  for (let n = 0; n < contextLines && end < text.length; n++) {
    const below = lineEnd(text, text.indexOf('\n', end) + 1);
    if (below - from > contextChars) break;
    end = below;
  }
  return text.slice(end).trimEnd() === '' ? text.length : end;
}

const lineStart = (text: string, offset: number) => (offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1);

function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  const end = newline < 0 ? text.length : newline;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

/** Changes that share lines, and those lines. */
interface Stretch extends Span {
  readonly changes: PlacedChange[];
}

function stretchesOf(text: string, changes: readonly PlacedChange[]): Stretch[] {
  const stretches: { start: number; end: number; changes: PlacedChange[] }[] = [];
  for (const change of changes) {
    const start = lineStart(text, change.start);
    const end = lineEnd(text, change.end);
    const last = stretches.at(-1);
    if (last && start <= last.end) {
      last.end = Math.max(last.end, end);
      last.changes.push(change);
    } else stretches.push({ start, end, changes: [change] });
  }
  return stretches;
}

/** True where the lines as they were and as they would be are clearer than marks between the words. */
function isShownTwice({ start, end, changes }: Stretch): boolean {
  const replaces = ({ original, replacement }: PlacedChange) => original !== '' && replacement !== '';
  if (changes.some((change) => replaces(change) && /[\r\n]/u.test(change.original + change.replacement))) return true;
  const changed = changes.reduce((sum, { original, replacement }) => sum + original.length + replacement.length, 0);
  return changes.length > manyChanges && changed > largeShare * (end - start);
}

class PartWriter {
  readonly #document: string;
  readonly #lineEnd: string;
  readonly #removed: Span[] = [];
  readonly #added: Span[] = [];
  readonly #oldLines: Span[] = [];
  readonly #newLines: Span[] = [];
  readonly #gaps: Span[] = [];
  readonly #places: (Span & { readonly change: PlacedChange })[] = [];
  #text = '';

  constructor(document: string) {
    this.#document = document;
    this.#lineEnd = document.includes('\r\n') ? '\r\n' : '\n';
  }

  gap(isBelow: boolean): void {
    if (isBelow) this.#write(this.#lineEnd);
    this.#gaps.push(this.#write(gapLine));
    if (!isBelow) this.#write(this.#lineEnd);
  }

  area({ start, end }: Span, changes: readonly PlacedChange[]): void {
    if (this.#text !== '' && !this.#text.endsWith('\n')) this.#write(this.#lineEnd);
    let at = start;
    for (const stretch of stretchesOf(this.#document, changes)) {
      this.#write(this.#document.slice(at, stretch.start));
      if (isShownTwice(stretch)) this.#twice(stretch);
      else this.#once(stretch);
      at = stretch.end;
    }
    this.#write(this.#document.slice(at, end));
  }

  part(): ChangedPart {
    return {
      text: this.#text,
      removed: this.#removed,
      added: this.#added,
      oldLines: this.#oldLines,
      newLines: this.#newLines,
      gaps: this.#gaps,
      places: this.#places,
    };
  }

  #once({ start, end, changes }: Stretch): void {
    let at = start;
    for (const change of changes) {
      this.#write(this.#document.slice(at, change.start));
      const gone = this.#write(change.original);
      const come = this.#write(change.replacement);
      if (gone.start < gone.end) this.#removed.push(gone);
      if (come.start < come.end) this.#added.push(come);
      this.#places.push({ start: gone.start, end: come.end, change });
      at = change.end;
    }
    this.#write(this.#document.slice(at, end));
  }

  #twice({ start, end, changes }: Stretch): void {
    const from = this.#text.length;
    this.#removed.push(...this.#side({ start, end }, changes, ({ original }) => original));
    const middle = this.#text.length;
    this.#oldLines.push({ start: from, end: middle });
    this.#write(this.#lineEnd);
    const come = this.#side({ start, end }, changes, ({ replacement }) => replacement);
    this.#added.push(...come.filter((span) => span.start < span.end));
    this.#newLines.push({ start: middle + this.#lineEnd.length, end: this.#text.length });
    for (const [index, span] of come.entries()) this.#places.push({ ...span, change: changes[index]! });
  }

  /** Writes lines with one side of their changes. @returns where the changes stand */
  #side({ start, end }: Span, changes: readonly PlacedChange[], side: (change: PlacedChange) => string): Span[] {
    let at = start;
    const spans = changes.map((change) => {
      this.#write(this.#document.slice(at, change.start));
      at = change.end;
      return this.#write(side(change));
    });
    this.#write(this.#document.slice(at, end));
    return spans;
  }

  #write(text: string): Span {
    const start = this.#text.length;
    this.#text += text;
    return { start, end: this.#text.length };
  }
}

/** More than a few would make a text of two texts. */
const maxChanges = 40;

export interface Room {
  readonly lineAt: (offset: number) => number;
  /** characters that the editor puts between the words of one line before it cuts them off */
  readonly maxCharsPerLine: number;
}

/** True when changes can be shown between the words of the text: short ones that put no line breaks in. */
export function fitsInPlace(changes: readonly PlacedChange[], { lineAt, maxCharsPerLine }: Room): boolean {
  if (changes.length > maxChanges) return false;
  const chars = new Map<number, number>();
  for (const { end, replacement } of changes) {
    if (/[\r\n]/u.test(replacement)) return false;
    const line = lineAt(end);
    const inLine = (chars.get(line) ?? 0) + replacement.length;
    if (inLine > maxCharsPerLine) return false;
    chars.set(line, inLine);
  }
  return true;
}

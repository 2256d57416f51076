import { languageFor } from './grammars.ts';
import type { CaretLine, CaretScan, Heading } from './textLanguage.ts';
import type { ZoneKind } from './zone.ts';

/** What names a document: its identity and the editor's language id. */
export interface DocumentKey {
  readonly documentId: string;
  readonly languageId: string;
}

/** Longer lines are data rather than text: they are not read at a keystroke, and nobody asks where they begin. */
export const maxLineChars = 20_000;

/** Documents whose scans are kept; each keeps one copy of its text alive. */
const maxScans = 4;

/** Tells in which zone a caret stands and under which headings a text stands. */
export class CaretReader {
  /** in the order of use, the latest last */
  readonly #scans = new Map<string, CaretScan>();

  /**
   * @param prefix the document up to the caret
   * @param suffix the document behind the caret
   */
  zoneAt(document: DocumentKey, prefix: string, line: CaretLine, suffix = ''): ZoneKind {
    if (lineStartIn(prefix) === undefined) return 'code';
    return this.#scanOf(document).zoneAt(prefix, line, suffix);
  }

  /** The headings, outermost first, that enclose the line of `offset`. */
  headingsAt(document: DocumentKey, prefix: string, offset: number): readonly Heading[] {
    if (lineStartIn(prefix, offset) === undefined) return [];
    return this.#scanOf(document).headingsAt(prefix, offset);
  }

  #scanOf({ documentId, languageId }: DocumentKey): CaretScan {
    const key = `${languageId}\n${documentId}`;
    const scan = this.#scans.get(key) ?? languageFor(languageId).caretScan();
    this.#scans.delete(key);
    this.#scans.set(key, scan);
    if (this.#scans.size > maxScans) this.#scans.delete(this.#scans.keys().next().value!);
    return scan;
  }
}

/** Where the line of an offset begins; undefined: too far before it. */
export function lineStartIn(text: string, offset = text.length): number | undefined {
  const from = Math.max(0, offset - maxLineChars - 1);
  const start = from + text.slice(from, offset).lastIndexOf('\n') + 1;
  return offset - start > maxLineChars ? undefined : start;
}

/** Where the first line ends, at a line feed or the text's end; undefined: too far behind. */
export function firstLineEndIn(text: string): number | undefined {
  const lineFeed = text.slice(0, maxLineChars + 1).indexOf('\n');
  if (lineFeed >= 0) return lineFeed;
  return text.length > maxLineChars ? undefined : text.length;
}

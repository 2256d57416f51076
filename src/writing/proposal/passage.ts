import type { TextChange } from '../completion/textChange.ts';
import type { Change } from '../selection/selectionAction.ts';
import { applyEdits, type Edit } from '../selection/wordChanges.ts';

/** A change that is neither accepted nor rejected yet; its offsets are into the passage's text of now. */
export interface OpenChange extends Change {
  /** unique within the session */
  readonly id: number;
}

/** Where a document's text can be looked at, as it is now. */
export interface DocumentText {
  slice(start: number, end: number): string;
  whole(): string;
}

/** What the passage reads as, and what is still proposed for it then. */
interface State {
  readonly text: string;
  readonly changes: readonly OpenChange[];
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * A stretch of a document with proposed changes. It follows its place while the document is edited elsewhere, and knows
 * by its text alone in which state it is: what accepting changes leads to is written down as a further state before the
 * document is edited, so that the edit itself, its undo and its redo are all recognized alike. A text that belongs to no
 * state makes it stale, until an undo brings one back. Nothing in here edits a document.
 */
export class Passage {
  #place: Place;
  /** all that the passage may read as; at least one, the newest last */
  readonly #states: State[];
  /** the state that the document is in, or was in before somebody edited the passage */
  #current = 0;
  #condition: 'current' | 'edited' | 'lost' = 'current';

  /** @param start UTF-16 offset of `text` in the document */
  constructor(start: number, text: string) {
    this.#place = { start, end: start + text.length };
    this.#states = [{ text, changes: [] }];
  }

  /** UTF-16 offsets into the document of now. */
  get start(): number {
    return this.#place.start;
  }

  get end(): number {
    return this.#place.end;
  }

  /** What the document is expected to hold here. */
  get text(): string {
    return this.#state.text;
  }

  /** In order, without overlap. */
  get changes(): readonly OpenChange[] {
    return this.#state.changes;
  }

  /** True when somebody edited the passage itself: nothing can be applied then. */
  get isStale(): boolean {
    return this.#condition !== 'current';
  }

  /** The passage with all open changes made. */
  get proposedText(): string {
    return applyEdits(this.text, this.changes);
  }

  /** Takes the place of whatever was proposed before. */
  propose(changes: readonly OpenChange[]): void {
    this.#states[this.#current] = { text: this.text, changes };
  }

  /** The text stays as it is; the changes are not proposed any more. */
  reject(ids: ReadonlySet<number>): void {
    this.propose(this.changes.filter(({ id }) => !ids.has(id)));
  }

  /**
   * What has to be done to the document to accept changes; they count as accepted once the document has changed so.
   * @returns edits in the document's offsets, in order; empty while the passage is stale
   */
  accept(ids: ReadonlySet<number>): Edit[] {
    if (this.isStale) return [];
    const accepted = this.changes.filter(({ id }) => ids.has(id));
    if (accepted.length === 0) return [];
    this.#states.push({ text: applyEdits(this.text, accepted), changes: rebase(this.changes, ids) });
    return accepted.map(({ start, end, replacement }) => ({
      start: this.start + start,
      end: this.start + end,
      replacement,
    }));
  }

  /** Follows edits of the document, in the order in which they were made. */
  follow(edits: readonly TextChange[], document: DocumentText): void {
    // What was put in exactly at a border belongs to the passage only if it is the passage's own change.
    const outer = moved(this.#place, edits, true);
    const inner = moved(this.#place, edits, false);
    if (this.#condition === 'lost' || !outer || !inner) {
      this.#findAgain(document);
    } else if (![outer, inner].some((place) => this.#settle(place, document.slice(place.start, place.end)))) {
      this.#place = inner;
      this.#condition = 'edited';
    }
  }

  get #state(): State {
    return this.#states[this.#current]!;
  }

  /** True when `text`, which stands at `place`, is that of a state. */
  #settle(place: Place, text: string): boolean {
    const index = this.text === text ? this.#current : this.#states.findLastIndex((state) => state.text === text);
    if (index < 0) return false;
    this.#place = place;
    this.#current = index;
    this.#condition = 'current';
    return true;
  }

  /** Text around the place was replaced as a whole, as formatters and reverts do: it may stand there unchanged. */
  #findAgain(document: DocumentText): void {
    const whole = document.whole();
    const { text } = this;
    const start = whole.indexOf(text);
    const isUnique = text !== '' && start >= 0 && whole.indexOf(text, start + 1) < 0;
    if (isUnique) this.#settle({ start, end: start + text.length }, text);
    else this.#condition = 'lost';
  }
}

/** Where a place is after edits; undefined when one of them crosses its border. */
function moved(place: Place, edits: readonly TextChange[], takesBorders: boolean): Place | undefined {
  let { start, end } = place;
  for (const { rangeOffset: from, rangeLength, text } of edits) {
    const to = from + rangeLength;
    const growth = text.length - rangeLength;
    const isInside = from >= start && to <= end;
    const isAtBorder = rangeLength === 0 && (from === start || from === end);
    if (isInside && (!isAtBorder || takesBorders)) end += growth;
    else if (to <= start) {
      start += growth;
      end += growth;
    } else if (from < end) return undefined;
  }
  return { start, end };
}

/** The changes that remain, in the offsets of the text in which the others have been made. */
function rebase(changes: readonly OpenChange[], accepted: ReadonlySet<number>): OpenChange[] {
  let shift = 0;
  const remaining: OpenChange[] = [];
  for (const change of changes) {
    if (accepted.has(change.id)) shift += change.replacement.length - (change.end - change.start);
    else remaining.push({ ...change, start: change.start + shift, end: change.end + shift });
  }
  return remaining;
}

import type { Outcome, SuggestionPlace } from '../../protocol/usagePage.ts';
import { caretOf } from '../completion/caret.ts';
import { kindOf } from '../completion/gate.ts';
import { endsUnspaced, nextWord, startsUnspaced } from '../completion/segment.ts';
import { readingMs, type ShownSuggestion, type TextChange, type Verdict } from '../completion/textChange.ts';
import { type CountedWhere, minus, type UsageCounts } from './usageCounts.ts';

/** More takes are not remembered to be undone. */
const mostUndoable = 50;

/** One suggestion as a writer sees it: from its coming to its end, however often the editor has asked for its rest. */
interface Seen {
  readonly where: CountedWhere;
  readonly sinceMs: number;
  readonly firstId: number;
  /** what has not been taken or typed yet, and where */
  rest: ShownSuggestion;
  /** characters of takes that stand */
  readonly takes: number[];
  /** what was typed by hand as suggested */
  typed: string;
  /** of the first word, with the blanks before it, in UTF-16 units */
  readonly firstWord: number;
  /** how many takes are undone */
  undone: number;
  /** the last piece was taken, not typed */
  endsTaken: boolean;
  end?: 'passedOver' | 'left' | 'unread';
  /** what was said of it so far */
  counted: UsageCounts;
}

/** A take, as it lies in a document: undoing it takes it out, and redoing it puts it back. */
export interface Take {
  readonly documentId: string;
  readonly offset: number;
  readonly text: string;
}

interface SeenTake extends Take {
  readonly seen: Seen;
}

/** The change that was judged last, for a command that tells more about it. */
interface LastChange extends SeenTake {
  readonly wasTake: boolean;
}

/**
 * Counts what becomes of suggestions. Every one is counted once, when it ends, on the day on which it came, with exactly
 * one outcome; what becomes known later (an undo, a command that tells that one letter was taken) corrects that.
 */
export class SuggestionTally {
  readonly #count: (where: CountedWhere, counts: UsageCounts) => void;
  #seen: Seen | undefined;
  #last: LastChange | undefined;
  readonly #undoable: SeenTake[] = [];
  readonly #redoable: SeenTake[] = [];

  /** @param count adds counts; corrections are negative */
  constructor(count: (where: CountedWhere, counts: UsageCounts) => void) {
    this.#count = count;
  }

  /**
   * The editor was given a suggestion. One that only goes on with what stands there is no new one.
   * @param where asked for when it is new
   * @param atMs of a clock that never goes back
   */
  shown(suggestion: ShownSuggestion, where: () => CountedWhere, atMs: number): void {
    const seen = this.#seen;
    if (seen && isSame(seen.rest, suggestion)) {
      seen.rest = suggestion;
      return;
    }
    this.left(atMs);
    const { id: firstId, text } = suggestion;
    const firstWord = nextWord(text).replace(/\p{P}{1,4}$/u, '').length;
    const fresh = { takes: [], typed: '', undone: 0, endsTaken: false, counted: {} };
    this.#seen = { where: where(), sinceMs: atMs, firstId, rest: suggestion, firstWord, ...fresh };
  }

  /** Text before the suggestion was changed: it stands so much further on. */
  moved(by: number): void {
    if (this.#seen) this.#seen.rest = { ...this.#seen.rest, offset: this.#seen.rest.offset + by };
  }

  /**
   * A change was made while the suggestion stood.
   * @param inserted what the change put in its place
   * @returns what was taken of it
   */
  changed(verdict: Verdict, inserted: string, atMs: number): Take | undefined {
    const seen = this.#seen;
    if (!seen) return undefined;
    const { documentId, offset, text } = seen.rest;
    const change = { documentId, offset, text: inserted, seen };
    const wasTake = verdict.kind === 'acceptedAll' || verdict.kind === 'acceptedPart';
    this.#last = { ...change, wasTake };
    if (verdict.kind !== 'unrelated') this.#redoable.length = 0;
    if (verdict.kind === 'rejected' || verdict.kind === 'unrelated') {
      this.#end(verdict.kind === 'rejected' ? 'passedOver' : 'left', atMs);
      return undefined;
    }
    const chars = verdict.kind === 'acceptedAll' ? text.length : verdict.chars;
    seen.rest = { ...seen.rest, offset: offset + inserted.length, text: text.slice(chars) };
    seen.endsTaken = wasTake;
    if (wasTake) this.#take(change);
    else seen.typed += inserted;
    if (seen.rest.text.trim() === '') this.#end('passedOver', atMs);
    return wasTake ? change : undefined;
  }

  /**
   * The editor says that all of a suggestion was taken by the last change: also one letter, which looks as if it were
   * typed, and another suggestion of several.
   * @param id of the suggestion, as the editor was given it
   * @returns what was taken, if that was not known yet
   */
  accepted(id: number): Take | undefined {
    const last = this.#last;
    if (!last || id < last.seen.firstId) return undefined;
    if (this.#seen && this.#seen !== last.seen && id >= this.#seen.firstId) return undefined;
    const { seen } = last;
    this.#last = undefined;
    seen.rest = { ...seen.rest, text: '' };
    seen.endsTaken = true;
    if (!last.wasTake) this.#take(last);
    if (this.#seen === seen) this.#end('left', seen.sinceMs);
    else this.#recount(seen);
    return last.wasTake ? undefined : last;
  }

  /** The blank at the end of the last take does not stay: no key was saved by it. */
  blankWithdrawn(): void {
    const take = this.#undoable.at(-1);
    if (!take) return;
    take.seen.takes.push(take.seen.takes.pop()! - 1);
    this.#recount(take.seen);
  }

  /** An undo or a redo: takes that it takes out are given back, those that it puts in count again. */
  undone(documentId: string, changes: readonly TextChange[]): void {
    for (const { rangeOffset, rangeLength, text } of changes) {
      const removes = (take: Take | undefined): boolean =>
        take?.documentId === documentId &&
        text === '' &&
        rangeOffset <= take.offset &&
        rangeOffset + rangeLength >= take.offset + take.text.length;
      while (removes(this.#undoable.at(-1))) {
        const take = this.#undoable.pop()!;
        take.seen.takes.pop();
        take.seen.undone += 1;
        this.#redoable.push(take);
        this.#recount(take.seen);
      }
      const again = this.#redoable.at(-1);
      if (again?.documentId === documentId && again.offset === rangeOffset && again.text === text) {
        this.#redoable.pop();
        again.seen.undone -= 1;
        this.#take(again);
        this.#recount(again.seen);
      }
    }
  }

  /**
   * A change that replaces what the last one put in: an input method composes letters into characters. What looked like
   * other words at the first letter may turn out to be what was suggested.
   */
  composed(documentId: string, changes: readonly TextChange[]): void {
    const last = this.#last;
    const [change] = changes;
    if (!last || !change || changes.length > 1 || last.documentId !== documentId || last.text === '') return;
    if (change.rangeOffset !== last.offset || change.rangeLength !== last.text.length) return;
    const { seen } = last;
    const { rest } = seen;
    this.#last = { ...last, text: change.text };
    if (seen.end === undefined || change.text === '' || rest.offset !== last.offset) return;
    if (this.#seen || !rest.text.startsWith(change.text)) return;
    delete seen.end;
    this.#seen = seen;
    this.#recount(seen);
    seen.typed += change.text;
    seen.endsTaken = false;
    seen.rest = { ...rest, offset: rest.offset + change.text.length, text: rest.text.slice(change.text.length) };
    if (seen.rest.text === '') this.#end('passedOver', seen.sinceMs);
  }

  /** The caret went away from the suggestion, or it went for any other reason. */
  left(atMs: number): void {
    if (this.#seen) this.#end('left', atMs);
  }

  /** What was counted is forgotten: nothing of it is to be corrected. */
  forget(): void {
    this.#seen = undefined;
    this.#last = undefined;
    this.#undoable.length = 0;
    this.#redoable.length = 0;
  }

  #take({ documentId, offset, text, seen }: SeenTake): void {
    seen.takes.push([...text].length);
    this.#undoable.push({ documentId, offset, text, seen });
    if (this.#undoable.length > mostUndoable) this.#undoable.shift();
  }

  #end(how: 'passedOver' | 'left', atMs: number): void {
    const seen = this.#seen!;
    this.#seen = undefined;
    seen.end = atMs - seen.sinceMs < readingMs ? 'unread' : how;
    this.#recount(seen);
  }

  #recount(seen: Seen): void {
    const outcome = outcomeOf(seen);
    const characters = seen.takes.reduce((sum, chars) => sum + chars, 0);
    const taken = characters > 0 ? { takes: seen.takes.length, characters } : {};
    const counts: UsageCounts = outcome ? { [outcome]: 1, ...taken } : {};
    const difference = Object.entries(minus(counts, seen.counted)).filter(([, count]) => count !== 0);
    seen.counted = counts;
    if (difference.length > 0) this.#count(seen.where, Object.fromEntries(difference));
  }
}

/** undefined while it stands */
function outcomeOf({ end, takes, undone, typed, firstWord, rest, endsTaken }: Seen): Outcome | undefined {
  if (end === undefined) return undefined;
  if (takes.length > 0) return rest.text === '' && endsTaken && undone === 0 ? 'takenWhole' : 'takenPart';
  if (undone > 0) return 'takenBack';
  return typed.length >= firstWord && typed !== '' ? 'typedSame' : end;
}

/** The one stands where the other does, and one is the beginning of the other. */
const isSame = (rest: ShownSuggestion, next: ShownSuggestion): boolean =>
  rest.documentId === next.documentId &&
  rest.offset === next.offset &&
  (next.text.startsWith(rest.text) || rest.text.startsWith(next.text));

/**
 * Where in the flow of words a suggestion stands.
 * @param before the text left of the caret, some lines of it
 */
export function suggestionPlace(before: string, text: string): SuggestionPlace {
  if (endsUnspaced(before) && startsUnspaced(text)) return 'unspaced';
  return kindOf(caretOf({ prefix: before, suffix: '' }).place, text);
}

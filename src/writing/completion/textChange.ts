import type { CaretRequest } from './completionRequest.ts';

/** A suggestion that went sooner than this had hardly been read: it was not rejected. */
export const readingMs = 300;

/** One replaced range of a document, as plain data; the editor's `TextDocumentContentChangeEvent` fits. */
export interface TextChange {
  /** UTF-16 code units from the start of the document, before the change */
  readonly rangeOffset: number;
  /** UTF-16 code units taken out */
  readonly rangeLength: number;
  /** put in their place */
  readonly text: string;
}

export type KindOfEdit = NonNullable<CaretRequest['lastEdit']>;

/** @param isUndoOrRedo whether the editor gave a reason for the change; it names nothing but undo and redo */
export function kindOfEdit(changes: readonly TextChange[], isUndoOrRedo: boolean): KindOfEdit {
  if (isUndoOrRedo) return 'undo';
  return changes.every((change) => change.text === '') ? 'delete' : 'insert';
}

/** A suggestion that the editor was given and, as far as we can know, shows. */
export interface ShownSuggestion {
  /** unique within a run of the extension */
  readonly id: number;
  readonly documentId: string;
  /** where its text would be inserted, in UTF-16 code units from the start of the document */
  readonly offset: number;
  readonly text: string;
}

/**
 * Parts the changes of one edit: those at the place of a suggestion, and how far the others, which stand before it, move it.
 */
export function changesAt(
  offset: number,
  changes: readonly TextChange[],
): { readonly here: readonly TextChange[]; readonly movedBy: number } {
  const endOf = ({ rangeOffset, rangeLength }: TextChange) => rangeOffset + rangeLength;
  const here = changes.filter((change) => change.rangeOffset <= offset && endOf(change) >= offset);
  const before = changes.filter((change) => endOf(change) < offset);
  return { here, movedBy: before.reduce((sum, { text, rangeLength }) => sum + text.length - rangeLength, 0) };
}

/** What a change says about the suggestion that stood at the caret when it was made. */
export type Verdict =
  | { readonly kind: 'acceptedAll' }
  /** a word, a sentence or a line of it was taken */
  | { readonly kind: 'acceptedPart'; readonly chars: number }
  /** typed by hand, as the suggestion said: neither accepted nor rejected, the rest still stands */
  | { readonly kind: 'typedThrough'; readonly chars: number }
  /** something else was written in its place, or the text before it was deleted */
  | { readonly kind: 'rejected' }
  /** the change was elsewhere, or an undo: it says nothing about the suggestion, which is gone all the same */
  | { readonly kind: 'unrelated' };

/**
 * The stable editor tells about a full accept only (it runs the item's command); word and line accepts and rejections
 * are read off the change that they made. One key types one character, so a longer insertion that equals the beginning
 * of the suggestion was an accept.
 * @param isUndoOrRedo whether the editor gave a reason for the change; it names nothing but undo and redo
 */
export function judgeChange(shown: ShownSuggestion, changes: readonly TextChange[], isUndoOrRedo: boolean): Verdict {
  const [change] = changes;
  if (isUndoOrRedo || change === undefined || changes.length > 1) return { kind: 'unrelated' };

  const removed = { from: change.rangeOffset, to: change.rangeOffset + change.rangeLength };
  if (change.text === '') return { kind: removed.to === shown.offset ? 'rejected' : 'unrelated' };
  if (removed.from !== shown.offset) return { kind: 'unrelated' };

  const inserted = withoutCarriageReturns(change.text);
  const suggested = withoutCarriageReturns(shown.text);
  if (!suggested.startsWith(inserted)) return { kind: 'rejected' };
  if ([...inserted].length === 1) return { kind: 'typedThrough', chars: inserted.length };
  return inserted === suggested ? { kind: 'acceptedAll' } : { kind: 'acceptedPart', chars: inserted.length };
}

/** The editor turns the line ends of what it inserts into the document's. */
const withoutCarriageReturns = (text: string) => text.replaceAll('\r\n', '\n');

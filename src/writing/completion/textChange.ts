import type { CaretRequest } from './completionRequest.ts';

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

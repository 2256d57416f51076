import type { CaretRequest } from '../../writing/completion/completionRequest.ts';
import type { TextChange } from './textChange.ts';

export type KindOfEdit = NonNullable<CaretRequest['lastEdit']>;

/** @param isUndoOrRedo whether the editor gave a reason for the change; it names nothing but undo and redo */
export function kindOfEdit(changes: readonly TextChange[], isUndoOrRedo: boolean): KindOfEdit {
  if (isUndoOrRedo) return 'undo';
  return changes.every((change) => change.text === '') ? 'delete' : 'insert';
}

import type { Span } from '../../text/span.ts';
import type { Edit } from '../selection/wordChanges.ts';

/** What was accepted, in offsets of the text before. */
export interface AcceptedEdits {
  /** in order, without overlap */
  readonly edits: readonly Edit[];
  /** the passages that the action worked on, in order */
  readonly passages: readonly Span[];
  /** the text went beside the passages; otherwise into them */
  readonly isInserted: boolean;
  /** nothing more is proposed: a passage is done as a whole */
  readonly isAll: boolean;
}

/**
 * Where the carets go when edits are accepted, so that the next key is written behind the new text: what is selected would
 * be replaced by it.
 * @param selections before the edits
 * @returns for each of them an offset into the text after the edits; undefined for one that stays as the editor moves it
 */
export function caretsBehind(selections: readonly Span[], accepted: AcceptedEdits): (number | undefined)[] {
  return selections.map((selection) => {
    const passage = accepted.passages.find(({ start, end }) => selection.start <= end && selection.end >= start);
    return passage && caretBehind(selection, passage, accepted);
  });
}

function caretBehind(selection: Span, passage: Span, { edits, isInserted, isAll }: AcceptedEdits): number | undefined {
  if (isInserted) {
    const inserted = edits.find(({ start }) => start >= passage.start);
    if (inserted) return moved(inserted.start, edits, inserted) + inserted.replacement.trimEnd().length;
  }
  if (selection.start === selection.end) return undefined;
  const last = isAll ? undefined : edits.findLast(({ start, end }) => start >= passage.start && end <= passage.end);
  return moved(last?.end ?? passage.end, edits);
}

/** An offset once the edits before it have been made, or those before one of them. */
function moved(offset: number, edits: readonly Edit[], before?: Edit): number {
  const earlier = before ? edits.slice(0, edits.indexOf(before)) : edits.filter(({ end }) => end <= offset);
  return earlier.reduce((at, { start, end, replacement }) => at + replacement.length - (end - start), offset);
}

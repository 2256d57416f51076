import type { CaretRequest } from '../../../../src/writing/completion/completionRequest.ts';

/** A request whose caret is drawn in the text as `|`, or as `‖` where the text needs bars of its own. */
export function atCaret(drawn: string, more: Partial<CaretRequest> = {}): CaretRequest {
  const mark = drawn.includes('‖') ? '‖' : '|';
  const [prefix, suffix, ...others] = drawn.split(mark);
  if (suffix === undefined || others.length > 0) throw new Error(`draw one caret in ${JSON.stringify(drawn)}`);
  return {
    documentId: 'file:///notes.md',
    fileName: 'notes.md',
    languageId: 'markdown',
    prefix: prefix!,
    suffix,
    trigger: 'automatic',
    ...more,
  };
}

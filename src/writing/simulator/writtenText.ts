import type { CaretRequest } from '../completion/completionRequest.ts';

/** A text that is written again. */
export interface WrittenText {
  readonly path: string;
  /** the editor's language id */
  readonly languageId: string;
  readonly text: string;
}

/**
 * What the editor would ask after a key.
 * @param suffixStart what stands right of the caret; between the two is what has not been written yet
 */
export function requestAt(
  { path, languageId, text }: WrittenText,
  offset: number,
  suffixStart = text.length,
): CaretRequest {
  return {
    documentId: path,
    fileName: path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1),
    languageId,
    prefix: text.slice(0, offset),
    suffix: text.slice(suffixStart),
    trigger: 'automatic',
    lastEdit: 'insert',
  };
}

/** One replaced range of a document, as plain data; the editor's `TextDocumentContentChangeEvent` fits. */
export interface TextChange {
  /** UTF-16 code units from the start of the document, before the change */
  readonly rangeOffset: number;
  /** UTF-16 code units taken out */
  readonly rangeLength: number;
  /** put in their place */
  readonly text: string;
}

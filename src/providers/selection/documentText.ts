import * as vscode from 'vscode';
import type { DocumentText } from '../../writing/proposal/passage.ts';

/** A document's text by UTF-16 offsets, always as it is now. */
export const documentText = (document: vscode.TextDocument): DocumentText => ({
  slice: (start, end) => document.getText(rangeOf(document, start, end)),
  whole: () => document.getText(),
});

export const rangeOf = (document: vscode.TextDocument, start: number, end: number): vscode.Range =>
  new vscode.Range(document.positionAt(start), document.positionAt(end));

/** The document's line end, as text. */
export const lineEndOf = (document: vscode.TextDocument): string =>
  document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';

import type * as vscode from 'vscode';

/**
 * Where text is written by a person: files, drafts, notebook cells, settings-like files and the commit box. Everything
 * else that has an editor (the chat's input box, output channels, the debug console, diffs of old revisions) stays out.
 */
const writtenSchemes = [
  'file',
  'untitled',
  'vscode-remote',
  'vscode-vfs',
  'vscode-userdata',
  'vscode-notebook-cell',
  'vscode-scm',
];

/** Languages are not filtered here: which of them are on is a setting, and "Why nothing?" has to answer for all. */
export const documentSelector: vscode.DocumentSelector = writtenSchemes.map((scheme) => ({ scheme }));

/** True where completions can appear at all. */
export const isWritten = (document: { readonly uri: { readonly scheme: string } }): boolean =>
  writtenSchemes.includes(document.uri.scheme);

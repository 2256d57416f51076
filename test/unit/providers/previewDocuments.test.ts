import { expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { PreviewDocuments, previewScheme } from '../../../src/providers/selection/preview/previewDocuments.ts';
import { documentOpenings } from '../../support/fakeVscode.ts';

vi.mock('vscode', () => import('../../support/fakeVscode.ts'));

/** The editor reads a preview, opens it a moment later, and says so. */
test.each<[string, string, string, string, boolean]>([
  ['as it is by now', previewScheme, 'half', 'half an answer', true],
  ['as it is', previewScheme, 'half an answer', 'half an answer', false],
  ['of somebody else', 'file', 'half', 'half an answer', false],
])('a preview that is opened %s is read once more if need be', (_, scheme, opened, known, isReadAgain) => {
  const previews = new PreviewDocuments();
  const uri = { scheme, toString: () => `${scheme}:/answer/1` } as vscode.Uri;
  previews.set(uri, known);
  const changed: unknown[] = [];
  previews.onDidChange((which) => changed.push(which));
  documentOpenings.fire({ uri, getText: () => opened });
  expect(changed).toEqual(isReadAgain ? [uri] : []);
  previews.dispose();
});

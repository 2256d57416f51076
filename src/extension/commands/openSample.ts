import * as vscode from 'vscode';
import type { Features } from '../features.ts';
import { suggestNow } from './acceptPart.ts';

type SampleFeatures = Pick<Features, 'extension' | 'completions' | 'decisions'>;

/**
 * Opens a short text to go on writing, as a draft (the installed file stays as it is), with the first suggestion on
 * screen and, in the empty line below it, the key that takes it.
 */
export async function openSample({ extension, completions, decisions }: SampleFeatures): Promise<void> {
  const file = vscode.Uri.joinPath(extension.extensionUri, 'media', 'sample', 'story.md');
  const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(file)).trimEnd();
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: `${content} \n` });
  const editor = await vscode.window.showTextDocument(document);
  const { version } = document;
  const end = document.lineAt(document.lineCount - 2).range.end;
  editor.selection = new vscode.Selection(end, end);
  editor.revealRange(editor.selection);
  await completions.value?.client.load().catch(() => undefined); // the status bar says why not
  const isUntouched = vscode.window.activeTextEditor === editor && document.version === version;
  if (isUntouched && (await suggestNow(decisions, completions.value !== undefined))) showHint(editor);
}

/** Stands until the document changes: by then the writer has taken the suggestion, or knows how to do without. */
function showHint(editor: vscode.TextEditor): void {
  const hint = vscode.window.createTextEditorDecorationType({
    after: {
      contentText: vscode.l10n.t('Grey text is a suggestion: press Tab to take it, or go on typing.'),
      color: new vscode.ThemeColor('editorCodeLens.foreground'),
      fontStyle: 'italic',
    },
  });
  const lastLine = editor.document.lineAt(editor.document.lineCount - 1).range;
  editor.setDecorations(hint, [lastLine]);
  const listeners = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document === editor.document) end();
    }),
    vscode.workspace.onDidCloseTextDocument((document) => {
      if (document === editor.document) end();
    }),
  );
  function end() {
    hint.dispose();
    listeners.dispose();
  }
}

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { PlacedChange } from '../../../writing/proposal/proposalSession.ts';
import type { ProposalView, Proposed } from '../proposed.ts';
import { rangeOf } from './previewDocuments.ts';

/**
 * Marks in the document itself: the passages that are worked on and, with changes shown in place, the words that would
 * go. The words that would come are `ProposalHints`. The document holds none of it.
 */
export class InPlaceView implements ProposalView {
  readonly #proposed: Proposed;
  readonly #parts: vscode.Disposable;
  readonly #passage = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
  });
  readonly #removed = vscode.window.createTextEditorDecorationType({
    textDecoration: 'line-through',
    backgroundColor: new vscode.ThemeColor('diffEditor.removedTextBackground'),
    // Themes of high contrast have a border instead of the background, others none.
    outlineColor: new vscode.ThemeColor('diffEditor.removedTextBorder'),
    outlineStyle: 'solid',
    outlineWidth: '1px',
  });

  constructor(proposed: Proposed) {
    this.#proposed = proposed;
    this.#parts = vscode.Disposable.from(
      this.#passage,
      this.#removed,
      vscode.window.onDidChangeVisibleTextEditors(() => this.draw()),
    );
  }

  draw(): void {
    const { document, session, isInPlace } = this.#proposed;
    const passages = (session.isRunning ? session.places : []).map(({ start, end }) => rangeOf(document, start, end));
    const removed = (isInPlace ? session.changes : [])
      .filter(({ original }) => original !== '')
      .map((change) => ({
        range: rangeOf(document, change.start, change.end),
        hoverMessage: changeHover(document, change),
      }));
    for (const editor of vscode.window.visibleTextEditors.filter((each) => each.document === document)) {
      editor.setDecorations(this.#passage, passages);
      editor.setDecorations(this.#removed, removed);
    }
  }

  dispose(): void {
    this.#parts.dispose();
  }
}

/** What is proposed for the documents that are open. */
interface ProposedTexts {
  readonly onDidChange: vscode.Event<void>;
  about(uri: vscode.Uri): Proposed | undefined;
}

/** What would come in, as hints of the editor between the words: unlike decorations they wrap with their line. */
export class ProposalHints implements vscode.InlayHintsProvider {
  readonly #proposals: ProposedTexts;
  readonly onDidChangeInlayHints: vscode.Event<void>;

  constructor(proposals: ProposedTexts) {
    this.#proposals = proposals;
    this.onDidChangeInlayHints = proposals.onDidChange;
  }

  provideInlayHints(document: vscode.TextDocument, range: vscode.Range): vscode.InlayHint[] {
    const proposal = this.#proposals.about(document.uri);
    if (!proposal?.isInPlace || proposal.document !== document) return [];
    return proposal.session.changes
      .filter(({ replacement }) => replacement !== '')
      .map((change) => {
        const part = new vscode.InlayHintLabelPart(change.replacement);
        part.tooltip = changeHover(document, change);
        return new vscode.InlayHint(document.positionAt(change.end), [part]);
      })
      .filter(({ position }) => range.contains(position));
  }
}

/** Where the editor's setting sets no limit. */
const sensibleChars = 300;

/** Characters of hints that the editor shows in one line of a document; 0 where it shows none. */
export function hintCharsPerLine(document: vscode.TextDocument): number {
  const settings = vscode.workspace.getConfiguration('editor.inlayHints', document);
  const enabled = settings.get('enabled', 'on');
  if (enabled !== 'on' && enabled !== 'onUnlessPressed') return 0;
  const limit = settings.get('maximumLength', 43);
  return limit > 0 ? limit : sensibleChars;
}

/** What is wrong with a change, and its two verbs. */
function changeHover(document: vscode.TextDocument, { id, lost, invented }: PlacedChange): vscode.MarkdownString {
  const hover = new vscode.MarkdownString('', true);
  hover.isTrusted = { enabledCommands: ['inkling.acceptChange', 'inkling.rejectChange'] };
  if (lost.length > 0) hover.appendText(`⚠ ${l10n.t('Lost: {0}', lost.join(', '))}`).appendMarkdown('\n\n');
  if (invented.length > 0) {
    hover.appendText(`⚠ ${l10n.t('Not in the text: {0}', invented.join(', '))}`).appendMarkdown('\n\n');
  }
  const target = [document.uri.toString(), id];
  hover.appendMarkdown(commandLink(`$(check) ${l10n.t('Accept')}`, 'inkling.acceptChange', target));
  hover.appendMarkdown(' · ');
  hover.appendMarkdown(commandLink(`$(close) ${l10n.t('Reject')}`, 'inkling.rejectChange', target));
  return hover;
}

const commandLink = (label: string, command: string, parameters: readonly unknown[]): string =>
  `[${label}](command:${command}?${encodeURIComponent(JSON.stringify(parameters))})`;

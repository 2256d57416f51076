import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { InstalledPipelines } from '../../client/pipelinesClient.ts';
import { InklingError } from '../../protocol/errors.ts';
import type { LabelProbability } from '../../protocol/pipelines.ts';
import { spanOf } from '../../providers/selection/preview/previewDocuments.ts';
import { holdsSentences, type TextReading } from '../../text/block.ts';
import { readText } from '../../text/readText.ts';
import { allSentences, type Sentence, unwrapped } from '../../text/sentences.ts';
import type { Span } from '../../text/span.ts';
import { refusalText } from '../actions/noteTexts.ts';

interface ToneParts {
  readonly pipelines: Pick<InstalledPipelines, 'find' | 'classify'>;
  /** lets a person choose a model's folder and adds it; false when there is none afterwards */
  readonly addFolder: () => Promise<boolean>;
}

interface Judged {
  readonly sentence: Sentence;
  readonly text: string;
  /** the likeliest first */
  readonly labels: readonly LabelProbability[];
}

/** A longer selection is judged by its first ones. */
const mostSentences = 300;

/** Says of which tone a selection is, as a model that classifies texts sees it, sentence by sentence. It changes no text. */
export class Tone {
  readonly #parts: ToneParts;

  constructor(parts: ToneParts) {
    this.#parts = parts;
  }

  /** @throws InklingError when the model cannot be run */
  async show(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!editor) return tell(l10n.t('Open a document first.'));
    const { document } = editor;
    const reading = readText(document.getText(), document.languageId);
    const selected = editor.selections.map((selection) => spanOf(document, selection));
    const sentences = sentencesIn(reading, selected);
    if (sentences.length === 0) return tell(refusalText('emptySelection'));
    const model = await this.#model();
    if (!model) return;
    const judged = await this.#judge(model, reading, sentences);
    if (judged.length === 0) return tell(l10n.t('{0} reads only shorter sentences.', model.name));
    await showJudged(editor, model.name, judged);
  }

  async #model(): Promise<{ readonly name: string; readonly folder: string } | undefined> {
    const wish = { kind: 'classification' } as const;
    const found = await this.#parts.pipelines.find(wish);
    if (found) return found;
    const add = l10n.t('Add One from a Folder…');
    const missing = l10n.t('The tone of a text is told by a model that classifies texts, in ONNX. None is installed.');
    if ((await vscode.window.showInformationMessage(missing, add)) !== add) return undefined;
    return (await this.#parts.addFolder()) ? this.#parts.pipelines.find(wish) : undefined;
  }

  async #judge(
    { name, folder }: { readonly name: string; readonly folder: string },
    reading: TextReading,
    sentences: readonly Sentence[],
  ): Promise<Judged[]> {
    const options = { location: vscode.ProgressLocation.Notification, title: name, cancellable: true };
    return vscode.window.withProgress(options, async (progress, token) => {
      const judged: Judged[] = [];
      for (const sentence of sentences) {
        if (token.isCancellationRequested) break;
        const text = unwrapped(reading, sentence.block, sentence);
        const labels = await this.#labels(folder, text);
        if (labels) judged.push({ sentence, text, labels });
        progress.report({ increment: 100 / sentences.length });
      }
      return judged;
    });
  }

  /** undefined for a sentence that is too long for the model */
  async #labels(folder: string, text: string): Promise<readonly LabelProbability[] | undefined> {
    try {
      return (await this.#parts.pipelines.classify({ folder, texts: [text] })).labels[0];
    } catch (error) {
      if (error instanceof InklingError && error.code === 'inputTooLarge') return undefined;
      throw error;
    }
  }
}

/** Sentences of what is selected; where nothing is, of the paragraph at the caret. */
export function sentencesIn(reading: TextReading, selected: readonly Span[]): Sentence[] {
  const isEmpty = selected.every(({ start, end }) => start === end);
  const touches = (one: Span) =>
    selected.some(({ start, end }) =>
      start === end ? isEmpty && touchesCaret(one, start) : one.start < end && start < one.end,
    );
  const blocks = reading.blocks
    .filter(holdsSentences)
    .filter(({ contentStart: start, contentEnd: end }) => touches({ start, end }));
  const sentences = allSentences(reading, blocks).filter((sentence) => isEmpty || touches(sentence));
  return sentences.filter(({ start, end }) => /\p{L}/u.test(reading.text.slice(start, end))).slice(0, mostSentences);
}

const touchesCaret = ({ start, end }: Span, caret: number): boolean => start <= caret && caret <= end;

/** The mean over all sentences, longer ones counting for more; the likeliest first. */
export function overall(judged: readonly Pick<Judged, 'text' | 'labels'>[]): readonly LabelProbability[] {
  const sums = new Map<string, number>();
  const characters = judged.reduce((sum, { text }) => sum + text.length, 0);
  for (const { text, labels } of judged) {
    for (const { label, probability } of labels) {
      sums.set(label, (sums.get(label) ?? 0) + (probability * text.length) / characters);
    }
  }
  return [...sums]
    .map(([label, probability]) => ({ label, probability }))
    .sort((a, b) => b.probability - a.probability);
}

const mostLabels = 3;

/** `positive 72 %, negative 28 %` */
const listed = (labels: readonly LabelProbability[]): string =>
  labels
    .slice(0, mostLabels)
    .map(({ label, probability }) => `${label.toLowerCase()} ${Math.round(100 * probability)}%`)
    .join(', ');

/** The list goes along the text: the marked sentence is in sight, the chosen one is selected. */
async function showJudged(editor: vscode.TextEditor, model: string, judged: readonly Judged[]): Promise<void> {
  const { document } = editor;
  const { version } = document;
  const rangeOf = ({ sentence }: Judged) =>
    new vscode.Range(document.positionAt(sentence.start), document.positionAt(sentence.end));
  const items = judged.map((one) => ({ label: one.text, description: listed(one.labels), one }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: l10n.t('Tone, as {0} sees it', model),
    placeHolder: l10n.t('{0} sentences: {1}', judged.length, listed(overall(judged))),
    matchOnDescription: true,
    onDidSelectItem: (item: (typeof items)[number]) => {
      if (document.version === version) editor.revealRange(rangeOf(item.one));
    },
  });
  if (!chosen || document.version !== version) return;
  const { start, end } = rangeOf(chosen.one);
  editor.selection = new vscode.Selection(start, end);
}

async function tell(message: string): Promise<void> {
  await vscode.window.showInformationMessage(message);
}

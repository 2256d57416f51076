import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { EngineState } from '../client/engineState.ts';
import { documentSelector, isWritten } from '../providers/completion/completionProvider.ts';
import { documentLanguage, knowsLanguage } from '../text/documentLanguage.ts';

interface DocumentLanguagesOptions {
  /** whether the model may speak at all in a document: where it may not, nobody asks for its language */
  readonly isOn: (document: vscode.TextDocument) => boolean;
  /** the language that a person says a document's text is in; '' = none */
  readonly languageSet: (document: vscode.TextDocument) => string;
  /** the title of a model that could be had and knows a language */
  readonly modelFor: (language: string) => Promise<string | undefined>;
  /** called when the language of the document in front has been told anew */
  readonly onTold: () => unknown;
}

interface Told {
  /** undefined: there is too little prose to tell */
  readonly language: string | undefined;
  /** of the document when it was told */
  readonly length: number;
  readonly editorLanguage: string;
  /** it has to be looked at again; until then this holds */
  isStale: boolean;
}

/** A document that has grown or shrunk by so much of itself may be in another language. */
const changedShare = 0.3;
const changedChars = 200;
/** Wait this long after a change: reading it is not to stand in the way of typing. */
const settledMs = 500;

/**
 * In which language each document is, and whether the model that types knows it. Where it does not, suggestions are surer
 * (writing/completion/gate.ts), the editor's language status says so as long as the document is in front, and the status
 * bar once per document.
 */
export class DocumentLanguages implements vscode.Disposable {
  readonly #options: DocumentLanguagesOptions;
  readonly #told = new Map<string, Told>();
  readonly #announced = new Set<string>();
  readonly #listeners: vscode.Disposable;
  #model: { readonly name: string; readonly languages: readonly string[] } | undefined;
  #item: vscode.LanguageStatusItem | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: DocumentLanguagesOptions) {
    this.#options = options;
    this.#listeners = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.#show();
        this.#lookSoon();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document === vscode.window.activeTextEditor?.document) this.#lookSoon();
      }),
      vscode.workspace.onDidSaveTextDocument((document) => {
        this.#lookAgain([document.uri.toString()]); // what it declares may have changed
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.#told.delete(document.uri.toString())),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('inkling.textLanguage')) this.#lookAgain(this.#told.keys());
      }),
    );
    this.#lookSoon();
  }

  onEngineState(state: EngineState): void {
    if (state.kind !== 'ready') return;
    const { name, languages } = state.model;
    if (this.#model?.name === name) return;
    this.#model = { name, languages };
    this.#announced.clear();
    this.#show();
  }

  /** Whether the model that types is known not to know the language of a document. Looks nothing up but what was found. */
  isForeign(document: vscode.TextDocument): boolean {
    return this.#foreignLanguage(document) !== undefined;
  }

  /** What was told of a document last; undefined where nobody has looked, or it does not tell. */
  languageOf(document: vscode.TextDocument): string | undefined {
    return this.#told.get(document.uri.toString())?.language;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#item?.dispose();
    this.#listeners.dispose();
  }

  #lookAgain(ids: Iterable<string>): void {
    for (const id of ids) {
      const told = this.#told.get(id);
      if (told) told.isStale = true;
    }
    this.#lookSoon();
  }

  #lookSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), settledMs);
  }

  async #look(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document && isWritten(document) && this.#options.isOn(document)) await this.#tell(document);
    this.#show();
  }

  async #tell(document: vscode.TextDocument): Promise<void> {
    const id = document.uri.toString();
    const text = document.getText();
    const known = this.#told.get(id);
    const isKnown = known && !known.isStale && known.editorLanguage === document.languageId;
    if (isKnown && isAlike(known.length, text.length)) return;
    const language = await documentLanguage(text, document.languageId, this.#options.languageSet(document));
    if (document.isClosed) return;
    this.#told.set(id, { language, length: text.length, editorLanguage: document.languageId, isStale: false });
    if (language !== known?.language) this.#options.onTold();
  }

  /** The document's language where the model that types does not know it; undefined also where that cannot be said. */
  #foreignLanguage(document: vscode.TextDocument): string | undefined {
    const language = this.languageOf(document);
    const known = this.#model?.languages ?? [];
    if (language === undefined || known.length === 0 || knowsLanguage(known, language)) return undefined;
    return this.#options.isOn(document) ? language : undefined;
  }

  #show(): void {
    const document = vscode.window.activeTextEditor?.document;
    const language = document && this.#foreignLanguage(document);
    if (!document || language === undefined) {
      this.#item?.dispose();
      this.#item = undefined;
      return;
    }
    const title = languageTitle(language);
    this.#showItem(language, title);
    if (this.#announced.has(document.uri.toString())) return;
    this.#announced.add(document.uri.toString());
    const announced = l10n.t('{0} does not know {1}', this.#model!.name, title);
    vscode.window.setStatusBarMessage(`$(globe) Inkling: ${announced}`, announcedMs);
  }

  /** As long as it is there, it is not made again: which model could be had is asked of a process. */
  #showItem(language: string, title: string): void {
    const text = l10n.t('The model does not know {0}', title); // short: what is behind it must be in sight, too
    if (this.#item?.text === text) return;
    this.#item ??= vscode.languages.createLanguageStatusItem('textLanguage', documentSelector);
    const item = this.#item;
    item.name = l10n.t('Language of the text');
    item.severity = vscode.LanguageStatusSeverity.Warning;
    item.text = text;
    const command = { command: 'inkling.models', title: l10n.t('Get a Better Model…'), arguments: [language] };
    item.command = { ...command, tooltip: l10n.t('Expect fewer suggestions') };
    void this.#options.modelFor(language).then((model) => {
      if (model === undefined || this.#item !== item || item.text !== text) return;
      item.command = { ...command, tooltip: l10n.t('{0} knows it', model) };
    });
  }
}

const announcedMs = 15_000;

const isAlike = (before: number, now: number): boolean =>
  Math.abs(now - before) <= Math.max(changedChars, changedShare * before);

/** In the editor's language. */
export const languageTitle = (code: string): string =>
  new Intl.DisplayNames([vscode.env.language, 'en'], { type: 'language' }).of(code) ?? code;

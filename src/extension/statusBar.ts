import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { EngineState } from '../client/engineState.ts';
import { isWritten } from '../providers/completion/completionProvider.ts';
import { languageName, otherProviders } from './otherProviders.ts';
import { errorText, ownWords } from './reasonTexts.ts';
import type { Settings } from './settings/settings.ts';

/** What the status bar shows; the first that holds, in this order. */
type Status =
  | { readonly kind: 'off' }
  | { readonly kind: 'failed'; readonly message: string; readonly code: FailureCode }
  | { readonly kind: 'paused'; readonly until: number }
  | { readonly kind: 'offHere'; readonly languageId: string }
  | { readonly kind: 'loading'; readonly fraction: number }
  | { readonly kind: 'thinking'; readonly model: ModelLine }
  | { readonly kind: 'ready'; readonly model: ModelLine; readonly offersModels: boolean }
  /** nothing runs, because nothing has been asked for a while; the next key wakes it up */
  | { readonly kind: 'asleep' };

type FailureCode = Extract<EngineState, { kind: 'failed' }>['error']['code'];
type ModelLine = Extract<EngineState, { kind: 'ready' }>['model'];

interface StatusInputs {
  /** undefined while Inkling is switched off */
  readonly engine: EngineState | undefined;
  readonly pausedUntil: number | undefined;
  readonly isWorking: boolean;
  readonly document: vscode.TextDocument | undefined;
  readonly settings: Settings;
  /** nobody has looked at the page of models yet */
  readonly offersModels: boolean;
}

export function statusOf({ engine, pausedUntil, isWorking, document, settings, offersModels }: StatusInputs): Status {
  if (!engine || !settings.general.enabled) return { kind: 'off' };
  if (engine.kind === 'failed') return { kind: 'failed', message: ownWords(engine.error), code: engine.error.code };
  if (pausedUntil !== undefined) return { kind: 'paused', until: pausedUntil };
  if (document && isWritten(document) && !settings.isLanguageOn(document.languageId)) {
    return { kind: 'offHere', languageId: document.languageId };
  }
  switch (engine.kind) {
    case 'starting':
      return { kind: 'loading', fraction: 0 };
    case 'loading':
      return { kind: 'loading', fraction: engine.progress.fraction };
    case 'ready':
      return isWorking
        ? { kind: 'thinking', model: engine.model }
        : { kind: 'ready', model: engine.model, offersModels };
    case 'unloaded':
    case 'stopped':
      return { kind: 'asleep' };
  }
}

/** What the editor remembers once somebody has looked at the page of models: from then on it is not offered any more. */
export const modelsPageSeen = 'modelsPageSeen';

interface Face {
  readonly icon: string;
  /** one line, as a person reads it */
  readonly state: string;
  readonly detail?: string;
  /** what a person may not know yet */
  readonly hint?: string;
  /** shown beside the name where the state needs a word */
  readonly label?: string;
}

/** Thinking is shown only when it takes longer than this; most answers come sooner, and a flickering icon distracts. */
const thinkingDelayMs = 300;

/** The item in the status bar: what Inkling does right now; a click opens the menu. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('inkling', vscode.StatusBarAlignment.Right, 100);
  #thinking: NodeJS.Timeout | undefined;

  constructor() {
    this.#item.name = 'Inkling';
    this.#item.command = 'inkling.showMenu';
    this.show({ kind: 'loading', fraction: 0 });
    this.#item.show();
  }

  show(status: Status): void {
    clearTimeout(this.#thinking);
    if (status.kind === 'thinking') this.#thinking = setTimeout(() => this.#draw(status), thinkingDelayMs);
    else this.#draw(status);
  }

  dispose(): void {
    clearTimeout(this.#thinking);
    this.#item.dispose();
  }

  #draw(status: Status): void {
    const face = faceOf(status);
    this.#item.text = face.label ? `$(${face.icon}) Inkling: ${face.label}` : `$(${face.icon}) Inkling`;
    this.#item.tooltip = tooltip(face);
    this.#item.accessibilityInformation = { label: `Inkling: ${face.state}`, role: 'button' };
    const isFailure = status.kind === 'failed';
    this.#item.backgroundColor = isFailure ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
  }
}

function faceOf(status: Status): Face {
  switch (status.kind) {
    case 'off':
      return { icon: 'circle-slash', state: l10n.t('Turned off') };
    case 'failed':
      return { icon: 'warning', state: errorText(status.code), detail: status.message };
    case 'paused': {
      const until = new Date(status.until).toLocaleTimeString(vscode.env.language, { timeStyle: 'short' });
      return { icon: 'debug-pause', state: l10n.t('Paused until {0}', until), label: l10n.t('paused') };
    }
    case 'offHere':
      return { icon: 'circle-slash', state: l10n.t('Turned off in {0} files', languageName(status.languageId)) };
    case 'loading': {
      const percent = `${Math.round(status.fraction * 100)}%`;
      return { icon: 'loading~spin', state: l10n.t('Loading the model: {0}', percent), label: percent };
    }
    case 'thinking':
      return { icon: 'ellipsis', state: l10n.t('Thinking'), detail: modelLine(status.model) };
    case 'ready':
      return {
        icon: 'edit',
        state: l10n.t('Ready'),
        detail: modelLine(status.model),
        ...(status.offersModels && { hint: l10n.t('Larger models write better: Get a Better Model…') }),
      };
    case 'asleep':
      return { icon: 'edit', state: l10n.t('Sleeping to save memory; typing wakes it up') };
  }
}

/** Why it does not run on another device stands in the log. */
const modelLine = ({ name, device }: ModelLine) =>
  device === 'cpu' ? l10n.t('{0} on the CPU', name) : l10n.t('{0} on the GPU ({1})', name, device);

function tooltip({ state, detail, hint }: Face): vscode.MarkdownString {
  const names = otherProviders().map(({ name }) => name);
  const others = names.length > 0 ? l10n.t('Also suggesting in this window: {0}', names.join(', ')) : undefined;
  const text = new vscode.MarkdownString();
  for (const paragraph of [`Inkling: ${state}`, detail, hint, others, l10n.t('Click for the menu')]) {
    if (paragraph) text.appendText(paragraph).appendMarkdown('\n\n');
  }
  return text;
}

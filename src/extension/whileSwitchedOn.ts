import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { type Settings, switchLanguage, switchOn } from './settings/settings.ts';

/** Holds what lives only while Inkling is switched on: made anew at each switching on, disposed of at switching off. */
export class WhileSwitchedOn<T extends vscode.Disposable> implements vscode.Disposable {
  readonly #settings: Settings;
  readonly #make: () => T;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #listener: vscode.Disposable;
  #value: T | undefined;

  constructor(settings: Settings, make: () => T) {
    this.#settings = settings;
    this.#make = make;
    this.#listener = settings.onDidChange(() => this.#follow());
    this.#follow();
  }

  get value(): T | undefined {
    return this.#value;
  }

  get onChange(): vscode.Event<void> {
    return this.#changes.event;
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changes.dispose();
    this.#value?.dispose();
  }

  #follow(): void {
    const { enabled } = this.#settings.general;
    if (enabled === (this.#value !== undefined)) return;
    this.#value?.dispose();
    this.#value = enabled ? this.#make() : undefined;
    this.#changes.fire();
  }
}

/** A pause that ends by itself. */
export class Pause implements vscode.Disposable {
  #until: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #changes = new vscode.EventEmitter<void>();

  get onChange(): vscode.Event<void> {
    return this.#changes.event;
  }

  /** milliseconds since 1970; undefined when there is no pause */
  get until(): number | undefined {
    return this.#until;
  }

  start(minutes: number): void {
    const lengthMs = minutes * 60_000;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end(), lengthMs);
    this.#until = Date.now() + lengthMs;
    this.#changes.fire();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#until = undefined;
    this.#changes.fire();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#changes.dispose();
  }
}

const pauseMinutes = 30;

export const toggle = ({ general }: Settings): Thenable<void> => switchOn(!general.enabled);

/** Switches Inkling on or off for the language of the document in front. */
export async function toggleLanguage(settings: Settings): Promise<void> {
  const languageId = vscode.window.activeTextEditor?.document.languageId;
  if (languageId === undefined) {
    await vscode.window.showInformationMessage(l10n.t('Open a document first: the switch is for its language.'));
    return;
  }
  await switchLanguage(languageId, !settings.isLanguageOn(languageId));
}

/** Pauses suggestions for a while, or ends the pause. */
export function togglePause(pause: Pause): void {
  if (pause.until === undefined) pause.start(pauseMinutes);
  else pause.end();
}

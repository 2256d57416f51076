import * as vscode from 'vscode';
import { isSwitchedOn } from './settings.ts';

/** Holds what lives only while Inkling is switched on: made anew at each switching on, disposed of at switching off. */
export class WhileSwitchedOn<T extends vscode.Disposable> implements vscode.Disposable {
  readonly #make: () => T;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #listener = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('inkling.enabled')) this.#follow();
  });
  #value: T | undefined;

  constructor(make: () => T) {
    this.#make = make;
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
    if (isSwitchedOn() === (this.#value !== undefined)) return;
    this.#value?.dispose();
    this.#value = isSwitchedOn() ? this.#make() : undefined;
    this.#changes.fire();
  }
}

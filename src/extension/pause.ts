import * as vscode from 'vscode';

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

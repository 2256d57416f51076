import type { Slot } from '../protocol/inference.ts';

/**
 * One graph run at a time, typing first: before every run a generation asks for its turn; it gets it when nobody with
 * a higher priority wants one. The wait passes through the event loop's macrotasks, the only place where a cancel
 * message can come in.
 */
export class Scheduler {
  readonly #active = new Map<Slot, number>();
  #waiting: (() => void)[] = [];

  /** Registers a generation until the returned function is called. */
  enter(slot: Slot): () => void {
    this.#active.set(slot, (this.#active.get(slot) ?? 0) + 1);
    return () => {
      this.#active.set(slot, this.#active.get(slot)! - 1);
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const resume of waiting) resume();
    };
  }

  /** Resolves when `slot` may run the graph once. */
  async turn(slot: Slot): Promise<void> {
    await letMessagesIn();
    while (slot === 'action' && (this.#active.get('completion') ?? 0) > 0) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
      await letMessagesIn();
    }
  }
}

/** Two macrotasks: the first delivers a message from the pipe, the second lets its handler's promises settle. */
const letMessagesIn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

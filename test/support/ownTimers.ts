import { createHook } from 'node:async_hooks';

/** Notes the timers that code below a folder of the product starts, and whether they still run; others' are not counted. */
export class OwnTimers {
  readonly #running = new Map<number, string>();
  readonly #hook: ReturnType<typeof createHook>;

  /** @param folder as it stands in the paths of stack traces: `/src/client/` */
  constructor(folder: string) {
    this.#hook = createHook({
      init: (id, type) => {
        if (type !== 'Timeout') return;
        const place = new Error().stack!.split('\n').find((line) => line.includes(folder));
        if (place) this.#running.set(id, place.trim());
      },
      destroy: (id) => void this.#running.delete(id),
    }).enable();
  }

  /** Where the running ones were started. */
  get running(): readonly string[] {
    return [...this.#running.values()];
  }

  stop(): void {
    this.#hook.disable();
  }
}

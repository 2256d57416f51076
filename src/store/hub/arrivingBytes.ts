import type { Readable } from 'node:stream';

/** Bytes that wait for their reader before the sender is asked to wait. */
const maxWaitingBytes = 1 << 20;

/**
 * The bytes of a body as they arrive. A stream that breaks off throws away what nobody has read yet; here all that has
 * arrived is handed on first, and then the error.
 */
export class ArrivingBytes implements AsyncIterable<Buffer> {
  readonly #stream: Readable;
  readonly #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #end: { readonly error?: unknown } | undefined;
  #wake: () => void = () => undefined;

  /** Reads at once: nothing may come between the answer and its body. */
  constructor(stream: Readable) {
    this.#stream = stream;
    stream.on('data', (chunk: Buffer) => {
      this.#waiting.push(chunk);
      this.#waitingBytes += chunk.length;
      if (this.#waitingBytes > maxWaitingBytes) stream.pause();
      this.#wake();
    });
    stream.once('end', () => this.#finish({}));
    stream.on('error', (error) => this.#finish({ error }));
    stream.once('close', () => this.#finish({}));
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void> {
    for (;;) {
      const chunk = this.#waiting.shift();
      if (chunk) {
        this.#waitingBytes -= chunk.length;
        if (this.#stream.isPaused() && this.#waitingBytes < maxWaitingBytes / 2) this.#stream.resume();
        yield chunk;
      } else if (this.#end) {
        if (this.#end.error !== undefined) throw this.#end.error;
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }

  /** Nobody wants the rest. */
  destroy(): void {
    this.#stream.destroy();
  }

  #finish(end: { readonly error?: unknown }): void {
    this.#end ??= end;
    this.#wake();
  }
}

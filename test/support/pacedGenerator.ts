import { CancellationToken } from 'vscode-jsonrpc';
import {
  type GenerateOutcome,
  type GenerateRequest,
  noUsage,
  type TextGenerator,
} from '../../src/protocol/inference.ts';

/** What a machine takes for its work. */
export interface MachinePace {
  /** one token after the other */
  readonly stepMs: number;
  /** a token of a prompt, read together with others */
  readonly readMs: number;
}

/**
 * Answers as another generator does, in the time that a quiet machine would take for the tokens read and written: by
 * whatever clock `setTimeout` and `performance` follow. A cancel is noticed when the step that runs is over.
 */
export class PacedGenerator implements TextGenerator {
  readonly #inner: TextGenerator;
  readonly #pace: MachinePace;
  /** of the clock: until then the process is busy with what was given up */
  #freeAtMs = 0;
  /** answers of the inner generator that are waited for */
  pending = 0;
  calls = 0;

  constructor(inner: TextGenerator, pace: MachinePace) {
    this.#inner = inner;
    this.#pace = pace;
  }

  async generate(
    request: Omit<GenerateRequest, 'id' | 'stream'>,
    token: CancellationToken,
    onPartial: (text: string) => void = () => undefined,
  ): Promise<GenerateOutcome> {
    const { stepMs, readMs } = this.#pace;
    const partials: string[] = [];
    this.calls++;
    this.pending++;
    const outcome = await this.#inner
      .generate(request, CancellationToken.None, (text) => partials.push(text))
      .finally(() => {
        this.pending--;
      });
    const { promptTokens, reusedTokens, newTokens } = ('usage' in outcome && outcome.usage) || noUsage;
    const startMs = Math.max(performance.now(), this.#freeAtMs);
    const firstMs = Math.max(stepMs, (promptTokens - reusedTokens) * readMs) + stepMs; // the forced bytes take a step
    const allMs = firstMs + Math.max(0, newTokens - 1) * stepMs;
    for (const [i, text] of partials.entries()) {
      const share = partials.length === 1 ? 1 : i / (partials.length - 1);
      await until(startMs + firstMs + share * (allMs - firstMs), token);
      if (token.isCancellationRequested) break;
      onPartial(text);
    }
    if (!token.isCancellationRequested) await until(startMs + allMs, token);
    if (!token.isCancellationRequested) return outcome;
    const steps = Math.ceil(Math.max(0, performance.now() - startMs) / stepMs);
    this.#freeAtMs = startMs + steps * stepMs;
    return { kind: 'cancelled', usage: noUsage };
  }
}

/** Resolves at a time of the clock, or as soon as the token is cancelled. */
function until(atMs: number, token: CancellationToken): Promise<void> {
  return new Promise((resolve) => {
    if (token.isCancellationRequested) return resolve();
    const done = () => {
      clearTimeout(timer);
      listener.dispose();
      resolve();
    };
    const timer = setTimeout(done, Math.max(0, atMs - performance.now()));
    const listener = token.onCancellationRequested(done);
  });
}

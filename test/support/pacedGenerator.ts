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

/** A part of the work on an answer that is done to its end once it has begun. */
export interface Step {
  readonly ms: number;
  /** partial texts that are told when it is over */
  readonly tells: readonly string[];
}

/** What has to be done for an answer, one step after the other; each is asked for when it begins. */
export type StepsOf = (outcome: GenerateOutcome, partials: readonly string[]) => Iterable<Step>;

/** One step for what is new in the prompt and the first token, and one for each token after it. */
export function stepsOfTokens({ stepMs, readMs }: MachinePace): StepsOf {
  return function* (outcome, partials) {
    const { promptTokens, reusedTokens, newTokens } = ('usage' in outcome && outcome.usage) || noUsage;
    const last = Math.max(1, newTokens) - 1;
    for (let step = 0; step <= last; step++) {
      const ms = step === 0 ? Math.max(stepMs, (promptTokens - reusedTokens) * readMs) : stepMs;
      yield { ms, tells: partials.filter((_, at) => Math.round((last * (at + 1)) / partials.length) === step) };
    }
  };
}

/**
 * Answers as another generator does, in the time that a process would take for its steps: by whatever clock `setTimeout`
 * and `performance` follow. A cancel is noticed when the step that runs is over.
 */
export class PacedGenerator implements TextGenerator {
  readonly #inner: TextGenerator;
  readonly #stepsOf: StepsOf;
  /** of the clock: until then the process is busy with a step, perhaps of what was given up */
  #freeAtMs = 0;
  /** answers of the inner generator that are waited for */
  pending = 0;
  calls = 0;

  constructor(inner: TextGenerator, stepsOf: StepsOf) {
    this.#inner = inner;
    this.#stepsOf = stepsOf;
  }

  async generate(
    request: Omit<GenerateRequest, 'id' | 'stream'>,
    token: CancellationToken,
    onPartial: (text: string) => void = () => undefined,
  ): Promise<GenerateOutcome> {
    const partials: string[] = [];
    this.calls++;
    this.pending++;
    const outcome = await this.#inner
      .generate(request, CancellationToken.None, (text) => partials.push(text))
      .finally(() => {
        this.pending--;
      });
    await until(this.#freeAtMs, token);
    if (token.isCancellationRequested) return { kind: 'cancelled', usage: noUsage };
    for (const { ms, tells } of this.#stepsOf(outcome, partials)) {
      this.#freeAtMs = performance.now() + ms;
      await until(this.#freeAtMs, token);
      if (token.isCancellationRequested) return { kind: 'cancelled', usage: noUsage };
      for (const text of tells) onPartial(text);
    }
    return outcome;
  }
}

/** Resolves at a time of the clock, or as soon as the token is cancelled. */
function until(atMs: number, token: CancellationToken): Promise<void> {
  return new Promise((resolve) => {
    if (token.isCancellationRequested || atMs <= performance.now()) return resolve();
    const done = () => {
      clearTimeout(timer);
      listener.dispose();
      resolve();
    };
    const timer = setTimeout(done, atMs - performance.now());
    const listener = token.onCancellationRequested(done);
  });
}

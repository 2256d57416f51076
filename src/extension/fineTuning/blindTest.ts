import type { BlindTest } from '../../protocol/adapters.ts';
import type { BlindTestView, RevealedPair } from '../../protocol/fineTuningPages.ts';
import type { SamplePrompt, SampleWriter } from './sampleWriter.ts';

interface Pair {
  readonly prompt: string;
  readonly base: string;
  readonly adapted: string;
  readonly isAdaptedLeft: boolean;
}

/** The writer chooses between two continuations; which is whose is known here, and told at the end. */
export class BlindTestRound {
  readonly #pairs: readonly Pair[];
  readonly #choices: RevealedPair['choice'][] = [];

  private constructor(pairs: readonly Pair[]) {
    this.#pairs = pairs;
  }

  /**
   * Where both write the same there is nothing to choose.
   * @param random 0 … 1; which one stands left is drawn by it
   */
  static async prepare(
    writer: SampleWriter,
    { prompts, adapter }: { prompts: readonly SamplePrompt[]; adapter: string },
    random: () => number = Math.random,
  ): Promise<BlindTestRound> {
    const base = await writer.write(prompts, undefined);
    const adapted = await writer.write(prompts, adapter);
    const pairs = prompts.map(({ shown }, i) => ({
      prompt: shown,
      base: base[i]!,
      adapted: adapted[i]!,
      isAdaptedLeft: random() < 0.5,
    }));
    return new BlindTestRound(pairs.filter((pair) => pair.base !== pair.adapted));
  }

  choose(side: 'left' | 'right' | 'neither'): void {
    const pair = this.#pairs[this.#choices.length];
    if (!pair) return;
    this.#choices.push(side === 'neither' ? 'neither' : (side === 'left') === pair.isAdaptedLeft ? 'adapted' : 'base');
  }

  /** undefined before the last choice */
  get result(): BlindTest | undefined {
    if (this.#choices.length < this.#pairs.length) return undefined;
    const count = (choice: RevealedPair['choice']) => this.#choices.filter((made) => made === choice).length;
    return { adapted: count('adapted'), base: count('base'), undecided: count('neither') };
  }

  get view(): BlindTestView {
    const { result } = this;
    if (result) {
      const pairs = this.#pairs.map(({ prompt, base, adapted }, i) => ({
        prompt,
        base,
        adapted,
        choice: this.#choices[i]!,
      }));
      return { kind: 'answered', result, pairs };
    }
    const index = this.#choices.length;
    const { prompt, base, adapted, isAdaptedLeft } = this.#pairs[index]!;
    const [left, right] = isAdaptedLeft ? [adapted, base] : [base, adapted];
    return { kind: 'asking', index, count: this.#pairs.length, prompt, left, right };
  }
}

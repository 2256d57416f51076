import { CancellationTokenSource } from 'vscode-jsonrpc';
import type { AdapterReport } from '../../protocol/adapters.ts';
import { toInklingError } from '../../protocol/errors.ts';
import type { FineTuningView } from '../../protocol/fineTuningPage.ts';
import type { HeldOutTexts, TrainRequest } from '../../protocol/training.ts';
import { BlindTestRound } from './blindTest.ts';
import type { FineTuningParts } from './fineTuning.ts';
import { samplePrompts } from './sampleWriter.ts';

export interface TrainedAdapterParts extends Pick<FineTuningParts, 'writer' | 'store' | 'log' | 'useAdapter'> {
  readonly request: TrainRequest;
  readonly folder: string;
  readonly heldOut: HeldOutTexts;
  readonly onChange: (changes: Partial<FineTuningView>) => void;
}

const blindPairCount = 8;

/** An adapter that a fine-tuning has made: before and after, the switch, and the writer's own judgement. */
export class TrainedAdapter {
  readonly #parts: TrainedAdapterParts;
  #report: AdapterReport | undefined;
  #typing: CancellationTokenSource | undefined;
  #blindTest: BlindTestRound | undefined;

  constructor(parts: TrainedAdapterParts) {
    this.#parts = parts;
  }

  /** Compares before and after, and switches it on if it helps. @throws InklingError */
  async prove(): Promise<void> {
    const { writer, request, folder, heldOut, onChange } = this.#parts;
    const { texts, split } = heldOut;
    const proof = await writer.prove(
      texts.map(({ text }) => text),
      folder,
      (proofFraction) => onChange({ proofFraction }),
    );
    if (!proof) return;
    const model = request.modelFolder.split(/[\\/]/).at(-1)!;
    await this.#save({ createdAt: new Date().toISOString(), model, split, texts: texts.length, ...proof });
    if (proof.heldOut.isBetter) await this.switch(true);
  }

  async switch(on: boolean): Promise<void> {
    const { useAdapter, folder, onChange } = this.#parts;
    await useAdapter(on ? folder : undefined);
    onChange({ isSwitchedOn: on });
  }

  /** How much typing it would have saved takes minutes to find out, so it is told when it is known. */
  async typeBothWays(): Promise<void> {
    if (!this.#report || this.#report.writing) return;
    const { writer, request, folder, heldOut, onChange, log } = this.#parts;
    const of = { texts: heldOut.texts, adapter: folder, seed: request.options.seed ?? 0 };
    this.#typing = new CancellationTokenSource();
    const { token } = this.#typing;
    onChange({ typedFraction: 0 });
    try {
      const writing = await writer.typeBothWays(of, token, (typedFraction) => onChange({ typedFraction }));
      if (writing) await this.#save({ ...this.#report, writing });
    } catch (error) {
      log.warn(`fine-tuning, typing: ${toInklingError(error).message}`);
    }
    onChange({ typedFraction: undefined });
  }

  async startBlindTest(): Promise<void> {
    const { writer, folder, heldOut, onChange } = this.#parts;
    onChange({ blindTest: { kind: 'preparing' } });
    this.#typing?.cancel(); // a person waits
    const prompts = samplePrompts(
      heldOut.texts.map(({ text }) => text),
      blindPairCount,
    );
    this.#blindTest = await BlindTestRound.prepare(writer, { prompts, adapter: folder });
    onChange({ blindTest: this.#blindTest.view });
    void this.typeBothWays();
  }

  /** The result of the last choice is put beside the proof. */
  async prefer(side: 'left' | 'right' | 'neither'): Promise<void> {
    if (!this.#blindTest) return;
    this.#blindTest.choose(side);
    this.#parts.onChange({ blindTest: this.#blindTest.view });
    const { result } = this.#blindTest;
    if (result && this.#report) await this.#save({ ...this.#report, blindTest: result });
  }

  dispose(): void {
    this.#typing?.cancel();
  }

  async #save(report: AdapterReport): Promise<void> {
    this.#report = report;
    await this.#parts.store.saveReport(this.#parts.folder, report);
    this.#parts.onChange({ report });
  }
}

/** The way of a fine-tuning, for the editor and the command line: texts kept apart → training → proof → report. */
import type { CancellationToken } from 'vscode-jsonrpc/node.js';
import type { AdapterReport, WritingComparison } from '../protocol/adapters.ts';
import { adapterStrength } from '../protocol/engineOptions.ts';
import type { LoadedAdapter, LoadRequest, TextGenerator } from '../protocol/inference.ts';
import {
  type DoneEvent,
  type HeldOutTexts,
  type ProofProgress,
  proofShare,
  type TrainRequest,
} from '../protocol/training.ts';
import { compareOnTexts, ProofBudget, readUnrelatedTexts } from './adapterEvaluation.ts';
import type { InferenceClient } from './inferenceClient.ts';
import type { StoreClient } from './storeClient.ts';
import type { TrainingClient } from './trainingClient.ts';

/** How much of the texts that were kept apart is compared at the most: some 12,000 tokens of English. */
const comparedCharacters = 50_000;
/** Of its time, what typing leaves for the figures that come first. */
const textsShare = 0.5;

/** Has texts typed without and with an adapter; the rooms that call give it, as what typing is belongs to writing/. */
export type CompareWriting = (
  generatorOf: (side: 'base' | 'adapted') => TextGenerator,
  texts: HeldOutTexts['texts'],
  options: {
    readonly maxCarets: number;
    readonly seed: number;
    readonly onProgress: (fraction: number) => void;
    readonly isOver: (() => boolean) | undefined;
  },
) => Promise<WritingComparison | undefined>;

export interface ProofPlan {
  /** of the model, without an adapter */
  readonly load: LoadRequest;
  readonly adapter: LoadedAdapter;
  readonly texts: HeldOutTexts['texts'];
  /** holds `media`, with the texts of other people; undefined: not compared on them */
  readonly unrelatedIn: string | undefined;
  /** carets that the simulated writer passes on each side; 0: nothing is typed */
  readonly maxCarets: number;
  readonly seed: number;
}

/** What an adapter does to texts that it has not learned from. */
export type AdapterProof = Pick<AdapterReport, 'strength' | 'heldOut' | 'comparedShare' | 'unrelated' | 'writing'>;

/**
 * Compares an adapter with the model alone. What it finds first, how likely the texts are, is told before the typing.
 * @param onProof called with all that is known, once or twice
 * @returns undefined when nothing could be compared
 * @throws InklingError
 */
export async function proveAdapter(
  client: InferenceClient,
  { load, adapter, texts, unrelatedIn, maxCarets, seed }: ProofPlan,
  compareWriting: CompareWriting,
  of: {
    readonly budget?: ProofBudget;
    readonly onProgress?: (progress: ProofProgress) => void;
    readonly onProof?: (proof: AdapterProof) => unknown;
  } = {},
): Promise<AdapterProof | undefined> {
  const { budget = new ProofBudget(), onProgress = () => undefined, onProof = () => undefined } = of;
  const tell = (kind: ProofProgress['kind']) => (fraction: number) => {
    const all = maxCarets === 0 ? fraction : (fraction + (kind === 'typing' ? 1 : 0)) / 2;
    const expected = (budget.spentMs * (1 - all)) / Math.max(all, 0.01);
    onProgress({ kind, fraction, secondsLeft: Math.max(0, Math.min(expected, budget.leftMs)) / 1000 });
  };
  const unrelated = unrelatedIn === undefined ? [] : await readUnrelatedTexts(unrelatedIn);
  const compared = { load, adapter, texts: texts.map(({ text }) => text), unrelated };
  const ofTexts = maxCarets > 0 ? budget.firstPart(textsShare) : budget;
  const comparison = await compareOnTexts(client, compared, ofTexts, tell('texts'));
  if (!comparison) return undefined;
  const proof: AdapterProof = { strength: adapter.strength, ...comparison };
  await onProof(proof);
  if (maxCarets === 0 || budget.isOver) return proof;
  const generatorOf = (side: 'base' | 'adapted') => {
    client.use(side === 'base' ? load : { ...load, adapter });
    return client;
  };
  const isOver = budget.isEndless ? undefined : () => budget.isOver;
  const writing = await compareWriting(generatorOf, texts, { maxCarets, seed, onProgress: tell('typing'), isOver });
  if (!writing) return proof;
  await onProof({ ...proof, writing });
  return { ...proof, writing };
}

export interface FineTuneParts {
  readonly training: TrainingClient;
  readonly store: Pick<StoreClient, 'saveReport'>;
  /** lends a process that writes, for as long as the work lasts */
  readonly withEngine: <T>(work: (client: InferenceClient) => Promise<T>) => Promise<T>;
  readonly compareWriting: CompareWriting;
}

export interface FineTunePlan extends Pick<ProofPlan, 'load' | 'unrelatedIn' | 'maxCarets'> {
  readonly request: TrainRequest;
  /** undefined: nothing is compared in the end */
  readonly proof:
    | {
        /** ends the comparison with what is known then */
        readonly token: CancellationToken;
        /** otherwise it takes at most a quarter of the training's time */
        readonly isUnlimited: boolean;
      }
    | undefined;
}

/** Who is told how it goes, in this order. */
export interface FineTuneAudience {
  readonly onHeldOut?: (heldOut: HeldOutTexts) => void;
  /** the run has been asked for: what is asked of it now it does */
  readonly onTraining?: () => void;
  /** the adapter is there; the training process has ended */
  readonly onTrained?: (done: DoneEvent, heldOut: HeldOutTexts) => void;
  readonly onProofProgress?: (progress: ProofProgress) => void;
  /** with all that is known, beside the adapter already */
  readonly onReport?: (report: AdapterReport) => unknown;
}

export type FineTuneOutcome =
  | { readonly kind: 'discarded' }
  /** the report is missing when nothing was to be compared, or could be */
  | { readonly kind: 'trained'; readonly done: DoneEvent; readonly report: AdapterReport | undefined };

/**
 * Runs to the end. The training process is ended before the proof, which needs its memory.
 * @throws InklingError
 */
export async function fineTune(
  { request, load, unrelatedIn, maxCarets, proof }: FineTunePlan,
  { training, store, withEngine, compareWriting }: FineTuneParts,
  audience: FineTuneAudience = {},
): Promise<FineTuneOutcome> {
  const { modelFolder, paths, corpus, options } = request;
  const heldOut = await training.heldOut({ modelFolder, paths, corpus, maxCharacters: comparedCharacters });
  if (!heldOut) return { kind: 'discarded' };
  audience.onHeldOut?.(heldOut);
  const running = training.train(request);
  audience.onTraining?.();
  const outcome = await running;
  await training.dispose();
  if (outcome.kind === 'discarded') return outcome;
  const { done } = outcome;
  audience.onTrained?.(done, heldOut);
  if (!proof || heldOut.texts.length === 0) return { ...outcome, report: undefined };
  let report: AdapterReport | undefined;
  const keep = async (known: AdapterProof) => {
    const about = { model: modelName(modelFolder), split: heldOut.split, texts: heldOut.texts.length };
    report = { createdAt: new Date().toISOString(), ...about, ...known };
    await store.saveReport(done.adapter, report);
    await audience.onReport?.(report);
  };
  const adapter = { folder: done.adapter, strength: adapterStrength.default };
  const plan = { load, adapter, texts: heldOut.texts, unrelatedIn, maxCarets, seed: options.seed ?? 0 };
  const ms = proof.isUnlimited ? undefined : 1000 * proofShare * done.seconds;
  await withEngine((client) => {
    const budget = new ProofBudget({ ms, token: proof.token });
    const onProgress = audience.onProofProgress;
    return proveAdapter(client, plan, compareWriting, { budget, onProof: keep, ...(onProgress && { onProgress }) });
  });
  return { ...outcome, report };
}

const modelName = (modelFolder: string) => modelFolder.split(/[\\/]/).at(-1)!;

import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Adapter, writeAdapter } from '../model/adapterFile.ts';
import { modelFingerprint } from '../model/modelFingerprint.ts';
import { type ModelFolder, openModelFolder } from '../model/modelFolder.ts';
import { runtimeVersion } from '../model/session.ts';
import { resolveCorpusOptions } from '../protocol/corpus.ts';
import type { DoneEvent, EndReason, TrainingEvent, TrainingOutcome, TrainRequest } from '../protocol/training.ts';
import { resolveTrainingOptions, type TrainingOptions } from '../protocol/trainingOptions.ts';
import { type RunIdentity, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { PackedDataset } from './dataset/packedDataset.ts';
import { openFrozenBase } from './frozenBase.ts';
import { loraPairs } from './lora/loraPairs.ts';
import { Pace } from './pace.ts';
import { lockRun } from './runLock.ts';
import { readTokens, type TokenizedCorpus } from './tokenizedCorpus.ts';
import { progress, type TrainingRun, train } from './train.ts';
import type { MessageControl } from './trainingControl.ts';
import { planTraining, type TrainingPlan } from './trainingPlan.ts';
import type { Dataset } from './trainingSequence.ts';
import { newTrainingState, type TrainingState } from './trainingState.ts';

/**
 * One whole run: texts, plan, loop, adapter.
 * @throws InklingError whatever is wrong with the model, the texts, the options, the memory or the disk
 */
export async function runTraining(
  request: TrainRequest,
  { control, onEvent }: { control: MessageControl; onEvent: (event: TrainingEvent) => void },
): Promise<TrainingOutcome> {
  const options = resolveTrainingOptions(request.options);
  resolveCorpusOptions(request.corpus); // what is out of range is said before anything is read
  const model = openModelFolder(request.modelFolder);
  const runFolder = `${request.outputFolder}.run`;
  const unlock = lockRun(runFolder);
  try {
    const corpus = await readTokens(request, model, control.token);
    if (!corpus) return discard(runFolder);
    onEvent({ event: 'corpus', ...corpus.report });
    const outcome = await runIn(runFolder, { request, model, corpus, options, control, onEvent });
    if (outcome.kind === 'discarded') return discard(runFolder);
    if (outcome.done.reason !== 'stopped') rmSync(runFolder, { recursive: true, force: true });
    return outcome;
  } finally {
    unlock();
  }
}

interface Parts {
  readonly request: TrainRequest;
  readonly model: ModelFolder;
  readonly corpus: TokenizedCorpus;
  readonly options: TrainingOptions;
  readonly control: MessageControl;
  readonly onEvent: (event: TrainingEvent) => void;
}

async function runIn(runFolder: string, parts: Parts): Promise<TrainingOutcome> {
  const { model, options, control, onEvent } = parts;
  const base = openFrozenBase(model, runFolder);
  let plan: TrainingPlan | undefined;
  try {
    plan = await planTraining(base, options, options.threads || Math.max(1, availableParallelism() - 1));
    const run = prepare(runFolder, { ...parts, base, plan });
    const { state, dataset, session } = run;
    const { memoryMode, sequenceLength, residentMb, notes } = plan;
    const cost = costOf(options, plan, dataset);
    const estimatedSeconds = cost.evaluationSeconds + (state.totalSteps - state.step) * cost.secondsPerStep;
    const trainedParameters = session.gradients.reduce((sum, { length }) => sum + length, 0);
    onEvent({
      event: 'plan',
      memoryMode,
      sequenceLength,
      residentMb,
      estimatedSeconds,
      notes,
      trainedParameters,
      totalSteps: state.totalSteps,
      sequencesPerEpoch: dataset.sequencesPerEpoch,
    });
    const reason = await drain(train(run), (event) => onEvent(withSnapshot(event, runFolder, { ...parts, run })));
    if (!control.keepsResult || state.step === 0) return { kind: 'discarded' };
    if (reason === 'stopped') run.save(state);
    return { kind: 'trained', done: finish(parts, run, reason) };
  } finally {
    await plan?.session.release();
    base.remove();
  }
}

function prepare(
  runFolder: string,
  { request, corpus, model, options, control, base, plan }: Parts & { base: TrainingRun['base']; plan: TrainingPlan },
): TrainingRun {
  const { sequenceLength, session } = plan;
  const dataset = new PackedDataset(corpus.training, corpus.validation, {
    sequenceLength,
    packing: true,
    randomStarts: true,
    seed: options.seed,
    paddingId: model.config.eosTokenIds[0] ?? 0,
  });
  const identity: RunIdentity = {
    base: modelFingerprint(model.config, model.weights),
    data: dataset.digest,
    options: digestOf(optionsThatMatter(options)),
  };
  const path = join(runFolder, 'checkpoint.safetensors');
  const { parameters } = session;
  const { data: _, ...others } = identity;
  const demanded = request.textsMayDiffer ? others : identity;
  const resumed = request.resume ? readCheckpoint(path, { identity: demanded, parameters }) : undefined;
  const state = resumed ?? newTrainingState(parameters, options);
  if (!resumed) state.totalSteps = plannedSteps(options, plan, dataset);
  const save = (reached: TrainingState) => writeCheckpoint(path, { state: reached, identity, parameters });
  return { base, session, dataset, options: { ...options, sequenceLength }, state, control, save, pace: new Pace() };
}

/** What changes a run's speed, but not its result, may differ when it is resumed. */
function optionsThatMatter(options: TrainingOptions): object {
  const { threads: _, memoryMode: __, maxMemoryMb: ___, maxMinutes: ____, ...rest } = options;
  return rest;
}

/** Steps of the epochs, or fewer when a bound on steps or on time says so. */
function plannedSteps(options: TrainingOptions, plan: TrainingPlan, dataset: PackedDataset): number {
  const sequencesPerStep = options.batchSize * options.gradientAccumulationSteps;
  const ofEpochs = Math.max(1, Math.round((options.epochs * dataset.sequencesPerEpoch) / sequencesPerStep));
  const bounds = [ofEpochs];
  if (options.maxSteps > 0) bounds.push(options.maxSteps);
  if (options.maxMinutes > 0) {
    const { evaluationSeconds, secondsPerStep } = costOf(options, plan, dataset);
    bounds.push(Math.max(1, Math.floor((60 * options.maxMinutes - evaluationSeconds) / secondsPerStep)));
  }
  return Math.min(...bounds);
}

/** What an evaluation takes, and a step with its share of the evaluations. */
function costOf(options: TrainingOptions, plan: TrainingPlan, dataset: Dataset) {
  const evaluated = Math.min(dataset.validation.length, options.evaluationTokens / plan.sequenceLength);
  const evaluationSeconds = (evaluated * plan.secondsPerSequence) / 2; // forward only
  const sequencesPerStep = options.batchSize * options.gradientAccumulationSteps;
  const secondsPerStep = sequencesPerStep * plan.secondsPerSequence + evaluationSeconds / options.evaluationSteps;
  return { evaluationSeconds, secondsPerStep };
}

type RunParts = Parts & { readonly run: TrainingRun };

/** Writes the adapter of an evaluation, for samples of what it would write by now; the one before it is deleted. */
function withSnapshot(event: TrainingEvent, runFolder: string, parts: RunParts): TrainingEvent {
  if (event.event !== 'evaluation' || event.step === 0) return event;
  const snapshots = join(runFolder, 'samples');
  rmSync(snapshots, { recursive: true, force: true });
  const adapter = join(snapshots, `step-${event.step}`);
  writeAdapterOf(parts, parts.run.state.weights.values, adapter);
  return { ...event, adapter };
}

function finish(parts: Parts, run: TrainingRun, reason: EndReason): DoneEvent {
  const { request, onEvent } = parts;
  const { state } = run;
  writeAdapterOf({ ...parts, run }, state.best?.values ?? state.weights.values, request.outputFolder);
  const perplexity = (loss: number | undefined) => (loss === undefined ? undefined : Math.exp(loss));
  const done: DoneEvent = {
    event: 'done',
    reason,
    ...progress(run),
    validationLoss: state.best?.validationLoss,
    perplexityBefore: perplexity(state.validationLossBefore),
    perplexityAfter: perplexity(state.best?.validationLoss),
    adapter: request.outputFolder,
    seconds: state.seconds,
  };
  onEvent(done);
  return done;
}

function writeAdapterOf(
  { request, model, corpus, options, run }: RunParts,
  values: readonly Float32Array[],
  folder: string,
): void {
  const { state, session } = run;
  const adapter: Adapter = {
    name: request.name,
    pairs: loraPairs(session, values),
    provenance: {
      name: request.name,
      createdAt: new Date().toISOString(),
      base: { name: model.name, fingerprint: modelFingerprint(model.config, model.weights) },
      dataDigest: corpus.report.digest,
      options,
      steps: state.best?.step ?? state.step,
      ...(state.validationLossBefore === undefined ? {} : { validationLossBefore: state.validationLossBefore }),
      ...(state.best ? { validationLoss: state.best.validationLoss } : {}),
      versions: { node: process.versions.node, onnxRuntime: runtimeVersion },
    },
  };
  const { loraRank: rank, loraAlpha: alpha } = options;
  writeAdapter(folder, adapter, { config: model.config, rank, alpha, baseName: model.name });
}

function discard(runFolder: string): TrainingOutcome {
  rmSync(runFolder, { recursive: true, force: true });
  return { kind: 'discarded' };
}

/** Passes every event on and returns what the generator returns. */
async function drain<E, R>(events: AsyncGenerator<E, R>, onEvent: (event: E) => void): Promise<R> {
  for (;;) {
    const next = await events.next();
    if (next.done) return next.value;
    onEvent(next.value);
  }
}

const digestOf = (value: object) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

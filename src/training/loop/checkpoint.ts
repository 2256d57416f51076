/** A checkpoint is one safetensors file: what the run was, in its metadata, and the arrays of a TrainingState. */
import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import {
  readFloat32Tensor,
  readSafetensorsHeader,
  type TensorSource,
  writeSafetensors,
} from '../../model/files/safetensors.ts';
import { InklingError, sentence } from '../../protocol/errors.ts';
import { systemSentence } from '../../protocol/systemReason.ts';
import { type PlanNote, planNote } from '../../protocol/training.ts';
import type { LoraParameter } from '../graph/loraParameters.ts';
import type { TrainingState, Weights } from './trainingState.ts';

/** What must be equal for a checkpoint to be resumed. */
export interface RunIdentity {
  readonly base: string;
  readonly data: string;
  readonly options: string;
}

/** Where the checkpoint before the last one lies. */
const before = (path: string) => `${path}.before`;

/** Also when the process died between two renames and left the one before the last. */
const hasCheckpoint = (path: string): boolean => existsSync(path) || existsSync(before(path));

/**
 * Written beside the last one and renamed: whenever the process dies, a whole file stands at `path` or, with the one
 * before it, at `PATH.before`.
 * @throws InklingError `fileAccess`, with the last checkpoint still in its place
 */
export function writeCheckpoint(
  path: string,
  {
    state,
    identity,
    parameters,
  }: { state: TrainingState; identity: RunIdentity; parameters: readonly LoraParameter[] },
): void {
  const temporary = `${path}.writing`;
  const tensors = stateTensors(state, parameters);
  const { weights, restorePoint: _, best, ...numbers } = state;
  const facts: CheckpointFacts = {
    identity,
    numbers: { ...numbers, optimizerSteps: weights.optimizer.steps },
    best: best && { step: best.step, validationLoss: best.validationLoss },
    digest: digestOf(tensors.map(({ bytes }) => bytes())),
  };
  try {
    writeSafetensors(temporary, tensors, { metadata: { checkpoint: JSON.stringify(facts) } });
    const descriptor = openSync(temporary, 'r+');
    fsyncSync(descriptor);
    closeSync(descriptor);
    if (existsSync(path)) renameSync(path, before(path));
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new InklingError(
      'fileAccess',
      sentence`The checkpoint could not be written to ${path}: ${systemSentence(error)}.`,
      { cause: error },
    );
  }
}

interface CheckpointFacts {
  readonly identity: RunIdentity;
  readonly numbers: Omit<TrainingState, 'weights' | 'restorePoint' | 'best'> & { readonly optimizerSteps: number };
  readonly best: { readonly step: number; readonly validationLoss: number } | undefined;
  /** SHA-256 of all tensors' bytes */
  readonly digest: string;
}

export interface ResumedRun {
  readonly state: TrainingState;
  readonly notes: readonly PlanNote[];
}

interface Expected {
  readonly identity: Partial<RunIdentity>;
  readonly parameters: readonly LoraParameter[];
}

/**
 * The last checkpoint or, where that is damaged, the one before it.
 * @returns undefined when there is none
 * @throws InklingError `modelBroken` when both are damaged, `modelConfig` when it belongs to another run
 */
export function readCheckpoint(path: string, expected: Expected): ResumedRun | undefined {
  if (!hasCheckpoint(path)) return undefined;
  try {
    if (existsSync(path)) return { state: readState(path, expected), notes: [] };
  } catch (error) {
    const isDamaged = error instanceof InklingError && error.code === 'modelBroken';
    if (!isDamaged || !existsSync(before(path))) throw error;
    const state = readState(before(path), expected);
    return { state, notes: [planNote('damagedCheckpoint', state.step)] };
  }
  return { state: readState(before(path), expected), notes: [] }; // the process died between two renames
}

function readState(path: string, { identity, parameters }: Expected): TrainingState {
  const { tensors, facts } = readFile(path);
  const differing = (Object.keys(identity) as (keyof RunIdentity)[]).find(
    (key) => facts.identity[key] !== identity[key],
  );
  if (differing) {
    const what = { base: sentence`model`, data: sentence`texts`, options: sentence`options` }[differing];
    throw new InklingError(
      'modelConfig',
      sentence`The checkpoint ${path} belongs to a run with other ${what}: start anew.`,
    );
  }
  const arrays = (kind: string) => parameters.map(({ name }) => tensors.get(`${kind}.${name}`)!);
  const slotCount = [...tensors.keys()].filter(
    (name) => name.startsWith('slot') && name.endsWith(parameters[0]!.name),
  ).length;
  const slots = parameters.map(({ name }) =>
    Array.from({ length: slotCount }, (_, slot) => tensors.get(`slot${slot}.${name}`)!),
  );
  const { optimizerSteps, ...numbers } = facts.numbers;
  const weights: Weights = { values: arrays('value'), optimizer: { steps: optimizerSteps, slots } };
  return {
    ...numbers,
    validationLossBefore: numbers.validationLossBefore, // undefined is no JSON
    weights,
    restorePoint: structuredClone(weights),
    best: facts.best && { ...facts.best, values: arrays('best') },
  };
}

function readFile(path: string): { tensors: Map<string, Float32Array>; facts: CheckpointFacts } {
  const damaged = (cause?: unknown) =>
    new InklingError('modelBroken', sentence`The checkpoint ${path} is damaged: start anew without resuming.`, {
      cause,
    });
  try {
    const header = readSafetensorsHeader(path);
    const facts = JSON.parse(header.metadata['checkpoint'] ?? '') as CheckpointFacts;
    const tensors = new Map([...header.tensors].map(([name, entry]) => [name, readFloat32Tensor(entry)]));
    if (digestOf([...tensors.values()].map(bytesOf)) !== facts.digest) throw damaged();
    return { tensors, facts };
  } catch (error) {
    throw damaged(error);
  }
}

/** The restore point is left out: at a checkpoint it equals the weights. */
function stateTensors({ weights, best }: TrainingState, parameters: readonly LoraParameter[]): TensorSource[] {
  return parameters.flatMap(({ name, shape }, index) => {
    const tensor = (kind: string, values: Float32Array): TensorSource => ({
      name: `${kind}.${name}`,
      dtype: 'F32',
      shape,
      bytes: () => bytesOf(values),
    });
    return [
      tensor('value', weights.values[index]!),
      ...weights.optimizer.slots[index]!.map((slot, number) => tensor(`slot${number}`, slot)),
      ...(best ? [tensor('best', best.values[index]!)] : []),
    ];
  });
}

const bytesOf = (values: Float32Array) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

function digestOf(chunks: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}

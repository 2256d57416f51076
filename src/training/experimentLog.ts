import { appendFileSync, copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { adapterFiles } from '../protocol/adapters.ts';
import { unwritable } from '../protocol/systemReason.ts';
import type { TrainingEvent } from '../protocol/training.ts';

const fileName = adapterFiles.log;

/** One line; `time` is in milliseconds since 1970. Names of files and texts are in none. */
type LogLine = {
  readonly event: string;
  readonly time: number;
  readonly step?: number;
  readonly epoch?: number;
} & Readonly<Record<string, unknown>>;

/** What has no meaning later, or elsewhere. */
const passing = ['adapter', 'etaSeconds'];

/**
 * The experiment log: JSON lines that say what was run and how it went, step by step and epoch by epoch. While the run
 * lasts it lies beside the checkpoint; in the end it is put beside the adapter.
 */
export class ExperimentLog {
  readonly #path: string;
  /** of the epoch that is going on */
  #losses: number[] = [];
  #epoch = 0;

  /** @param facts what is run: model, data, options, versions */
  static start(runFolder: string, facts: object): ExperimentLog {
    const log = new ExperimentLog(runFolder);
    carryOut(log.#path, () => writeFileSync(log.#path, ''));
    log.#append({ event: 'run', ...facts });
    return log;
  }

  /** Goes on after `step`: what a run that died had written of later steps is taken off, as they are taken again. */
  static resume(runFolder: string, { step, facts }: { readonly step: number; readonly facts: object }): ExperimentLog {
    const log = new ExperimentLog(runFolder);
    const kept = readLines(log.#path).filter((line) => line.step === undefined || line.step <= step);
    carryOut(log.#path, () => writeFileSync(log.#path, kept.map((line) => `${JSON.stringify(line)}\n`).join('')));
    for (const line of kept) log.#count(line);
    log.#append({ event: 'resumed', step, ...facts });
    return log;
  }

  private constructor(runFolder: string) {
    this.#path = join(runFolder, fileName);
  }

  add(event: TrainingEvent): void {
    if (event.event === 'corpus' || event.event === 'checkpoint') return;
    this.#append(Object.fromEntries(Object.entries(event).filter(([name]) => !passing.includes(name))));
    if (event.event !== 'step') return;
    const ended = Math.floor(event.epoch + 1e-9); // 0.1 · 10 is a whole epoch
    const isLast = event.step === event.totalSteps;
    this.#losses.push(event.loss);
    if (ended === this.#epoch && !isLast) return;
    const meanLoss = this.#losses.reduce((sum, loss) => sum + loss, 0) / this.#losses.length;
    const { step, epoch } = event;
    this.#append({ event: 'epoch', step, epoch, steps: this.#losses.length, meanLoss });
    this.#startEpoch(ended);
  }

  copyTo(adapterFolder: string): void {
    const target = join(adapterFolder, fileName);
    carryOut(target, () => copyFileSync(this.#path, target));
  }

  /** What a line of an earlier process says about the epoch that is going on. */
  #count({ event, epoch, loss }: LogLine): void {
    if (event === 'step') this.#losses.push(Number(loss));
    if (event === 'epoch') this.#startEpoch(Math.floor(Number(epoch) + 1e-9));
  }

  #startEpoch(epoch: number): void {
    this.#epoch = epoch;
    this.#losses = [];
  }

  #append(line: object): void {
    carryOut(this.#path, () => appendFileSync(this.#path, `${JSON.stringify({ time: Date.now(), ...line })}\n`));
  }
}

/** Lines that can be read: a process that dies may leave half of one. */
function readLines(path: string): LogLine[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as LogLine];
      } catch {
        return [];
      }
    });
}

function carryOut(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw unwritable(path, error);
  }
}

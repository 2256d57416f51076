import { type ChildProcess, fork, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node.js';
import { linearNames } from '../../src/model/decoderParts.ts';
import { type TrainingEvent, type TrainRequest, trainingEventNotification } from '../../src/protocol/training.ts';
import { builtPath } from '../golden/goldenFiles.ts';
import { processorTicks } from './processorTicks.ts';
import { temporaryFolder } from './temporaryFolder.ts';
import { writeTinyModel } from './tinyModel.ts';

/**
 * Training runs at the lowest priority: beside other programs a test may take many times longer. It waits as long as
 * the process gets on, and this is only for a system that gives it nothing at all.
 */
export const patienceMs = 900_000;
/** Processor time without an event after which a run is stuck. */
const stuckAfterSeconds = 60;

const sentences = [
  'The ferry leaves twice a day in winter and four times in summer.',
  'Nobody on the island owns a car, and nobody misses one.',
  'In the evening the lamps are lit one after the other, from the harbour up to the church.',
  'She wrote her letters at the kitchen table, with the window open.',
  'The baker knows what the weather will be; he does not always say it.',
];

/** A workspace of ten short files, a tiny model, and a request that trains on them. */
export async function prepareTraining(): Promise<{ folder: string; request: TrainRequest }> {
  const folder = await temporaryFolder();
  const texts = join(folder, 'texts');
  await mkdir(texts);
  for (let file = 0; file < 10; file++) {
    const lines = Array.from(
      { length: 40 },
      (_, line) => `${sentences[(file + line * 3) % 5]} It is number ${line * file}.`,
    );
    writeFileSync(join(texts, `letter ${file}.md`), `# Letter ${file}\n\n${lines.join('\n\n')}\n`);
  }
  const modelFolder = await writeTinyModel(join(folder, 'tiny'));
  const options = {
    maxSteps: 30,
    epochs: 50,
    sequenceLength: 64,
    loraRank: 2,
    loraTargets: linearNames,
    evaluationSteps: 10,
    checkpointSteps: 5,
    threads: 1,
  };
  const corpus = { minCharacters: 100, dropDuplicates: false };
  const outputFolder = join(folder, 'voice');
  return {
    folder,
    request: { modelFolder, outputFolder, name: 'voice', paths: [texts], corpus, options, resume: false },
  };
}

export interface Trainer {
  readonly child: ChildProcess;
  readonly connection: MessageConnection;
  readonly events: TrainingEvent[];
  /** Resolves with the first event that there is from now on or was before. */
  until(isIt: (event: TrainingEvent) => boolean): Promise<TrainingEvent>;
}

/**
 * Starts the built training process; it ends with the test.
 * @param prelude shell commands that run before it in the same process, such as a limit
 */
export function startTrainer(prelude?: string, environment: NodeJS.ProcessEnv = process.env): Trainer {
  const child = prelude === undefined ? forked(environment) : behind(prelude, environment);
  const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  const events: TrainingEvent[] = [];
  const waiting: (() => void)[] = [];
  let why: string | undefined; // no further event comes
  let stepped = processorSeconds(child);
  const lookAll = () => {
    for (const look of waiting) look();
  };
  connection.onNotification(trainingEventNotification, (event) => {
    events.push(event);
    stepped = processorSeconds(child);
    lookAll();
  });
  connection.listen();
  child.once('exit', (exitCode, signal) => {
    why ??= `the training process ended (${signal ?? exitCode})`;
    lookAll();
  });
  const guard = setInterval(() => {
    if (processorSeconds(child) - stepped < stuckAfterSeconds) return;
    why ??= `the training process worked for ${stuckAfterSeconds} s without an event`;
    connection.dispose(); // rejects the requests that wait
    lookAll();
  }, 1000);
  onTestFinished(() => {
    clearInterval(guard);
    connection.dispose();
    child.kill('SIGKILL');
  });
  const until = (isIt: (event: TrainingEvent) => boolean) =>
    new Promise<TrainingEvent>((resolve, reject) => {
      const look = () => {
        const found = events.find(isIt);
        if (found) resolve(found);
        else if (why) reject(new Error(`${why}, after ${events.length} events`));
      };
      waiting.push(look);
      look();
    });
  return { child, connection, events, until };
}

/** What a process has used; on systems that do not tell, the time that has passed. */
function processorSeconds({ pid }: ChildProcess): number {
  if (process.platform !== 'linux') return performance.now() / 1000;
  try {
    return processorTicks(pid!) / 100;
  } catch {
    return 0; // it is gone
  }
}

const forked = (env: NodeJS.ProcessEnv) =>
  fork(builtPath('training.js'), [], { execArgv: [], serialization: 'advanced', env });

/** The channel of messages is inherited by what the shell turns into. */
const behind = (prelude: string, env: NodeJS.ProcessEnv) =>
  spawn('unshare', ['-Urm', 'sh', '-c', `${prelude} && exec "$0" "$1"`, process.execPath, builtPath('training.js')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
    env,
  });

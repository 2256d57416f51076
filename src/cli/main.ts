import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { Command, CommanderError } from 'commander';
import { Processes } from '../client/processes.ts';
import { systemCode, toInklingError } from '../protocol/errors.ts';
import { systemReason } from '../protocol/systemReason.ts';
import { addActCommand } from './commands/act.ts';
import { addAdaptersCommand } from './commands/adapters.ts';
import { addBenchCommand } from './commands/bench.ts';
import { addCalibrateCommand } from './commands/calibrate.ts';
import { addCompleteCommand } from './commands/complete.ts';
import { addDevicesCommand } from './commands/devices.ts';
import { addEvaluateCommand } from './commands/evaluate.ts';
import { addFinetuneCommand } from './commands/finetune.ts';
import { addModelsCommand } from './commands/models.ts';
import { addPipelineCommand } from './commands/pipeline.ts';
import { addServeCommand } from './commands/serve.ts';
import { addSimulateCommand } from './commands/simulate.ts';
import { addDetokenizeCommand, addScoreCommand, addTokenizeCommand } from './commands/tokens.ts';
import type { Invocation } from './invocation.ts';
import { inFlags, refuseEmptyValues, UsageError } from './options.ts';
import { tell } from './output.ts';

const invocation: Invocation = { processes: new Processes(__dirname), distFolder: __dirname, running: new Set() };
let interrupted = false;

function buildProgram(): Command {
  const { version } = JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')) as { version: string };
  const program = new Command('inkling')
    .description('Helps you write prose with a language model that runs on this machine.')
    .version(version)
    .exitOverride()
    .hook('preAction', (_, command) => refuseEmptyValues(command))
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'inkling: ')) });
  addCompleteCommand(program, invocation);
  addTokenizeCommand(program, invocation);
  addDetokenizeCommand(program, invocation);
  addScoreCommand(program, invocation);
  addModelsCommand(program, invocation);
  addDevicesCommand(program, invocation);
  addBenchCommand(program, invocation);
  addSimulateCommand(program, invocation);
  addCalibrateCommand(program, invocation);
  addFinetuneCommand(program, invocation);
  addEvaluateCommand(program, invocation);
  addAdaptersCommand(program, invocation);
  addActCommand(program, invocation);
  addServeCommand(program, invocation);
  addPipelineCommand(program, invocation);
  return program;
}

/** 0 done, 1 failed, 2 wrong use; every failure has left one line on stderr. */
async function run(commandLine: readonly string[]): Promise<number> {
  try {
    await buildProgram().parseAsync(commandLine);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // it has printed its message
    if (interrupted) return 1; // what fails now fails because of the interruption
    const { code, message } = toInklingError(error);
    const isWrongUse = error instanceof UsageError || code === 'optionOutOfRange';
    tell(isWrongUse ? inFlags(message) : message);
    if (commandLine.includes('--verbose')) process.stderr.write(`${inspect(error)}\n`);
    return isWrongUse ? 2 : 1;
  }
}

/** Ctrl+C and its relatives: end every process, then this one. */
async function interrupt(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP'): Promise<void> {
  interrupted = true;
  await Promise.all([...invocation.running].map((resource) => resource.dispose()));
  process.exit(128 + constants.signals[signal]);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void interrupt(signal));
process.stdout.on('error', (error) => {
  // a reader who went away wants no words
  if (systemCode(error) !== 'EPIPE') tell(`the answer cannot be written: ${systemReason(error)}`);
  process.exit(1);
});
process.stderr.on('error', () => undefined); // nobody reads what is told; the answer is still wanted
void run(process.argv).then((exitCode) => {
  process.exitCode = exitCode;
});

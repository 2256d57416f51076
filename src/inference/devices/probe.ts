/**
 * The probe process examines one device and ends. It is a process of its own because a broken driver may crash or
 * hang, and because the examination takes seconds in which the inference process goes on serving.
 */
import { fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { toInklingError } from '../../protocol/errors.ts';
import { type Examination, examineDevice, type Verdict } from './examineDevice.ts';

/** Started with this argument, the inference bundle is a probe. */
export const probeArgument = 'probe';

/** Examines a device in a process of its own; a crash or a hang is a verdict like any other. */
export function probe(examination: Examination, limitMs: number): Promise<Verdict> {
  const child = fork(process.argv[1]!, [probeArgument], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'], // drivers print what nobody can read
  });
  const kill = () => child.kill('SIGKILL');
  const endWithIt = () => {
    kill();
    process.exit();
  };
  process.once('exit', kill);
  process.once('SIGTERM', endWithIt);
  return new Promise<Verdict>((resolve) => {
    const limit = setTimeout(() => {
      resolve({ kind: 'slower', reason: `Its check was not finished after ${limitMs / 1000} seconds.` });
    }, limitMs);
    child.once('message', (verdict: Verdict) => resolve(verdict));
    child.once('error', (error) => resolve({ kind: 'unavailable', reason: `It cannot be tried: ${error.message}` }));
    child.once('exit', (exitCode, signal) => {
      resolve({ kind: 'unavailable', reason: `Its driver crashed when it was tried (${signal ?? `code ${exitCode}`}).` });
    });
    child.send(examination);
    void limit;
  }).finally(() => {
    process.off('exit', kill);
    process.off('SIGTERM', endWithIt);
    kill();
  });
}

/** Runs in the probe process: waits for its task, answers and ends. */
export function serveProbe(): void {
  setPriority(constants.priority.PRIORITY_LOW);
  process.once('disconnect', () => process.exit());
  process.once('message', async (examination: Examination) => {
    const verdict = await examineDevice(examination).catch(
      (error): Verdict => ({ kind: 'wrong', reason: toInklingError(error).message }),
    );
    process.send!(verdict, () => process.exit());
  });
}

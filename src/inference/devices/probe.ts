/**
 * The probe process examines one device and ends. It is a process of its own because a broken driver may crash or
 * hang, and because an examination takes seconds in which the inference process goes on serving.
 */
import { fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { sentence, toInklingError } from '../../protocol/errors.ts';
import { type Examination, examineDevice, type Verdict } from './examineDevice.ts';

/** Started with this argument, the inference bundle is a probe. */
export const probeArgument = 'probe';

/** Examines a device in a process of its own; a crash or a hang is a verdict like any other. */
export function probe(examination: Examination, limitMs: number): Promise<Verdict> {
  const child = fork(process.argv[1]!, [probeArgument], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'], // drivers print what nobody can read
    timeout: limitMs,
    killSignal: 'SIGKILL', // a native call does not listen to anything else
  });
  const endProbe = () => child.kill('SIGKILL');
  const endBoth = () => process.exit(); // the signal's own default would leave the probe behind
  process.once('exit', endProbe);
  process.once('SIGTERM', endBoth);
  return new Promise<Verdict>((resolve) => {
    child.once('message', (verdict: Verdict) => resolve(verdict));
    child.on('error', ({ message }) => {
      // without a process there is no exit; a message that found none is followed by the exit that says why
      if (child.pid === undefined) resolve({ kind: 'unavailable', reason: sentence`It cannot be tried: ${message}` });
    });
    child.once('exit', (exitCode, signal) => {
      const tooSlow: Verdict = {
        kind: 'slower',
        reason: sentence`Its check was not finished after ${limitMs / 1000} seconds.`,
      };
      const crashed = sentence`Its driver crashed when it was tried (${signal ?? `exit code ${exitCode}`}).`;
      resolve(child.killed ? tooSlow : { kind: 'unavailable', reason: crashed });
    });
    if (child.pid !== undefined) child.send(examination);
  }).finally(() => {
    process.off('exit', endProbe);
    process.off('SIGTERM', endBoth);
  });
}

/** Runs in the probe process: waits for its task, answers and ends. */
export function serveProbe(): void {
  setPriority(constants.priority.PRIORITY_LOW);
  process.once('disconnect', () => process.exit());
  process.once('message', async (examination: Examination) => {
    const verdict = await examineDevice(examination).catch(
      (error): Verdict => ({ kind: 'wrong', reason: sentence`It cannot be tried: ${toInklingError(error).message}` }),
    );
    process.send!(verdict, () => process.exit());
  });
}

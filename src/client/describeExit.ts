import { type ErrorCode, InklingError } from '../protocol/errors.ts';

/** What an end most often means for a process that runs a model: by signal, or by exit code on Windows. */
const meanings: Readonly<Record<string, string>> = {
  SIGKILL: 'Something killed it; often the system had no memory left.',
  SIGILL: 'This processor lacks an instruction that the runtime needs.',
  'exit code 3221225501': 'This processor lacks an instruction that the runtime needs.',
  SIGSEGV: 'The runtime crashed.',
  SIGBUS: 'A file that it reads was cut short, or the disk is full.',
  SIGABRT: 'The runtime gave up.',
};

/**
 * Says why a process that nobody asked to stop is gone.
 * @param lastWords the end of what it wrote to stderr
 */
export function describeExit(
  name: string,
  exitCode: number | null,
  signal: NodeJS.Signals | null,
  lastWords: string,
): InklingError {
  const outOfMemory = /out of memory|bad_alloc|ENOMEM|cannot allocate memory/i.test(lastWords);
  const code: ErrorCode = outOfMemory ? 'outOfMemory' : 'processDied';
  const how = signal ?? `exit code ${exitCode}`;
  const why = outOfMemory ? 'There was not enough memory.' : (errorLine(lastWords) ?? meanings[how] ?? '');
  return new InklingError(code, `The ${name} process ended unexpectedly (${how}). ${why}`.trimEnd());
}

/** The line of a Node stack trace that names the error. */
function errorLine(lastWords: string): string | undefined {
  return lastWords.split(/\r?\n/).findLast((line) => /^(\w*Error|Uncaught .*?)(:| \[)/.test(line));
}

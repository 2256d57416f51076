import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { distFolder } from './tinyEngine.ts';

export interface CliResult {
  /** null when a signal ended it */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Starts `inkling` in a process group of its own, as a terminal does; it ends with the test.
 * @param stdin null: it stays open
 * @param prefix a program that starts another one, with its arguments
 */
export function startCli(
  commandLine: readonly string[],
  stdin: string | null = '',
  environment: NodeJS.ProcessEnv = {},
  prefix: readonly string[] = [],
): ChildProcess {
  const [program, ...parameters] = [...prefix, process.execPath, join(distFolder, 'cli.js'), ...commandLine];
  const child = spawn(program!, parameters, {
    detached: true,
    env: { ...process.env, ...environment },
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  child.stdin.on('error', () => undefined); // it may end without reading
  if (stdin !== null) child.stdin.end(stdin);
  return child;
}

/** Runs `inkling` to its end. */
export function runCli(
  commandLine: readonly string[],
  stdin?: string,
  environment?: NodeJS.ProcessEnv,
): Promise<CliResult> {
  const child = startCli(commandLine, stdin, environment);
  let stdout = '';
  let stderr = '';
  child.stdout!.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr!.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  return new Promise((resolve) => child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr })));
}

/** The children of a process; Linux only. */
export function childrenOf(processId: number): number[] {
  const children = readFileSync(`/proc/${processId}/task/${processId}/children`, 'utf8');
  return children.split(' ').filter(Boolean).map(Number);
}

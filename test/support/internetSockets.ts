/** Who opens a socket to a network, told by the system calls that a program makes or by what it holds open; who leaves notes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { childrenOf } from './cliProcess.ts';
import { temporaryFolder } from './temporaryFolder.ts';

export interface Watched {
  /** null when a signal ended it */
  readonly exitCode: number | null;
  readonly stdout: string;
  /** one line for each internet socket: a system call, or a socket that was seen open */
  readonly sockets: readonly string[];
  /** names of the scripts whose processes have them */
  readonly owners: readonly string[];
  /** how many processes were watched */
  readonly processes: number;
  /** what lies in the user's home folder afterwards, which was empty before */
  readonly notes: readonly string[];
}

/** A Node program. */
export interface Program {
  /** the script and its arguments */
  readonly commandLine: readonly string[];
  readonly stdin?: string | undefined;
  /** its input ends so much later: who sends notes collects them first, and does so when a program stays */
  readonly staysMs?: number;
}

/** Runs a tool to its end. @returns whether it is there, is permitted and answered 0 */
function works(tool: string, ...parameters: readonly string[]): Promise<boolean> {
  const child = spawn(tool, parameters, { stdio: 'ignore' });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (exitCode) => resolve(exitCode === 0));
  });
}

const [strace, ...straceOptions] = ['strace', '-f', '-qq', '--seccomp-bpf', '-e', 'trace=%network,execve'] as const;
/** Not every system lets a process trace another. */
export const canTrace = (): Promise<boolean> => works(strace, ...straceOptions, process.execPath, '-e', '1');

/** Runs a Node program and all its children under strace: every call that makes or addresses a socket is seen. */
export async function tracedSockets(program: Program): Promise<Watched> {
  const record = join(await temporaryFolder(), 'calls');
  const end = await finished(await start([strace, ...straceOptions, '-o', record, process.execPath], program));
  const calls = (await readFile(record, 'utf8')).split('\n');
  const sockets = calls.filter((call) => /\bAF_INET6?\b/.test(call));
  /** by process id, with which every line begins */
  const scripts = new Map(
    calls.flatMap((call) => {
      const [, processId, commandLine] = /^(\d+)\s+execve\((.*)= 0$/.exec(call) ?? [];
      return processId ? [[processId, scriptOf(commandLine!)] as const] : [];
    }),
  );
  return {
    ...end,
    sockets,
    owners: distinct(sockets.map((call) => scripts.get(call.split(/\s/, 1)[0]!) ?? call)),
    processes: calls.filter((call) => /\bexecve\(.*= 0$/.test(call)).length,
  };
}

/** Runs a Node program and looks, every few milliseconds, at what it and its children hold open. Linux only. */
export async function sampledSockets(program: Program): Promise<Watched> {
  const started = await start([process.execPath], program);
  const { child } = started;
  const sockets = new Set<string>();
  const owners = new Set<string>();
  const processes = new Set<number>();
  const end = finished(started);
  while (child.exitCode === null && child.signalCode === null) {
    const open = internetSockets();
    for (const processId of withDescendants(child.pid!)) {
      processes.add(processId);
      for (const inode of socketsOf(processId)) {
        const socket = open.get(inode);
        if (!socket) continue;
        sockets.add(socket);
        owners.add(scriptOf(commandLineOf(processId)));
      }
    }
    await sleep(5);
  }
  return { ...(await end), sockets: [...sockets], owners: [...owners], processes: processes.size };
}

const [unshare, ...unshareOptions] = ['unshare', '--map-root-user', '--net'] as const;
/** Whether a network namespace of one's own may be made here. */
export const canCutOff = (): Promise<boolean> => works(unshare, ...unshareOptions, process.execPath, '-e', '1');

/** Runs a Node program where there is no network at all. @returns its exit code */
export const exitCodeCutOff = async (program: Program): Promise<number | null> =>
  (await finished(await start([unshare, ...unshareOptions, process.execPath], program))).exitCode;

interface Started {
  readonly child: ChildProcess;
  readonly home: string;
}

/** Without the variables of this process: some programs behave where they find that they are tested. */
async function start(
  [tool, ...parameters]: readonly string[],
  { commandLine, stdin = '', staysMs = 0 }: Program,
): Promise<Started> {
  const home = await temporaryFolder();
  const child = spawn(tool!, [...parameters, ...commandLine], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], HOME: home },
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  child.stdin.on('error', () => undefined); // it may end without reading
  child.stdin.write(stdin);
  setTimeout(() => child.stdin.end(), staysMs);
  return { child, home };
}

function finished({ child, home }: Started): Promise<Pick<Watched, 'exitCode' | 'stdout' | 'notes'>> {
  let stdout = '';
  child.stdout!.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  return new Promise((resolve, reject) => {
    child.once('close', (exitCode) => {
      readdir(home, { recursive: true }).then((notes) => resolve({ exitCode, stdout, notes }), reject);
    });
  });
}

const distinct = (names: readonly string[]) => [...new Set(names)];

/** The script that a command line names, such as `store.js`; what is none is shown as it is. */
const scriptOf = (commandLine: string): string => /(\w+\.c?js)\b/.exec(commandLine)?.[1] ?? commandLine;

function commandLineOf(processId: number): string {
  try {
    return readFileSync(`/proc/${processId}/cmdline`, 'utf8');
  } catch {
    return String(processId); // gone meanwhile
  }
}

function withDescendants(processId: number): number[] {
  try {
    return [processId, ...childrenOf(processId).flatMap(withDescendants)];
  } catch {
    return []; // gone meanwhile
  }
}

/** Inode → protocol and addresses of every internet socket in this network namespace. */
function internetSockets(): Map<string, string> {
  const sockets = new Map<string, string>();
  for (const protocol of ['tcp', 'tcp6', 'udp', 'udp6']) {
    const [, ...lines] = readFileSync(`/proc/self/net/${protocol}`, 'utf8').trimEnd().split('\n');
    for (const line of lines) {
      const [, local, remote, , , , , , , inode] = line.trim().split(/\s+/);
      sockets.set(inode!, `${protocol} ${local} → ${remote}`);
    }
  }
  return sockets;
}

/** Inodes of the sockets that a process holds. */
function socketsOf(processId: number): string[] {
  try {
    const folder = `/proc/${processId}/fd`;
    return readdirSync(folder).flatMap((name) => {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(join(folder, name)))?.[1];
      return inode ? [inode] : [];
    });
  } catch {
    return []; // gone meanwhile
  }
}

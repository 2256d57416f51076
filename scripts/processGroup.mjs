// Children that end together with all of their own children.
import { spawn } from 'node:child_process';

let hearsSignals = false;

/** Makes Ctrl+C, `kill` and a closed terminal end this process by an ordinary exit, and so every group with it. */
function exitOnSignals() {
  if (hearsSignals) return;
  hearsSignals = true;
  for (const [signal, number] of Object.entries({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15 })) {
    process.once(signal, () => process.exit(128 + number));
  }
}

/**
 * Starts a command as the leader of a new process group, which is killed when this process exits.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Omit<import('node:child_process').SpawnOptions, 'detached'>} options
 */
export function spawnGroup(command, args, options) {
  exitOnSignals();
  const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
  const onExit = () => signalGroup(child, 'SIGKILL');
  process.once('exit', onExit);
  child.once('exit', () => process.off('exit', onExit));
  return child;
}

/**
 * Ends the whole group: asks first, kills what is left after `graceMs`.
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} [graceMs]
 * @returns {Promise<void>} when its leader is gone
 */
export async function stopGroup(child, graceMs = 5000) {
  if (!child.pid) return;
  const gone = new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(undefined);
    else child.once('exit', resolve);
  });
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
  await gone;
  clearTimeout(timer);
  signalGroup(child, 'SIGKILL'); // children that outlived their leader
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  if (!child.pid) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // ESRCH: nobody is left
  }
}

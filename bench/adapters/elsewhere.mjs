// node bench/adapters/elsewhere.mjs [--steps 6] [--python PATH]
// The way out and back for real: exports a run on this project's docs, trains it with PyTorch, PEFT and accelerate on
// the CPU, adds what it made, and evaluates it. PATH: a Python that has media/pytorch/requirements.txt.
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { distFolder, outFolder, root } from '../product.mjs';
import { runCommand } from '../runScript.mjs';

const { values: options } = parseArgs({
  options: { steps: { type: 'string', default: '6' }, python: { type: 'string', default: 'python3' } },
});
const folder = path.join(outFolder, 'adapters', 'elsewhere');
const run = path.join(folder, 'run');
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
process.env['INKLING_ADAPTERS'] = path.join(folder, 'shelf');

const given = ['--sequence-length', '128', '--evaluation-tokens', '512', '--warmup-steps', '2', '--batch-size', '2'];
await inkling('finetune', path.join(root, 'docs'), '--export', run, ...given);
const launch = ['-m', 'accelerate.commands.launch', '--config_file', 'accelerate.yaml', '--cpu', 'train.py'];
process.stdout.write(await runCommand(options.python, [...launch, '--max-steps', options.steps], { cwd: run }));
await inkling('adapters', 'add', path.join(run, 'adapter'), '--name', 'from-elsewhere');
process.stdout.write(await inkling('evaluate', path.join(root, 'README.md'), '--adapter', 'from-elsewhere'));

function inkling(...commandLine) {
  return runCommand(process.execPath, [path.join(distFolder, 'cli.js'), ...commandLine]);
}

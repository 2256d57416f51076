// Every architecture on WebGPU, through SwiftShader: devices.test.ts has what one model meets on its way there.
import { spawn } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import { architectures } from '../../src/model/architectures.ts';
import { hasSwiftShader, useSwiftShader } from '../support/swiftShader.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { letterTokenizer } from '../support/tinyTokenizer.ts';
import type { WrittenOnDevices } from '../support/writtenOnDevices.ts';

const golden = fileURLToPath(new URL('../golden/architectures', import.meta.url));
const names = architectures.map(({ name }) => name);

/** 3 special tokens and these are the 64 tokens of the models of test/golden. */
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZĠ.,;!?-:';

/** Of several cases of an architecture the first one has all that the others change. */
const caseOf = (name: string) =>
  readdirSync(golden)
    .sort()
    .find((folder) => readFileSync(join(golden, folder, 'config.json'), 'utf8').includes(`"${name}"`));

async function modelFolder(name: string): Promise<string> {
  const folder = join(await temporaryFolder(), name);
  cpSync(join(golden, caseOf(name)!), folder, { recursive: true });
  const { tokenizer, tokenizerConfig } = letterTokenizer(letters);
  writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer));
  writeFileSync(join(folder, 'tokenizer_config.json'), JSON.stringify(tokenizerConfig));
  return folder;
}

/** One process for all: a device that is opened anew compiles all its programs anew, which takes five seconds a model. */
async function written(folders: readonly string[]): Promise<WrittenOnDevices[]> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const outfile = join(root, 'out', `writtenOnDevices.${process.pid}.cjs`); // from here it finds the runtime
  onTestFinished(() => rmSync(outfile, { force: true }));
  const entryPoints = [join(root, 'test/support/writtenOnDevices.ts')];
  await build({
    entryPoints,
    outfile,
    bundle: true,
    platform: 'node',
    external: ['onnxruntime-node'],
    logLevel: 'silent',
  });
  const child = spawn(process.execPath, [outfile, ...folders], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    printed += text;
  });
  await new Promise((resolve) => child.once('close', resolve));
  return printed
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as WrittenOnDevices);
}

test.skipIf(!hasSwiftShader)(
  'every architecture writes on WebGPU what it writes on the CPU',
  async () => {
    await useSwiftShader();
    const folders = await Promise.all(names.map(modelFolder));
    const answers = await written(folders);
    expect(answers.map((answer) => answer.modelFolder)).toEqual(folders);
    for (const { modelFolder: folder, cpu, webgpu } of answers) {
      expect({ ...webgpu, logprob: 0 }, folder).toEqual({ ...cpu, logprob: 0, device: 'webgpu', notes: [] });
      expect(webgpu.logprob, folder).toBeCloseTo(cpu.logprob, 2);
      expect(webgpu.text, folder).toHaveLength(12);
    }
  },
  300_000,
);

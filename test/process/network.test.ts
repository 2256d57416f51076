// Nothing leaves the machine and nothing is fetched: no process of ours opens a socket to a network, and none keeps notes
// about what it did, as ONNX Runtime does unless it is told not to.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { Graph } from '../../src/model/onnx/graph.ts';
import {
  canCutOff,
  canTrace,
  exitCodeCutOff,
  type Program,
  sampledSockets,
  tracedSockets,
  type Watched,
} from '../support/internetSockets.ts';
import { ModelHub, tinyFiles } from '../support/modelHub.ts';
import { writePipelineModel } from '../support/pipelineModel.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { distFolder } from '../support/tinyEngine.ts';
import { writeTinyModel } from '../support/tinyModel.ts';

let tiny: string;
/** lacks a file that its library would look for at its hub */
let translator: string;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'inkling-test-'));
  tiny = await writeTinyModel(join(folder, 'tiny'));
  translator = await writePipelineModel('nllb', join(folder, 'nllb'));
  await rm(join(translator, 'generation_config.json'));
  return () => rm(folder, { recursive: true, force: true });
});

const cli = (...commandLine: string[]) => [join(distFolder, 'cli.js'), ...commandLine, '--json'];
/** With the device left to choose, as a writer has it: looking for one must not open a socket either. */
const programs: Record<string, () => Program> = {
  'a completion': () => ({ commandLine: cli('complete', '--raw', '--model', tiny), stdin: 'The world and the word ' }),
  'an action': () => ({ commandLine: cli('act', 'rewrite', '--model', tiny), stdin: 'The cat sat on the mat again.' }),
  'a process that stays': () => ({
    commandLine: cli('complete', '--batch', '--raw', '--model', tiny),
    stdin: `${JSON.stringify({ prefix: 'The world and the word ' })}\n`,
    staysMs: 12_000,
  }),
  'a pipeline': () => ({
    commandLine: cli('pipeline', 'translate', '--from', 'en', '--to', 'de', '--model', translator),
    stdin: 'The cat sat on the mat.',
  }),
  'the list of models': () => ({ commandLine: cli('models', 'list') }),
};

/** Opens sockets in a process that it forked; nobody has to listen at the other end. */
const disobedient = `
  if (process.argv[2] !== 'child') require('node:child_process').fork(__filename, ['child']);
  else {
    require('node:dgram').createSocket('udp4').bind(0, '127.0.0.1', function () { setTimeout(() => this.close(), 500); });
    require('node:net').connect(9, '::1').on('error', () => undefined);
  }`;

/** A program that uses ONNX Runtime as it comes. */
function untold(): string {
  const graph = new Graph('untold');
  const one = graph.input('one', 'float32', [1]);
  graph.output('two', graph.op('Add', [one, one]), 'float32', [1]);
  const model = Buffer.from(graph.serialize()).toString('base64');
  const runtime = createRequire(import.meta.url).resolve('onnxruntime-node');
  return `require(${JSON.stringify(runtime)}).InferenceSession.create(Buffer.from('${model}', 'base64'))`;
}

/** Where a socket leads, as strace or /proc tell it; undefined for a call that names no other end, or an end not yet known. */
function addressOf(socket: string): string | undefined {
  const traced = /connect\(.*sin6?_port=htons\((\d+)\).*?"([\d.:a-f]+)"/.exec(socket);
  if (traced) return `http://${traced[2]}:${traced[1]}`;
  const seen = /^(?:tcp|udp)6? \w+:\w+ → (\w+):(\w+)$/.exec(socket);
  if (!seen || /^0+$/.test(seen[1]!)) return undefined;
  const bytes = seen[1]!.match(/../g)!.reverse(); // little-endian
  return `http://${bytes.map((byte) => Number.parseInt(byte, 16)).join('.')}:${Number.parseInt(seen[2]!, 16)}`;
}

interface Way {
  readonly canWatch: () => Promise<boolean>;
  readonly watch: (program: Program) => Promise<Watched>;
}
const ways: Record<string, Way> = {
  'by system calls': { canWatch: canTrace, watch: tracedSockets },
  'by open sockets': { canWatch: async () => process.platform === 'linux', watch: sampledSockets },
};

describe.each(Object.entries(ways))('%s', (name, { canWatch, watch }) => {
  let problem: string | undefined;
  beforeAll(async () => {
    if (await canWatch()) return;
    problem = `cannot watch ${name} here: strace is missing or not permitted, or this is not Linux`;
    console.log(problem);
  });

  test.for(Object.entries(programs))(
    '%s opens no internet socket and leaves nothing behind',
    async ([, program], { skip }) => {
      skip(problem !== undefined, problem);
      const { exitCode, stdout, sockets, processes, notes } = await watch(program());
      expect({ exitCode, sockets, notes }).toEqual({ exitCode: 0, sockets: [], notes: [] });
      expect(JSON.parse(stdout)).toBeTypeOf('object');
      expect(processes).toBeGreaterThan(1); // the process that was forked was watched too
    },
  );

  test('a download opens sockets in the store process alone, and to the hub that was named alone', async ({ skip }) => {
    skip(problem !== undefined, problem);
    const hub = await ModelHub.open({ files: await tinyFiles() });
    const commandLine = cli('models', 'download', 'someone/tiny', '--mirror', hub.endpoint);
    const { exitCode, stdout, sockets, owners, processes } = await watch({ commandLine });
    expect({ exitCode, owners }).toEqual({ exitCode: 0, owners: ['store.js'] });
    expect(JSON.parse(stdout)).toMatchObject({ name: 'tiny' });
    expect(processes).toBeGreaterThan(1);
    const strange = sockets.map(addressOf).filter((address) => address !== undefined && address !== hub.endpoint);
    expect(strange).toEqual([]);
    expect(sockets.map(addressOf)).toContain(hub.endpoint);
  });

  test('the runtime keeps notes where it is not told otherwise, and they are seen', async ({ skip }) => {
    skip(problem !== undefined, problem);
    const script = join(await temporaryFolder(), 'untold.cjs');
    await writeFile(script, untold());
    expect((await watch({ commandLine: [script] })).notes.join()).toContain('onnxruntime');
  });

  test('a program that does open one is caught', async ({ skip }) => {
    skip(problem !== undefined, problem);
    const script = join(await temporaryFolder(), 'disobedient.cjs');
    await writeFile(script, disobedient);
    expect((await watch({ commandLine: [script] })).sockets).not.toEqual([]);
  });
});

test('all of it works where there is no network at all', async ({ skip }) => {
  skip(!(await canCutOff()), 'no network namespace may be made here');
  for (const program of Object.values(programs)) expect(await exitCodeCutOff({ ...program(), staysMs: 0 })).toBe(0);
});

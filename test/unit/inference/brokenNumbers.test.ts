import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc/node.js';
import { Engine } from '../../../src/inference/engine.ts';
import { writeAdapter } from '../../../src/model/adapterFile.ts';
import { type LinearName, linearShape } from '../../../src/model/decoderParts.ts';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import type { LoadedAdapter } from '../../../src/protocol/inference.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { continuationOf, loadRequest } from '../../support/tinyEngine.ts';
import { writeTinyModel } from '../../support/tinyModel.ts';

const none = CancellationToken.None;
const nothing = () => undefined;

/** Every kind of request that reads what the model computes. */
const requests: Readonly<Record<string, (engine: Engine) => Promise<unknown>>> = {
  greedy: (engine) => engine.generate({ ...continuationOf('The world'), id: 1, stream: false }, none, nothing),
  sampled: (engine) =>
    engine.generate({ ...continuationOf('The world', { temperature: 1 }), id: 1, stream: false }, none, nothing),
  healed: (engine) => {
    const prompt = { kind: 'continue', text: 'The worl', heal: true } as const;
    return engine.generate({ ...continuationOf(''), prompt, id: 1, stream: false }, none, nothing);
  },
  score: (engine) => engine.score({ text: 'The world', windowTokens: 64, withTokens: false }, none),
  scoreEach: (engine) => engine.scoreEach({ texts: ['The world is', 'The world was'] }, none),
};

async function startEngine(folder: string, adapter?: LoadedAdapter): Promise<Engine> {
  const engine = new Engine({ onProgress: nothing, onMoved: nothing, onUnloaded: nothing });
  await engine.load(loadRequest(folder, adapter ? { adapter } : {}));
  return engine;
}

/** Writes `value` into numbers of a tensor: into all, or into the first only. */
function damage(folder: string, tensor: string, value: number, extent: 'all' | 'first'): void {
  const file = join(folder, 'model.safetensors');
  const bytes = readFileSync(file);
  const headerBytes = Number(bytes.readBigUInt64LE());
  const header = JSON.parse(bytes.subarray(8, 8 + headerBytes).toString());
  const [start, end] = header[tensor].data_offsets;
  for (let at = start; at < (extent === 'all' ? end : start + 4); at += 4)
    bytes.writeFloatLE(value, 8 + headerBytes + at);
  writeFileSync(file, bytes);
}

const tensors = [
  'model.layers.0.input_layernorm.weight',
  'model.layers.0.self_attn.q_proj.weight',
  'model.layers.0.self_attn.v_proj.weight',
  'model.layers.1.self_attn.o_proj.weight',
  'model.layers.1.mlp.gate_proj.weight',
  'model.layers.1.mlp.down_proj.weight',
  'model.norm.weight',
  'lm_head.weight',
];
const broken = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3e38];

describe.each(broken)('weights of %d', (value) => {
  test.each(tensors)('in %s: every request ends with a message that names the model', async (tensor) => {
    const folder = await writeTinyModel(join(await temporaryFolder(), 'harbour'));
    // the first row of `lm_head` is that of a token that cannot be chosen
    damage(folder, tensor, value, Number.isFinite(value) || tensor === 'lm_head.weight' ? 'all' : 'first');
    const engine = await startEngine(folder);
    const answers: Record<string, unknown> = {};
    for (const [name, ask] of Object.entries(requests)) {
      answers[name] = await ask(engine).then(
        (answer) => answer,
        ({ code, message }) => `${code}: ${message}`,
      );
    }
    const complaint = expect.stringMatching(/^modelBroken: The model harbour computes values that are not finite/);
    expect(answers).toEqual(Object.fromEntries(Object.keys(requests).map((name) => [name, complaint])));
    await engine.unload();
  });
});

const targets: readonly LinearName[] = ['q', 'v', 'o', 'gate', 'down'];
test.each(targets)('an adapter that is too large for the numbers, in %s: the message names it', async (target) => {
  const folder = await temporaryFolder();
  const modelFolder = await writeTinyModel(join(folder, 'harbour'));
  const { config } = openModelFolder(modelFolder);
  const { rows, columns } = linearShape(config, target);
  const [a, b] = [new Float32Array(columns).fill(3e38), new Float32Array(rows).fill(3e38)];
  const pairs = [{ layer: 0, target, rank: 1, scale: 1, a, b }];
  const adapterFolder = join(folder, 'my voice');
  writeAdapter(
    adapterFolder,
    { name: 'my voice', pairs, provenance: undefined },
    { config, rank: 1, alpha: 1, baseName: 'harbour' },
  );
  const engine = await startEngine(modelFolder, { folder: adapterFolder, strength: 1 });
  for (const ask of Object.values(requests)) {
    await expect(ask(engine)).rejects.toMatchObject({
      code: 'modelBroken',
      message: expect.stringContaining('adapter my voice'),
    });
  }
  await engine.unload();
});

test('a whole model and an end of text that is masked are no complaint', async () => {
  const engine = await startEngine(await writeTinyModel(join(await temporaryFolder(), 'harbour')));
  for (const ask of Object.values(requests)) await ask(engine);
  await engine.unload();
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readManifest } from '../../src/model/manifest.ts';
import { convertModel } from '../../src/store/convertModel.ts';
import { listModels } from '../../src/store/modelCatalogue.ts';
import { verifyModel } from '../../src/store/verifyModel.ts';
import { goldenPath } from '../golden/goldenFiles.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { generate, startEngine } from '../support/tinyEngine.ts';

/** An LSTM that scripts/train-lstm.py trained on Moby-Dick, and how PyTorch goes on with a beginning. */
const lstm = goldenPath('small-lstm');
const whale = JSON.parse(readFileSync(join(lstm, 'golden.json'), 'utf8')) as {
  prompt: string;
  tokens: number[];
  text: string;
};
const greedy = { temperature: 0, repetitionPenalty: 1, maxNewTokens: 24 };

const added = async (source: string): Promise<string> => {
  const target = join(await temporaryFolder(), 'added');
  await convertModel({ source, target }, () => {});
  return target;
};
const newText = (answer: Awaited<ReturnType<typeof generate>>) => answer.sequences[0]!.text;

describe('an LSTM language model', () => {
  test('goes on as PyTorch does, also after other texts were read and taken back', async () => {
    const engine = startEngine(lstm);
    const first = await generate(engine, whale.prompt, greedy);
    expect(first.sequences[0]!.tokens.map(({ id }) => id)).toEqual(whale.tokens);
    expect(newText(first)).toBe(whale.text);
    await generate(engine, `${whale.prompt} sea`, greedy);
    await generate(engine, 'Call me Ish', greedy);
    const again = await generate(engine, whale.prompt, greedy);
    expect(newText(again)).toBe(whale.text);
  });

  test('reads only what was typed since', async () => {
    const engine = startEngine(lstm);
    const first = await generate(engine, whale.prompt, greedy);
    const next = await generate(engine, `${whale.prompt}${whale.text.slice(0, 12)}`, greedy);
    expect(next.usage.reusedTokens).toBeGreaterThanOrEqual(first.usage.promptTokens - 1);
  });

  test('is added, with embedding and head in 8 bits, and still says much the same', async () => {
    const folder = await added(lstm);
    expect((await verifyModel(folder, () => {})).ok).toBe(true);
    const engine = startEngine(folder);
    const score = async (of: typeof engine) => {
      const answer = await of.score({
        text: 'The whale swam past the ship, and the captain looked at him.',
        windowTokens: 128,
        withTokens: false,
      });
      return answer.logprob / answer.tokens;
    };
    const [here, there] = [await score(engine), await score(startEngine(lstm))];
    expect(Math.abs(here - there)).toBeLessThan(0.02);
    expect(there).toBeGreaterThan(-4.5); // it has learnt something: 512 tokens at random are -6.2
  });
});

/** Greedy ids are those of the same weights read as safetensors. */
describe.each(['plain', 'merged', 'half', 'quantized'])('a decoder exported to ONNX, %s', (kind) => {
  const folder = goldenPath(join('exported', kind));

  test('runs as it lies, and after it was added', async () => {
    const options = { ...greedy, maxNewTokens: 8 };
    const own = newText(
      await generate(startEngine(goldenPath('tiny-llama'), { load: { precision: 'fp32' } }), 'abc', options),
    );
    const here = newText(await generate(startEngine(folder), 'abc', options));
    if (kind !== 'quantized') expect(here).toBe(own);
    const target = await added(folder);
    expect(newText(await generate(startEngine(target), 'abc', options))).toBe(here);
    expect(newText(await generate(startEngine(target), 'abc', options, 'action'))).toBe(here);
    expect(readManifest(target)?.weightFormat).toMatch(/^ONNX \(.*\.onnx\)$/u);
    const [listed] = listModels([join(target, '..')]);
    expect(listed).toMatchObject({ name: 'added', architecture: 'LlamaForCausalLM' });
    expect(listed!.problem).toBeUndefined();
    expect((await verifyModel(target, () => {})).ok).toBe(true);
  });
});

test('a text is scored alike by an exported graph and by a graph of our own', async () => {
  const request = { text: 'abcdefgabc', windowTokens: 64, withTokens: false };
  const own = await startEngine(goldenPath('tiny-llama'), { load: { precision: 'fp32' } }).score(request);
  const other = await startEngine(goldenPath('exported/merged')).score(request);
  expect(Math.abs(own.logprob - other.logprob)).toBeLessThan(1e-3);
});

test.each([
  ['small-lstm', /LSTM language model.*cannot learn from yours/u],
  ['exported/plain', /Exported ONNX decoder.*cannot learn from yours/u],
])('an adapter on %s is refused in plain words', async (name, message) => {
  const adapter = { folder: goldenPath('training/adapter'), strength: 1 };
  const engine = startEngine(goldenPath(name), { load: { adapter } });
  await expect(generate(engine, 'abc', greedy)).rejects.toThrow(message);
});

import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc/node.js';
import type { ErrorCode } from '../../src/protocol/errors.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { continuationOf, generate, loadRequest, startEngine } from '../support/tinyEngine.ts';
import { type TinyModelOptions, writeTinyModel } from '../support/tinyModel.ts';

interface Case {
  readonly name: string;
  readonly model?: TinyModelOptions;
  /** breaks the model that was written */
  readonly damage?: (folder: string) => Promise<unknown>;
  readonly code: ErrorCode;
  /** what a person must be told */
  readonly message: RegExp;
}

const halve = async (file: string) => truncate(file, Math.floor((await readFile(file)).length / 2));

const cases: Case[] = [
  {
    name: 'no such folder',
    damage: (folder) => rm(folder, { recursive: true }),
    code: 'modelMissing',
    message: /tiny/,
  },
  {
    name: 'no weights',
    damage: (folder) => rm(join(folder, 'model.safetensors')),
    code: 'modelMissing',
    message: /safetensors/,
  },
  {
    name: 'no tokenizer',
    damage: (folder) => rm(join(folder, 'tokenizer.json')),
    code: 'modelMissing',
    message: /tokenizer\.json/,
  },
  {
    name: 'no config',
    damage: (folder) => rm(join(folder, 'config.json')),
    code: 'modelMissing',
    message: /config\.json/,
  },
  {
    name: 'weights cut short',
    damage: (folder) => halve(join(folder, 'model.safetensors')),
    code: 'modelBroken',
    message: /model\.safetensors/,
  },
  {
    name: 'weights that are none',
    damage: (folder) => writeFile(join(folder, 'model.safetensors'), 'hello'),
    code: 'modelBroken',
    message: /model\.safetensors/,
  },
  {
    name: 'config that is not JSON',
    damage: (folder) => writeFile(join(folder, 'config.json'), '{'),
    code: 'modelBroken',
    message: /config\.json/,
  },
  {
    name: 'config without layers',
    model: { config: { num_hidden_layers: undefined } },
    code: 'modelConfig',
    message: /num_hidden_layers/,
  },
  {
    name: 'config without heads',
    model: { config: { num_attention_heads: undefined } },
    code: 'modelConfig',
    message: /num_attention_heads/,
  },
  {
    name: 'more layers than weights',
    model: { config: { num_hidden_layers: 3 } },
    code: 'modelBroken',
    message: /layers\.2/,
  },
  { name: 'another hidden size', model: { config: { hidden_size: 64 } }, code: 'modelConfig', message: /embed_tokens/ },
  {
    name: 'a tokenizer of another model',
    damage: async (folder) => {
      const file = join(folder, 'tokenizer.json');
      const tokenizer = JSON.parse(await readFile(file, 'utf8'));
      tokenizer.model.vocab['Ġstranger'] = Object.keys(tokenizer.model.vocab).length;
      await writeFile(file, JSON.stringify(tokenizer));
    },
    code: 'modelConfig',
    message: /tokenizer\.json has a token number .* do not belong together/,
  },
  {
    name: 'another architecture',
    model: { config: { model_type: 'mamba', architectures: ['MambaForCausalLM'] } },
    code: 'modelUnsupported',
    message: /mamba/i,
  },
];

for (const { name, model, damage, code, message } of cases) {
  test(`${name}: ${code}, and another model works afterwards`, async () => {
    const parent = await temporaryFolder();
    const folder = await writeTinyModel(join(parent, 'tiny'), model);
    await damage?.(folder);
    const engine = startEngine(folder);
    const problem = await engine.load().then(
      () => undefined,
      (error) => error,
    );
    expect(problem).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(engine.state.kind).toBe('failed');
    engine.use(loadRequest(await writeTinyModel(join(parent, 'good'))));
    expect((await generate(engine, 'The world')).usage.newTokens).toBe(16);
  });
}

test.each([
  ['cannot be read', '{% for %}', /cannot be read/],
  ['refuses everything', "{{ raise_exception('Only tools') }}", /Only tools/],
  ['leaves out what a person says', 'Hello!', /leaves out a message/],
])('a chat template that %s does not take the rest of the model with it', async (_, template, problem) => {
  const folder = await writeTinyModel(join(await temporaryFolder(), 'tiny'));
  await writeFile(join(folder, 'chat_template.jinja'), template);
  const engine = startEngine(folder);
  expect(await engine.load()).toMatchObject({
    hasChatTemplate: false,
    chatTemplateProblem: expect.stringMatching(problem),
  });
  expect(engine.knownToFollowInstructions()).toBe(false);
  expect((await generate(engine, 'The world')).usage.newTokens).toBe(16);
  const chat = { kind: 'chat', messages: [{ role: 'user', content: 'Hello' }] } as const;
  const answer = await engine.generate({ ...continuationOf(''), prompt: chat }, CancellationToken.None);
  expect(answer).toMatchObject({
    kind: 'failed',
    error: { message: expect.stringMatching(/no chat template that can be used/) },
  });
});

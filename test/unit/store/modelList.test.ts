import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { architectures } from '../../../src/model/architectures.ts';
import { configuredKind } from '../../../src/model/pipelineFolder.ts';
import type { ListedModel, Machine } from '../../../src/protocol/store.ts';
import { readModelList } from '../../../src/store/modelList.ts';
import { recommendModels } from '../../../src/store/recommendModels.ts';
import { listedModel } from '../../support/listedModel.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const own = fileURLToPath(new URL('../../../media/models.json', import.meta.url));
const runs = architectures.map(({ name }) => name);

const good = listedModel({
  name: 'some-1b',
  title: 'Some 1B',
  repository: 'someone/some-1b',
  languages: ['en', 'zh-Hant'],
  millionParameters: 1000,
  downloadMb: 2000,
  diskMb: 1000,
  memoryMb: 1300,
  contextTokens: 4096,
  summary: { en: 'Some.' },
});

async function listOf(content: unknown): Promise<string> {
  const path = join(await temporaryFolder(), 'list.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('the list that comes with the product', () => {
  const { models, problems } = readModelList(own, runs);

  test('has no entry that cannot be used', () => {
    expect(problems).toEqual([]);
    expect(models.length).toBeGreaterThan(3);
  });

  test('says in both languages what each is for', () => {
    for (const { name, summary } of models) {
      expect(Object.keys(summary), name).toEqual(['en', 'zh-cn']);
      expect(summary['zh-cn'], name).toMatch(/\p{Script=Han}/u);
    }
  });

  test('pins each to a revision, with the checksum of everything in it that holds weights', () => {
    const graphs = {
      text2text: ['onnx/encoder_model_quantized.onnx', 'onnx/decoder_model_merged_quantized.onnx'],
      embedding: ['onnx/model_quantized.onnx'],
    };
    for (const { name, revision, sha256, architecture, file = 'model.safetensors' } of models) {
      const kind = configuredKind({ architectures: [architecture] }) as keyof typeof graphs | undefined;
      const files = kind === undefined ? [file] : graphs[kind];
      expect({ name, pinned: revision !== undefined, files: Object.keys(sha256 ?? {}) }).toEqual({
        name,
        pinned: true,
        files,
      });
    }
  });

  test('has models that type, models that do actions, and models for one task', () => {
    const uses = new Set(models.flatMap((model) => model.for));
    expect([...uses].sort()).toEqual(['actions', 'embedding', 'summarize', 'translate', 'typing']);
  });
});

describe('an entry that cannot be used is left out and named', () => {
  const without = (name: keyof ListedModel) => Object.fromEntries(Object.entries(good).filter(([key]) => key !== name));
  test.each<[entry: unknown, problem: RegExp]>([
    ['text', /model 2: it is no object/],
    [null, /it is no object/],
    [[], /it is no object/],
    [without('title'), /title is missing: it must be the name/],
    [without('repository'), /repository is missing: it must be OWNER\/NAME/],
    [without('summary'), /summary is missing/],
    [without('for'), /for is missing/],
    [{ ...good, licence: '' }, /licence must be the name of a licence/],
    [{ ...good, license: 'MIT' }, /the field "license" is not known/],
    [{ ...good, command: 'rm -rf /' }, /the field "command" is not known/],
    [{ ...good, name: '../x' }, /name must be a plain name/],
    [{ ...good, name: 'a/b' }, /name must be a plain name/],
    [{ ...good, name: 7 }, /name must be a plain name/],
    [{ ...good, repository: 'https://example.org/a/b' }, /repository must be OWNER\/NAME/],
    [{ ...good, repository: 'a/../b' }, /repository must be OWNER\/NAME/],
    [{ ...good, revision: 'main' }, /revision must be a commit of 40/],
    [{ ...good, revision: '' }, /revision must be a commit/],
    [{ ...good, file: 'run.py' }, /file must be the path of a \.gguf file/],
    [{ ...good, file: '/etc/a.gguf' }, /file must be the path/],
    [{ ...good, sha256: 'abc' }, /sha256 must be checksums/],
    [{ ...good, sha256: { 'model.safetensors': 'abc' } }, /sha256 must be checksums/],
    [{ ...good, quantize: 5 }, /quantize must be 4, 8 or "none"/],
    [{ ...good, needsToken: 'yes' }, /needsToken must be true or false/],
    [{ ...good, languages: [] }, /languages must be a list of language codes/],
    [{ ...good, languages: 'en' }, /languages must be a list/],
    [{ ...good, languages: ['English'] }, /languages must be a list/],
    [{ ...good, downloadMb: '700' }, /downloadMb must be a whole number of megabytes/],
    [{ ...good, memoryMb: -1 }, /memoryMb must be a whole number/],
    [{ ...good, diskMb: 0.5 }, /diskMb must be a whole number/],
    [{ ...good, contextTokens: Number.MAX_VALUE }, /contextTokens must be a whole number of tokens/],
    [{ ...good, for: ['chat'] }, /"chat" is nothing that a LlamaForCausalLM is for: typing, actions/],
    [{ ...good, for: [] }, /for must be a list of what it does/],
    [{ ...good, for: [7] }, /for must be a list of what it does/],
    [{ ...good, for: ['typing', 'translate'] }, /"translate" is nothing that a LlamaForCausalLM is for/],
    [
      { ...good, architecture: 'MarianMTModel' },
      /"typing" is nothing that a MarianMTModel is for: summarize, translate/,
    ],
    [
      { ...good, architecture: 'BertModel', for: ['translate'] },
      /"translate" is nothing that a BertModel is for: embed/,
    ],
    [{ ...good, summary: { de: 'Gut.' } }, /summary must be a sentence in English/],
    [{ ...good, summary: 'Some.' }, /summary must be a sentence/],
    [{ ...good, architecture: 'MambaForCausalLM' }, /models of the kind MambaForCausalLM cannot be run/],
    [{ ...good, architecture: 'constructor' }, /cannot be run/],
    [{ ...good, name: 'first' }, /model 2 \(first\): another entry has the same name/],
  ])('%j', async (entry, problem) => {
    const { models, problems } = readModelList(await listOf({ models: [{ ...good, name: 'first' }, entry] }), runs);
    expect(models.map(({ name }) => name)).toEqual(['first']);
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });

  test.each([
    ['', /is not valid JSON/],
    ['{', /is not valid JSON/],
    ['[]', /holds no JSON object/],
    ['{}', /has no list "models"/],
    ['{"models": {}}', /has no list "models"/],
  ])('a file that holds %j', async (content, problem) => {
    const { models, problems } = readModelList(await listOf(content), runs);
    expect({ models, problems }).toEqual({ models: [], problems: [expect.stringMatching(problem)] });
  });

  test('`__proto__` changes nothing', async () => {
    const text = JSON.stringify({ models: [good] }).replace('{"name"', '{"__proto__": {"polluted": 1}, "name"');
    expect(readModelList(await listOf(text), runs).problems).toEqual([
      expect.stringMatching(/"__proto__" is not known/),
    ]);
    expect(Object(0)).not.toHaveProperty('polluted');
  });
});

describe('what suits a machine', () => {
  const laptop: Machine = { memoryMb: 16_000, cores: 4, freeDiskMb: 100_000 };
  test.each<[what: string, changes: Partial<ListedModel>, machine: Partial<Machine>, fit: string]>([
    ['a small model on a laptop', { millionParameters: 600 }, {}, 'good'],
    ['one that is as large as typing allows', { millionParameters: 800 }, {}, 'good'],
    ['one that is larger', { millionParameters: 801 }, {}, 'slow'],
    ['one for actions, which may take longer', { millionParameters: 3000, for: ['actions'] }, {}, 'good'],
    [
      'one for one task, which may take longer, too',
      { architecture: 'T5ForConditionalGeneration', for: ['correct'] },
      {},
      'good',
    ],
    ['more memory than half', { memoryMb: 8001 }, {}, 'tooLittleMemory'],
    ['half of the memory', { memoryMb: 8000, millionParameters: 600 }, {}, 'good'],
    ['no room for download and conversion together', {}, { freeDiskMb: 3499 }, 'tooLittleDisk'],
    ['just room enough', { millionParameters: 600 }, { freeDiskMb: 3500 }, 'good'],
  ])('%s', async (_, changes, machine, fit) => {
    const request = {
      lists: [await listOf({ models: [{ ...good, ...changes }] })],
      modelsFolder: await temporaryFolder(),
    };
    expect(recommendModels(request, { ...laptop, ...machine }).models[0]!.fit).toBe(fit);
  });

  test('comes first; a list of one’s own adds to the product’s and overrides it', async () => {
    const lists = [
      await listOf({
        models: [
          { ...good, name: 'huge', memoryMb: 90_000 },
          { ...good, name: 'a' },
        ],
      }),
      await listOf({
        models: [
          { ...good, name: 'a', title: 'Mine' },
          { ...good, name: 'b', millionParameters: 100 },
        ],
      }),
      join(await temporaryFolder(), 'there is none'),
    ];
    const { models, problems } = recommendModels({ lists, modelsFolder: await temporaryFolder() }, laptop);
    expect(models.map(({ name, title }) => `${name}: ${title}`)).toEqual(['b: Some 1B', 'a: Mine', 'huge: Some 1B']);
    expect(problems).toEqual([]);
  });
});

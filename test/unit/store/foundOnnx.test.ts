// Models in ONNX that other programs have on this disk, and caches that are hostile.
import { cpSync, mkdirSync, readdirSync, renameSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { beforeEach, describe, expect, test } from 'vitest';
import { openExported } from '../../../src/model/exportedSession.ts';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import { convertModel } from '../../../src/store/convertModel.ts';
import { LookAround } from '../../../src/store/lookAround.ts';
import { listModels } from '../../../src/store/modelCatalogue.ts';
import { goldenPath } from '../../golden/goldenFiles.ts';
import { FoundDisk } from '../../support/foundDisk.ts';
import { writePipelineModel } from '../../support/pipelineModel.ts';

let home: string;
let disk: FoundDisk;
beforeEach(async () => {
  disk = await FoundDisk.open();
  home = disk.home;
});

const find: FoundDisk['find'] = (...given) => disk.find(...given);
const put: FoundDisk['put'] = (...given) => disk.put(...given);

const hub = '.cache/huggingface/hub';
const transformers = 'node_modules/@huggingface/transformers/.cache';
const decoder = JSON.stringify({
  architectures: ['LlamaForCausalLM'],
  vocab_size: 8,
  hidden_size: 8,
  num_hidden_layers: 1,
  num_attention_heads: 2,
});
const named = (architecture: string, more: object = {}) => JSON.stringify({ architectures: [architecture], ...more });
const inOnnx = () =>
  find().map(({ name, from, architecture, problem, runsThere }) => ({ name, from, architecture, problem, runsThere }));

/** As a cache of Hugging Face holds it: the files are links to blobs that are called by what is in them. */
function cached(id: string, files: Readonly<Record<string, string>>): string {
  const place = `${hub}/models--${id.replace('/', '--')}`;
  for (const [index, [name, content]] of Object.entries(files).entries()) {
    const blob = put(`${place}/blobs/${index}${'f'.repeat(40)}`, content);
    const link = join(home, place, 'snapshots/0123abc', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(blob, link);
  }
  return join(home, place, 'snapshots/0123abc');
}

describe('models in ONNX', () => {
  /** Files of a model, and what is found: its kind, whether it runs where it lies, or why it does not. */
  const models: Readonly<Record<string, [files: Record<string, string>, found: object | undefined]>> = {
    'a decoder of transformers.js': [
      { 'config.json': decoder, 'tokenizer.json': '{}', 'onnx/model_q4.onnx': 'abc', 'onnx/model.onnx': 'abcdef' },
      { architecture: 'LlamaForCausalLM', runsThere: true },
    ],
    'a decoder of optimum': [
      { 'config.json': decoder, 'tokenizer.json': '{}', 'decoder_model_merged.onnx': 'abc', 'decoder_model.onnx': 'd' },
      { architecture: 'LlamaForCausalLM', runsThere: true },
    ],
    'a decoder with past': [
      { 'config.json': decoder, 'tokenizer.json': '{}', 'decoder_with_past_model.onnx': 'abc' },
      { architecture: 'LlamaForCausalLM', runsThere: true },
    ],
    'a decoder without tokenizer': [
      { 'config.json': decoder, 'onnx/model.onnx': 'abc' },
      { architecture: '', problem: expect.stringMatching(/no tokenizer\.json/) },
    ],
    'a graph of another name': [
      { 'config.json': decoder, 'tokenizer.json': '{}', 'onnx/vision_encoder.onnx': 'abc' },
      { architecture: 'LlamaForCausalLM' },
    ],
    'an encoder–decoder': [
      {
        'config.json': named('T5ForConditionalGeneration'),
        'tokenizer.json': '{}',
        'onnx/encoder_model.onnx': 'ab',
        'onnx/decoder_model_merged.onnx': 'cd',
        'onnx/decoder_model.onnx': 'e',
      },
      { architecture: 'T5ForConditionalGeneration' },
    ],
    'half an encoder–decoder': [
      { 'config.json': named('MarianMTModel'), 'tokenizer.json': '{}', 'onnx/encoder_model.onnx': 'ab' },
      { architecture: '', problem: expect.stringMatching(/no encoder_model\.onnx and decoder_model_merged\.onnx/) },
    ],
    'vectors of sentences, beside safetensors': [
      { 'config.json': named('BertModel'), 'tokenizer.json': '{}', 'model.safetensors': 'x', 'onnx/model.onnx': 'ab' },
      { architecture: 'BertModel' },
    ],
    'vectors of sentences in safetensors alone': [
      { 'config.json': named('BertModel'), 'tokenizer.json': '{}', 'model.safetensors': 'x' },
      { architecture: '', problem: expect.stringMatching(/no model\.onnx/) },
    ],
    'a model of sound': [
      {
        'config.json': named('WhisperForConditionalGeneration', { is_encoder_decoder: true }),
        'onnx/decoder_model_merged.onnx': 'a',
      },
      { architecture: '', problem: expect.stringMatching(/WhisperForConditionalGeneration, which writes no text/) },
    ],
    'a model of pictures': [
      { 'config.json': named('ViTForImageClassification'), 'onnx/model.onnx': 'a' },
      { architecture: '', problem: expect.stringMatching(/writes no text/) },
    ],
    'a configuration that is none': [
      { 'config.json': '[]', 'onnx/model.onnx': 'a' },
      { architecture: '', problem: expect.stringMatching(/no JSON object/) },
    ],
    'a configuration without a size': [
      { 'config.json': named('LlamaForCausalLM'), 'tokenizer.json': '{}', 'onnx/model.onnx': 'a' },
      { architecture: '', problem: expect.stringMatching(/config\.json|vocab_size|num_/) },
    ],
    'a graph without configuration': [{ 'onnx/model.onnx': 'a' }, undefined],
    'a configuration without weights': [{ 'config.json': decoder, 'tokenizer.json': '{}' }, undefined],
    'a download that was cut short': [
      { 'config.json': decoder, 'tokenizer.json': '{}', 'onnx/model.onnx.tmp.12.abc': 'a' },
      undefined,
    ],
  };

  test.each(Object.keys(models))('%s: in the cache of Hugging Face, and in that of transformers.js', (kind) => {
    const [files, found] = models[kind]!;
    cached('someone/thing', files);
    for (const [name, content] of Object.entries(files)) put(`${transformers}/someone/thing/${name}`, content);
    const about = (from: string) => ({ name: 'thing', from, problem: undefined, runsThere: undefined, ...found });
    expect(inOnnx()).toEqual(found ? [about('Hugging Face'), about('transformers.js')] : []);
  });

  test('their size is that of what would be taken', () => {
    cached('a/decoder', {
      'config.json': decoder,
      'tokenizer.json': '{}',
      'onnx/model_q4.onnx': 'abc',
      'onnx/model_q4.onnx_data': 'abcd',
      'onnx/model.onnx': 'a'.repeat(99),
    });
    cached('a/pair', {
      'config.json': named('T5ForConditionalGeneration'),
      'tokenizer.json': '{}',
      'onnx/encoder_model.onnx': 'ab',
      'onnx/decoder_model_merged.onnx': 'cd',
      'onnx/decoder_model.onnx': 'efghi',
    });
    expect(find().map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
      ['decoder', 7],
      ['pair', 4],
    ]);
  });

  test('what transformers.js has fetched lies in its package: of projects, of the home folder, of npm for all', () => {
    const files = { 'config.json': decoder, 'tokenizer.json': '{}', 'onnx/model.onnx': 'a' };
    const places = {
      'project/node_modules/@huggingface/transformers/.cache/o/in-project': 'in-project',
      'project/node_modules/@xenova/transformers/.cache/o/by-its-old-name': 'by-its-old-name',
      'node_modules/@huggingface/transformers/.cache/o/in-home': 'in-home',
      '.npm-global/lib/node_modules/@huggingface/transformers/.cache/o/for-all': 'for-all',
      'prefix/lib/node_modules/@huggingface/transformers/.cache/o/by-prefix': 'by-prefix',
      'node_modules/@huggingface/transformers/.cache/no-owner': 'no-owner',
      'node_modules/@huggingface/transformers/.cache/o/revised/v1.0': 'revised-v1.0',
      'elsewhere/node_modules/@huggingface/transformers/.cache/o/not-asked-for': undefined,
    };
    for (const place of Object.keys(places))
      for (const [name, content] of Object.entries(files)) put(`${place}/${name}`, content);
    const found = find({ npm_config_prefix: join(home, 'prefix') }, [join(home, 'project')]);
    expect(found.map(({ name }) => name).sort()).toEqual(
      Object.values(places)
        .filter((name) => name !== undefined)
        .sort(),
    );
    expect(new Set(found.map(({ from }) => from))).toEqual(new Set(['transformers.js']));
  });

  test('a decoder of the cache is copied under the names that its graph knows, and listed where it lies', async () => {
    const source = cached('someone/plain', {});
    mkdirSync(dirname(source), { recursive: true });
    cpSync(goldenPath('exported/plain'), source, { recursive: true });
    const blobs = join(source, '../../blobs');
    mkdirSync(blobs, { recursive: true });
    for (const name of [...readdirSync(source), 'onnx/model.onnx']) {
      if (name === 'onnx') continue;
      const blob = join(blobs, name.replace(/\W/gu, ''));
      renameSync(join(source, name), blob);
      symlinkSync(blob, join(source, name));
    }
    const [found] = find();
    expect(found).toMatchObject({ name: 'plain', path: source, runsThere: true });
    const target = join(home, 'models/mine');
    await convertModel({ source, target }, () => undefined);
    expect(readdirSync(target)).toContain('model.onnx');
    expect(openModelFolder(target).exported).toBe(join(target, 'model.onnx'));
    const listed = listModels([join(home, 'models')], [source, join(home, 'gone')]);
    expect(listed.map(({ name, problem }) => [name, problem])).toEqual([
      ['mine', undefined],
      ['plain', undefined],
      ['gone', expect.stringMatching(/does not exist/)],
    ]);
  });

  test('a decoder whose numbers lie in a file of their own runs where it lies, through links to both', async () => {
    const graph = join(home, 'model.onnx_data');
    await InferenceSession.create(goldenPath('exported/plain/onnx/model.onnx'), {
      graphOptimizationLevel: 'disabled',
      optimizedModelFilePath: join(home, 'model.onnx'),
      extra: {
        session: {
          optimized_model_external_initializers_file_name: 'model.onnx_data',
          optimized_model_external_initializers_min_size_in_bytes: '1024',
        },
      },
    }).then((session) => session.release());
    const place = join(home, hub, 'models--someone--large');
    const source = join(place, 'snapshots/0123abc');
    mkdirSync(join(source, 'onnx'), { recursive: true });
    mkdirSync(join(place, 'blobs'));
    const link = (from: string, blob: string, name: string) => {
      cpSync(from, join(place, 'blobs', blob));
      symlinkSync(relative(dirname(join(source, name)), join(place, 'blobs', blob)), join(source, name));
    };
    for (const name of ['config.json', 'tokenizer.json', 'tokenizer_config.json'])
      link(join(goldenPath('exported/plain'), name), `blob of ${name}`, name);
    link(join(home, 'model.onnx'), '0'.repeat(40), 'onnx/model.onnx');
    link(graph, '1'.repeat(40), 'onnx/model.onnx_data');
    expect(find()).toMatchObject([{ name: 'large', path: source, runsThere: true }]);
    const { session } = await openExported(openModelFolder(source), 1);
    await session.release();
    const target = join(home, 'models/large');
    await convertModel({ source, target }, () => undefined);
    expect(readdirSync(target)).toEqual(expect.arrayContaining(['model.onnx', 'model.onnx_data']));
  });

  test('a model for one task is copied from the cache', async () => {
    const source = await writePipelineModel('t5', join(home, transformers, 'someone', 't5-small'));
    expect(find()).toMatchObject([{ name: 't5-small', path: source, architecture: 'T5ForConditionalGeneration' }]);
    await convertModel({ source, target: join(home, 'models/t5') }, () => undefined);
    expect(listModels([join(home, 'models')])).toMatchObject([{ name: 't5', pipeline: { kind: 'text2text' } }]);
  });
});

describe('caches that are hostile, or as large as a disk', () => {
  const good = { 'config.json': decoder, 'tokenizer.json': '{}', 'onnx/model.onnx': 'a' };

  test.each<[what: string, set: () => void]>([
    ['a snapshot that links to itself', () => symlinkSync(join(home, hub), join(home, hub, 'models--a--loop'))],
    ['a link in a circle', () => symlinkSync('circle', join(home, hub, 'models--a--circle'))],
    [
      'two that lead to each other',
      () => {
        symlinkSync(join(home, hub, 'models--b--two'), join(home, hub, 'models--b--one'));
        symlinkSync(join(home, hub, 'models--b--one'), join(home, hub, 'models--b--two'));
      },
    ],
    ['a file in place of snapshots', () => void put(`${hub}/models--c--file/snapshots`, 'x')],
    ['a file in place of a model', () => void put(`${hub}/models--d--file`, 'x')],
    [
      'a graph that is a folder',
      () => mkdirSync(join(home, hub, 'models--e--folder/snapshots/1/onnx/model.onnx'), { recursive: true }),
    ],
    [
      'a graph that is a device',
      () => {
        put(`${hub}/models--f--device/snapshots/1/config.json`, decoder);
        symlinkSync('/dev/zero', join(home, hub, 'models--f--device/snapshots/1/model.onnx'));
      },
    ],
    [
      'a configuration that is a device',
      () => {
        put(`${hub}/models--g--device/snapshots/1/model.onnx`, 'a');
        symlinkSync('/dev/zero', join(home, hub, 'models--g--device/snapshots/1/config.json'));
      },
    ],
    [
      'links to nowhere',
      () => {
        mkdirSync(join(home, hub, 'models--h--dead/snapshots/1/onnx'), { recursive: true });
        for (const name of ['config.json', 'onnx/model.onnx'])
          symlinkSync('/nowhere/at/all', join(home, hub, 'models--h--dead/snapshots/1', name));
      },
    ],
    ['a package of transformers.js that is a file', () => void put('node_modules/@huggingface/transformers', 'x')],
    [
      'folders in folders',
      () => void put(`${hub}/models--i--deep/snapshots/1/${'d/'.repeat(200)}config.json`, decoder),
    ],
    [
      'names of no model',
      () => {
        for (const name of ['models--', 'models----', 'datasets--a--b', '.locks', 'models--a--b--c'])
          mkdirSync(join(home, hub, name, 'snapshots'), { recursive: true });
      },
    ],
  ])('%s: the others are found', (_, set) => {
    cached('z/good', good);
    set();
    expect(inOnnx()).toEqual([
      { name: 'good', from: 'Hugging Face', architecture: 'LlamaForCausalLM', runsThere: true },
    ]);
  });

  test('a configuration that links to what is no model tells nothing of what is in it', () => {
    const secret = put('secrets/key', 'BEGIN PRIVATE KEY');
    put(`${hub}/models--a--b/snapshots/1/model.onnx`, 'a');
    symlinkSync(secret, join(home, hub, 'models--a--b/snapshots/1/config.json'));
    const [found] = find();
    expect(found!.problem).toMatch(/not valid JSON/);
    expect(JSON.stringify(found)).not.toContain('PRIVATE');
  });

  test('a place that is linked into itself a thousand times is read once', () => {
    const cache = join(home, transformers);
    for (const [name, content] of Object.entries(good)) put(`${transformers}/o/good/${name}`, content);
    for (let link = 0; link < 1000; link++) symlinkSync(cache, join(cache, `again-${link}`));
    expect(inOnnx().map(({ name }) => name)).toEqual(['good']);
    const look = new LookAround();
    expect([...look.below(cache)].length).toBe(look.folders);
    expect(look.folders).toBeLessThan(10);
  });

  test('of many folders so many are read, and no more', () => {
    for (let folder = 0; folder < 150; folder++) put(`${transformers}/o${folder}/m/config.json`, '');
    const look = new LookAround(100);
    const given = [...look.below(join(home, transformers))].length;
    expect(look.folders).toBe(100);
    expect(given).toBeLessThanOrEqual(251);
    expect(find()).toEqual([]);
  });

  test('of thousands of models some hundred are listed', () => {
    for (let model = 0; model < 600; model++) put(`.cache/llama.cpp/m${model}.gguf`, '');
    expect(find()).toHaveLength(500);
  });
});

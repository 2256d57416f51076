// Models in ONNX from a hub on a loopback address: of the many files that exporters make one precision, and no code.
import { randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DownloadRequest, ListedModel } from '../../src/protocol/store.ts';
import { downloadModel } from '../../src/store/hub/downloadModel.ts';
import { goldenPath } from '../golden/goldenFiles.ts';
import { runCli } from '../support/cliProcess.ts';
import { fetchedModel, watch } from '../support/fetchedModel.ts';
import { listedModel } from '../support/listedModel.ts';
import { commit, cutAfter, etagOf, filesIn, ModelHub, tinyFiles } from '../support/modelHub.ts';
import { writePipelineModel } from '../support/pipelineModel.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

type Files = Record<string, Buffer>;

const precisions = ['', '_quantized', '_fp16', '_q4', '_bnb4'];

/** A tiny model as its repository looks at a hub: every precision in a folder `onnx`, and what else people put there. */
async function repositoryOf(name: string): Promise<Files> {
  const folder = await writePipelineModel(name, join(await temporaryFolder(), name));
  const others = {
    'modeling_x.py': 'import os',
    'pytorch_model.bin': 'pickle',
    'README.md': '# Model',
    'vocab.txt': 'a',
  };
  const files: Files = Object.fromEntries(Object.entries(others).map(([path, text]) => [path, Buffer.from(text)]));
  for (const [path, content] of Object.entries(await filesIn(folder))) {
    const [graph] = path.split('.onnx');
    const paths = path.endsWith('.onnx') ? precisions.map((each) => `onnx/${graph}${each}.onnx`) : [path];
    for (const each of paths) files[each] = content;
  }
  return files;
}

/** Paths of the files that were asked for. */
const asked = (hub: ModelHub) =>
  [...new Set(hub.requests.flatMap((line) => /\/resolve\/\w+\/(\S+)/u.exec(line)?.[1] ?? []))].sort();

describe('a model for one task', () => {
  test.each([
    ['bert-mask', 'fillMask', ['model']],
    ['bert-vectors', 'embedding', ['model']],
    ['bert-sentiment', 'classification', ['model']],
    ['bert-tags', 'tagging', ['model']],
    ['t5', 'text2text', ['encoder_model', 'decoder_model_merged']],
    ['bart', 'text2text', ['encoder_model', 'decoder_model_merged']],
    ['pegasus', 'text2text', ['encoder_model', 'decoder_model_merged']],
    ['marian', 'text2text', ['encoder_model', 'decoder_model_merged']],
    ['nllb', 'text2text', ['encoder_model', 'decoder_model_merged']],
  ])('%s is fetched in 8 bits and is a %s', async (name, kind, graphs) => {
    const files = await repositoryOf(name);
    const { hub, folder, download } = await fetchedModel({ files });
    const details = await download;
    expect(details).toMatchObject({ name: 'tiny', weightFormat: 'ONNX q8', pipeline: { kind }, licence: 'apache-2.0' });
    expect(details.source).toMatch(/^someone\/tiny@c0ffee/);
    expect(asked(hub).filter((path) => !path.endsWith('.json'))).toEqual(
      graphs.map((graph) => `onnx/${graph}_quantized.onnx`).sort(),
    );
    const installed = await readdir(join(folder, 'tiny'));
    expect(installed.filter((file) => !/\.(?:json|onnx)$/u.test(file))).toEqual([]);
    expect(await readdir(join(folder, '.downloads'))).toEqual([]);
  });

  test('that has safetensors as well runs from its graphs', async () => {
    const files = { ...(await repositoryOf('bert-vectors')), 'model.safetensors': randomBytes(100) };
    const { hub, download } = await fetchedModel({ files });
    expect((await download).pipeline?.kind).toBe('embedding');
    expect(asked(hub).join()).not.toContain('safetensors');
  });

  test('of a list comes by its name, of the revision and with the checksums that are pinned, for what the list says', async () => {
    const files = await repositoryOf('t5');
    const hub = await ModelHub.open({ files });
    const models = await temporaryFolder();
    const graphs = ['onnx/encoder_model_quantized.onnx', 'onnx/decoder_model_merged_quantized.onnx'];
    const listed = listedModel({
      name: 'plain-t5',
      title: 'Plain T5',
      revision: commit,
      sha256: Object.fromEntries(graphs.map((path) => [path, etagOf(files[path]!).slice(1, -1)])),
      architecture: 'T5ForConditionalGeneration',
      for: ['rephrase'],
    });
    const list = (...entries: ListedModel[]) =>
      writeFile(join(models, 'recommended.json'), JSON.stringify({ models: entries }));
    const run = (...command: string[]) => runCli(['models', ...command], undefined, { INKLING_MODELS: models });
    const download = () => run('download', 'plain-t5', '--mirror', hub.endpoint);
    await list({ ...listed, sha256: { ...listed.sha256, [graphs[1]!]: 'a'.repeat(64) } });
    expect(await download()).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/another file at the hub/) });
    await list(listed);
    expect(await download()).toMatchObject({ exitCode: 0, stderr: '' });
    expect(hub.requests[0]).toContain(`/revision/${commit}`);
    expect(JSON.parse((await run('show', 'plain-t5', '--json')).stdout).pipeline).toMatchObject({ uses: ['rephrase'] });
  });

  test('comes by the command line, and does what it was made for', async () => {
    const files = await repositoryOf('marian');
    const hub = await ModelHub.open({ files, id: 'someone/opus-mt-en-de' });
    const environment = { INKLING_MODELS: await temporaryFolder() };
    const run = (commandLine: string[], stdin?: string) => runCli(commandLine, stdin, environment);
    const { exitCode, stderr } = await run(['models', 'download', 'someone/opus-mt-en-de', '--mirror', hub.endpoint]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const { stdout } = await run(['pipeline', 'translate', '--from', 'en', '--to', 'de', '--json'], 'The cat sat.');
    expect(JSON.parse(stdout)).toMatchObject({ task: 'translate' });
  });

  test('keeps what its name says at the hub, whatever it is called here', async () => {
    const files = await repositoryOf('marian');
    const { source_lang: _, target_lang: __, ...tokenizer } = JSON.parse(files['tokenizer_config.json']!.toString());
    files['tokenizer_config.json'] = Buffer.from(JSON.stringify(tokenizer));
    const { download } = await fetchedModel({ files, id: 'someone/opus-mt-fr-en' }, { name: 'mine' });
    expect(await download).toMatchObject({ name: 'mine', pipeline: { languages: { from: 'fr', to: 'en' } } });
    const corrects = await fetchedModel(
      { files: await repositoryOf('bart'), id: 'someone/bart-grammar' },
      { name: 'mine' },
    );
    expect(await corrects.download).toMatchObject({ pipeline: { uses: ['correct'] } });
  });

  test('is told what it was made for', async () => {
    const { download, folder } = await fetchedModel(
      { files: await repositoryOf('t5') },
      { uses: ['rephrase'], prefix: 'say: ' },
    );
    expect(await download).toMatchObject({ pipeline: { uses: ['rephrase'] } });
    expect(await readFile(join(folder, 'tiny/inkling.json'), 'utf8')).toContain('"rephrase": "say: "');
  });

  test('brings the numbers that lie beside its graph, and how its vectors are made', async () => {
    const files = await repositoryOf('bert-vectors');
    files['onnx/model_quantized.onnx_data'] = randomBytes(64);
    files['onnx/model.onnx_data'] = randomBytes(64);
    files['1_Pooling/config.json'] = Buffer.from('{"pooling_mode_cls_token": true}');
    const { hub, folder, download } = await fetchedModel({ files });
    await download;
    expect(asked(hub)).toContain('onnx/model_quantized.onnx_data');
    expect(asked(hub)).not.toContain('onnx/model.onnx_data');
    const installed = await filesIn(join(folder, 'tiny'));
    expect(installed['model_quantized.onnx_data']).toEqual(files['onnx/model_quantized.onnx_data']);
    expect(installed['pooling.json']).toEqual(files['1_Pooling/config.json']);
    expect(JSON.parse(installed['config.json']!.toString())).toMatchObject({ architectures: ['BertModel'] });
  });

  test('is gone on with after a cut, and one that is wrong is not kept', async () => {
    const files = await repositoryOf('t5');
    const whole = files['onnx/encoder_model_quantized.onnx']!;
    const refuse = (response: ServerResponse) => response.writeHead(403).end();
    const faults = [
      { path: /encoder_model_quantized/u, times: 1, answer: cutAfter(whole.length / 2) },
      { path: /encoder_model_quantized/u, times: 1, answer: refuse },
    ];
    const { hub, folder, download } = await fetchedModel({ files, faults });
    await expect(download).rejects.toMatchObject({ code: 'network' });
    const before = hub.sentBytes;
    const request = { id: 'someone/tiny', revision: 'main', endpoint: hub.endpoint, folder, resume: true };
    await downloadModel(request, watch);
    expect((await filesIn(join(folder, 'tiny')))['encoder_model_quantized.onnx']).toEqual(whole);
    expect(asked(hub).filter((path) => path.includes('fp16'))).toEqual([]);
    expect(hub.sentBytes).toBeGreaterThan(before);
  });

  test('of which the list knows another checksum is not fetched', async () => {
    const sha256 = { 'onnx/model_quantized.onnx': '0'.repeat(64) };
    const { hub, download } = await fetchedModel({ files: await repositoryOf('bert-mask') }, { sha256 });
    await expect(download).rejects.toThrow(/checksums differ/);
    expect(asked(hub)).toEqual(['config.json']);
  });
});

describe('a decoder that was exported', () => {
  test.each([
    ['plain', 'onnx/model.onnx'],
    ['merged', 'onnx/decoder_model_merged.onnx'],
    ['quantized', 'onnx/model_quantized.onnx'],
    ['half', 'onnx/model_q4f16.onnx'],
  ])('%s comes with %s', async (name, graph) => {
    const files = await filesIn(goldenPath(join('exported', name)));
    const { hub, download } = await fetchedModel({ files: { ...files, 'modeling.py': Buffer.from('import os') } });
    expect(await download).toMatchObject({ name: 'tiny', weightFormat: expect.stringContaining('ONNX') });
    expect(asked(hub).filter((path) => !path.endsWith('.json'))).toEqual([graph]);
  });

  test('comes by the command line, and writes', async () => {
    const hub = await ModelHub.open({ files: await filesIn(goldenPath('exported/merged')) });
    const environment = { INKLING_MODELS: await temporaryFolder() };
    const command = ['models', 'download', 'someone/tiny', '--mirror', hub.endpoint, '--json'];
    expect(await runCli(command, undefined, environment)).toMatchObject({ exitCode: 0, stderr: '' });
    const used = await runCli(['complete', '--raw', '--model', 'tiny', '--json'], 'The word', environment);
    expect(JSON.parse(used.stdout)).toMatchObject({ kind: 'text', model: 'tiny' });
  });

  test('and has safetensors as well runs by a graph of our own, so that it can learn', async () => {
    const graph = (await filesIn(goldenPath('exported/plain')))['onnx/model.onnx']!;
    const { hub, download } = await fetchedModel({ files: { ...(await tinyFiles()), 'onnx/model.onnx': graph } });
    expect((await download).weightFormat).not.toContain('ONNX');
    expect(asked(hub).join()).not.toContain('.onnx');
  });
});

const config = (architecture: string, more: object = {}) =>
  Buffer.from(JSON.stringify({ architectures: [architecture], ...more }));
const anyTokenizer = { 'tokenizer.json': Buffer.from('{}') };
const anyGraph = (path = 'model') => ({ [`onnx/${path}.onnx`]: randomBytes(9) });
/** All that a model has to have, as far as their names tell. */
const graphOf = (architecture: string) => ({ 'config.json': config(architecture), ...anyGraph(), ...anyTokenizer });

test.each<[what: string, files: Files, more: Partial<DownloadRequest>, message: RegExp]>([
  [
    'speech',
    {
      'config.json': config('WhisperForConditionalGeneration', { is_encoder_decoder: true }),
      ...anyGraph('decoder_model_merged'),
      ...anyTokenizer,
    },
    {},
    /is a WhisperForConditionalGeneration, which writes no text/,
  ],
  [
    'pictures',
    { 'config.json': config('ViTForImageClassification'), ...anyGraph() },
    {},
    /is a ViTForImageClassification/,
  ],
  ['nobody knows what', { 'config.json': Buffer.from('{}'), ...anyGraph() }, {}, /unknown kind/],
  ['a list as configuration', { 'config.json': Buffer.from('[]'), ...anyGraph() }, {}, /unknown kind/],
  ['a configuration that is a page', { 'config.json': Buffer.from('<html>'), ...anyGraph() }, {}, /not JSON/],
  [
    'an encoder of an encoder–decoder alone',
    { 'config.json': config('T5ForConditionalGeneration'), ...anyGraph('encoder_model'), ...anyTokenizer },
    {},
    /no encoder_model\.onnx and decoder_model_merged\.onnx/,
  ],
  [
    'two halves of two precisions',
    {
      'config.json': config('MarianMTModel'),
      ...anyGraph('encoder_model_quantized'),
      ...anyGraph('decoder_model_merged'),
      ...anyTokenizer,
    },
    {},
    /which its kind of model runs from/,
  ],
  [
    'a graph without a tokenizer',
    { 'config.json': config('BertModel'), ...anyGraph(), 'vocab.txt': Buffer.from('a') },
    {},
    /no tokenizer\.json/,
  ],
  [
    'an encoder without a graph',
    { 'config.json': config('BertModel'), 'model.safetensors': randomBytes(9), ...anyTokenizer },
    {},
    /model for one task.*exported to ONNX/,
  ],
  [
    'a graph that is not there',
    graphOf('BertModel'),
    { file: 'onnx/none.onnx' },
    /no GGUF or ONNX file "onnx\/none\.onnx"/,
  ],
  ['a use for a model of one use', graphOf('BertModel'), { uses: ['correct'] }, /takes neither a use nor a prefix/],
  ['a prefix for a decoder', graphOf('GPT2LMHeadModel'), { prefix: 'x' }, /takes neither a use nor a prefix/],
  ['a decoder that says nothing of its size', graphOf('GPT2LMHeadModel'), {}, /config\.json|num_|vocab/],
])('%s is refused before a graph is fetched', async (_, files, more, message) => {
  const { hub, folder, download } = await fetchedModel({ files }, more);
  await expect(download).rejects.toThrow(message);
  expect(asked(hub).filter((path) => !path.endsWith('.json'))).toEqual([]);
  expect((await readdir(folder)).filter((name) => !name.startsWith('.'))).toEqual([]);
});

test('what is no ONNX file is not installed: a pointer in its place', async () => {
  const files = await repositoryOf('bert-mask');
  files['onnx/model_quantized.onnx'] = Buffer.from(
    'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n',
  );
  const { folder, download } = await fetchedModel({ files });
  await expect(download).rejects.toMatchObject({ code: 'modelBroken', message: expect.stringMatching(/no ONNX file/) });
  expect((await readdir(folder)).filter((name) => !name.startsWith('.'))).toEqual([]);
});

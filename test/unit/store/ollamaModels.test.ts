// Ollama's folder as its published source writes it: manifests by name, everything else in blobs by its SHA-256.
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { FoundDisk, gguf } from '../../support/foundDisk.ts';

const models = '.ollama/models';
let disk: FoundDisk;
beforeEach(async () => {
  disk = await FoundDisk.open();
});

const layer = (kind: string, digit: string) => ({
  mediaType: `application/vnd.ollama.image.${kind}`,
  digest: `sha256:${digit.repeat(64)}`,
  size: 1,
});
const manifest = (...layers: object[]) => ({
  schemaVersion: 2,
  mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
  config: { mediaType: 'application/vnd.docker.container.image.v1+json', digest: `sha256:${'f'.repeat(64)}`, size: 5 },
  layers,
});
const list = (...manifests: object[]) => ({
  schemaVersion: 2,
  mediaType: 'application/vnd.ollama.manifest.list.v2+json',
  manifests,
});

const blob = (digit: string, content: string | Buffer) =>
  disk.put(`${models}/blobs/sha256-${digit.repeat(64)}`, content);
const weights = (digit: string) => blob(digit, gguf('llama'));
const put = (place: string, content: object) => disk.put(`${models}/manifests/${place}`, JSON.stringify(content));

/** Name, the path below Ollama's folder, and the problem. */
const found = () =>
  disk.find().map(({ name, path, problem }) => [name, relative(join(disk.home, models), path), problem]);
const pathOf = (digit: string) => join('blobs', `sha256-${digit.repeat(64)}`);

test('license, template, parameters, system prompt and projector stand beside the weights', () => {
  weights('a');
  const others = ['license', 'template', 'params', 'system', 'messages', 'projector'];
  put('registry.ollama.ai/library/llava/7b', manifest(...others.map((kind) => layer(kind, 'b')), layer('model', 'a')));
  expect(found()).toEqual([['llava-7b', pathOf('a'), undefined]]);
});

test('models of other registries and namespaces go by their own name', () => {
  weights('a');
  put('hf.co/someone/Qwen3-0.6B-GGUF/Q8_0', manifest(layer('model', 'a')));
  put('registry.ollama.ai/someone/prose/latest', manifest(layer('model', 'a')));
  expect(found().map(([name]) => name)).toEqual(['Qwen3-0.6B-GGUF-Q8_0', 'prose']);
});

test('a manifest that lies in no folder names no model', () => {
  weights('a');
  put('latest', manifest(layer('model', 'a')));
  expect(found()).toEqual([]);
});

test('a model with an adapter over it is told of, with the model beneath', () => {
  weights('a');
  put('registry.ollama.ai/me/mine/latest', manifest(layer('model', 'a'), layer('adapter', 'b')));
  expect(found()).toEqual([
    [
      'mine',
      join('manifests', 'registry.ollama.ai/me/mine/latest'),
      expect.stringMatching(/^Ollama puts an adapter over this model.*sha256-a{64}\.$/),
    ],
  ]);
});

test('a model in pieces of other formats is told of', () => {
  blob('c', 'tensor');
  put('registry.ollama.ai/library/new/mlx', manifest(layer('tensor; name=a; dtype=BF16', 'c'), layer('json', 'd')));
  expect(found().map(([name, , problem]) => [name, problem])).toEqual([
    ['new-mlx', 'Ollama has no GGUF file of this model.'],
  ]);
});

test('of a list of manifests that with a GGUF file counts, written there or in a blob of its own', () => {
  weights('a');
  const ofMlx = { ...manifest(layer('tensor', 'c')), runner: 'mlx', format: 'safetensors' };
  const ofGguf = { ...manifest(layer('model', 'a')), runner: 'ollama', format: 'gguf' };
  blob('e', JSON.stringify(ofGguf));
  put('registry.ollama.ai/library/one/latest', list(ofMlx, ofGguf));
  put('registry.ollama.ai/library/two/latest', list(ofMlx, { digest: `sha256:${'e'.repeat(64)}`, runner: 'ollama' }));
  put('registry.ollama.ai/library/three/latest', list(ofMlx));
  expect(found()).toEqual([
    ['one', pathOf('a'), undefined],
    ['three', join('manifests', 'registry.ollama.ai/library/three/latest'), 'Ollama has no GGUF file of this model.'],
    ['two', pathOf('a'), undefined],
  ]);
});

test.runIf(process.platform !== 'win32')('manifests that newer versions link from blobs come before older ones', () => {
  weights('a');
  weights('b');
  const target = blob('e', JSON.stringify(manifest(layer('model', 'b'))));
  const link = join(disk.home, models, 'manifests-v2/registry.ollama.ai/library/llama3.2/latest');
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(relative(dirname(link), target), link);
  put('registry.ollama.ai/library/llama3.2/latest', manifest(layer('model', 'a')));
  put('registry.ollama.ai/library/llama3.2/1b', manifest(layer('model', 'a')));
  expect(found().map(([name, path]) => [name, path])).toEqual([
    ['llama3.2', pathOf('b')],
    ['llama3.2-1b', pathOf('a')],
  ]);
});

test.each([
  ['written with a dash', `sha256-${'a'.repeat(64)}`, true],
  ['in capitals', `sha256:${'A'.repeat(64)}`, true],
  ['that leads elsewhere', 'sha256:../../../../etc/passwd', false],
  ['too short', 'sha256:aa', false],
  ['of another kind', `sha512:${'a'.repeat(64)}`, false],
  ['that is no text', 7, false],
])('a digest %s', (_, digest, isRight) => {
  weights('a');
  put('r/l/m/latest', manifest({ ...layer('model', 'a'), digest }));
  expect(found().map(([, path]) => path)).toEqual([isRight ? pathOf('a') : join('manifests', 'r/l/m/latest')]);
});

test.each([
  ['[]'],
  ['{"manifests": 3}'],
  ['{"manifests": [null, 3, {"layers": 4}, {"digest": "sha256:../.."}]}'],
  [`{"manifests": [{"digest": "sha256:${'9'.repeat(64)}"}]}`],
])('what is no manifest names no model: %s', (text) => {
  weights('a');
  disk.put(`${models}/manifests/r/l/m/latest`, text);
  expect(found()).toEqual([]);
});

test.each([['null'], ['3'], ['{"mediaType": ["application/vnd.ollama.image.model"], "digest": {}}']])(
  'a layer that is none: %s',
  (text) => {
    disk.put(`${models}/manifests/r/l/m/latest`, `{"layers": [${text}]}`);
    expect(found().map(([, , problem]) => problem)).toEqual(['Ollama has no GGUF file of this model.']);
  },
);

import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { FoundDisk, gguf } from '../../support/foundDisk.ts';

let home: string;
let disk: FoundDisk;
beforeEach(async () => {
  disk = await FoundDisk.open();
  home = disk.home;
});

const find: FoundDisk['find'] = (...given) => disk.find(...given);
const put: FoundDisk['put'] = (...given) => disk.put(...given);

test('nothing is found on a disk without such programs', () => {
  expect(find()).toEqual([]);
});

test('models of each program are found, with their kind and a path that can be added', () => {
  const blob = 'ab'.repeat(32);
  const files = {
    lmStudio: put('.lmstudio/models/someone/Qwen3-GGUF/Qwen3-0.6B-Q4_K_M.gguf', gguf('qwen3')),
    llamaCpp: put('.cache/llama.cpp/gemma-3-270m.gguf', gguf('gemma3')),
    gpt4all: put('.local/share/nomic.ai/GPT4All/phi.gguf', gguf('phi3')),
    ollama: put(`.ollama/models/blobs/sha256-${blob}`, gguf('llama')),
  };
  const layers = [
    { mediaType: 'application/vnd.ollama.image.license', digest: `sha256:${'0'.repeat(64)}` },
    { mediaType: 'application/vnd.ollama.image.model', digest: `sha256:${blob}` },
  ];
  put('.ollama/models/manifests/registry.ollama.ai/library/llama3.2/1b', JSON.stringify({ layers }));
  const snapshot = '.cache/huggingface/hub/models--HuggingFaceTB--SmolLM2-360M/snapshots/0123abc';
  const weights = put('.cache/huggingface/hub/models--HuggingFaceTB--SmolLM2-360M/blobs/aaa', 'weights');
  put(`${snapshot}/config.json`, JSON.stringify({ architectures: ['LlamaForCausalLM'] }));
  symlinkSync(weights, join(home, snapshot, 'model.safetensors'));
  expect(find()).toEqual([
    {
      name: 'SmolLM2-360M',
      from: 'Hugging Face',
      path: join(home, snapshot),
      sizeBytes: 7,
      architecture: 'LlamaForCausalLM',
    },
    {
      name: 'Qwen3-0.6B-Q4_K_M',
      from: 'LM Studio',
      path: files.lmStudio,
      sizeBytes: expect.any(Number),
      architecture: 'qwen3',
    },
    {
      name: 'gemma-3-270m',
      from: 'llama.cpp',
      path: files.llamaCpp,
      sizeBytes: expect.any(Number),
      architecture: 'gemma3',
    },
    { name: 'phi', from: 'GPT4All', path: files.gpt4all, sizeBytes: expect.any(Number), architecture: 'phi3' },
    { name: 'llama3.2-1b', from: 'Ollama', path: files.ollama, sizeBytes: expect.any(Number), architecture: 'llama' },
  ]);
});

test('the environment names other places', () => {
  put('hub/models--a--b/snapshots/c/m.gguf', gguf('llama'));
  put('llama/l.gguf', gguf('llama'));
  const environment = { HF_HUB_CACHE: join(home, 'hub'), LLAMA_CACHE: join(home, 'llama') };
  expect(find(environment).map(({ name }) => name)).toEqual(['m', 'l']);
});

test.each([
  ['~', '~/hub'],
  ['~ with blanks and quotes', ' "~/hub" '],
  ['another variable', '$DISK/hub'],
  ['another variable in braces', ['$', '{DISK}/hub'].join('')],
])('a folder may be named with %s', (_, named) => {
  put('hub/models--a--b/snapshots/c/m.gguf', gguf('llama'));
  const environment = { DISK: home };
  for (const variable of ['HF_HUB_CACHE', 'HUGGINGFACE_HUB_CACHE', 'LLAMA_CACHE'])
    expect(find({ ...environment, [variable]: named }).map(({ name }) => name)).toEqual(['m']);
  expect(find({ ...environment, HF_HOME: named.replace('/hub', '') }).map(({ name }) => name)).toEqual(['m']);
});

test.each(['', '  ', 'hub', './hub', '~other/hub', '$NOBODY/hub', '""'])('a folder named “%s” is nowhere', (named) => {
  put('.cache/huggingface/hub/models--a--b/snapshots/c/m.gguf', gguf('llama'));
  expect(find({ HF_HUB_CACHE: named, HF_HOME: named, XDG_CACHE_HOME: named }).map(({ name }) => name)).toEqual(['m']);
});

const hubFolder = 'hub/models--a--b/snapshots/c/m.gguf';

test.each<[what: string, path: string, environment: Record<string, string>, platform?: NodeJS.Platform]>([
  ['the hub’s older variable', hubFolder, { HUGGINGFACE_HUB_CACHE: 'hub' }],
  ['the hub’s home', `hf/${hubFolder}`, { HF_HOME: 'hf' }],
  ['the hub below the system’s cache', `cache/huggingface/${hubFolder}`, { XDG_CACHE_HOME: 'cache' }],
  ['llama.cpp below the system’s cache', 'cache/llama.cpp/m.gguf', { XDG_CACHE_HOME: 'cache' }],
  ['llama.cpp on macOS', 'Library/Caches/llama.cpp/m.gguf', { XDG_CACHE_HOME: 'cache' }, 'darwin'],
  ['llama.cpp on Windows', 'local/llama.cpp/m.gguf', { LOCALAPPDATA: 'local' }, 'win32'],
  ['LM Studio’s older home', '.cache/lm-studio/models/a/b/m.gguf', {}],
  ['GPT4All’s data', 'data/nomic.ai/GPT4All/m.gguf', { XDG_DATA_HOME: 'data' }],
  ['GPT4All on macOS', 'Library/Application Support/nomic.ai/GPT4All/m.gguf', {}, 'darwin'],
  ['GPT4All on Windows', 'AppData/Local/nomic.ai/GPT4All/m.gguf', {}, 'win32'],
  ['GPT4All for Python', '.cache/gpt4all/m.gguf', {}],
])('%s', (_, path, environment, platform) => {
  put(path, gguf('llama'));
  const absolute = Object.fromEntries(Object.entries(environment).map(([name, folder]) => [name, join(home, folder)]));
  expect(find(absolute, [], platform).map(({ path: found }) => found)).toEqual([join(home, path)]);
});

test('LM Studio’s home and its models’ folder are where its files say', () => {
  put('.lmstudio-home-pointer', `${join(home, 'studio')}\n`);
  put('studio/settings.json', JSON.stringify({ downloadsFolder: join(home, 'large disk') }));
  put('studio/models/a/b/one.gguf', gguf('llama'));
  put('large disk/a/b/two.gguf', gguf('llama'));
  expect(find().map(({ name }) => name)).toEqual(['one', 'two']);
  put('studio/settings.json', JSON.stringify({ downloadsFolder: join(home, 'studio/models/') }));
  expect(find().map(({ name }) => name)).toEqual(['one']);
  for (const settings of ['no JSON', '[]', '{"downloadsFolder": ""}', '{"downloadsFolder": "models"}']) {
    put('studio/settings.json', settings);
    expect(find().map(({ name }) => name)).toEqual(['one']);
  }
});

test.runIf(process.platform !== 'win32')('a blob that is a link in a circle hides no other model', () => {
  const blob = 'ef'.repeat(32);
  const layer = { mediaType: 'application/vnd.ollama.image.model', digest: `sha256:${blob}` };
  put('.ollama/models/manifests/registry.ollama.ai/library/m/a', JSON.stringify({ layers: [layer] }));
  put('.ollama/models/blobs/other', '');
  symlinkSync(`sha256-${blob}`, join(home, `.ollama/models/blobs/sha256-${blob}`));
  put('.cache/llama.cpp/l.gguf', gguf('llama'));
  expect(find().map(({ name }) => name)).toEqual(['l']);
});

test('what Ollama’s service keeps is found on Linux, unless a folder is named', () => {
  const blob = 'cd'.repeat(32);
  const layer = { mediaType: 'application/vnd.ollama.image.model', digest: `sha256:${blob}` };
  for (const folder of ['system/usr/share/ollama/.ollama/models', 'named']) {
    put(`${folder}/blobs/sha256-${blob}`, gguf('llama'));
    put(
      `${folder}/manifests/registry.ollama.ai/library/m/${folder === 'named' ? 'b' : 'a'}`,
      JSON.stringify({ layers: [layer] }),
    );
  }
  expect(find().map(({ name }) => name)).toEqual(['m-a']);
  expect(find({}, [], 'darwin')).toEqual([]);
  expect(find({ OLLAMA_MODELS: join(home, 'named') }).map(({ name }) => name)).toEqual(['m-b']);
});

test('of a split file the first part stands for all, and what is no language model is left out', () => {
  for (const name of ['big-00001-of-00002', 'big-00002-of-00002', 'mmproj-big']) {
    put(`.cache/llama.cpp/${name}.gguf`, gguf('llama'));
  }
  expect(find().map(({ name }) => name)).toEqual(['big']);
});

test('what cannot be run or read is listed with its problem', () => {
  put('.cache/llama.cpp/a.gguf', gguf('mamba'));
  put('.cache/llama.cpp/b.gguf', 'no GGUF');
  put('.cache/huggingface/hub/models--x--y/snapshots/z/config.json', '[]');
  put('.cache/huggingface/hub/models--x--y/snapshots/z/model.safetensors', '');
  expect(find().map(({ name, problem }) => [name, problem])).toEqual([
    ['y', expect.stringMatching(/holds no JSON object/)],
    ['a', 'Models of the kind "mamba" cannot be run.'],
    ['b', expect.stringMatching(/not a GGUF file/)],
  ]);
});

test('a folder that names no class is known by its type', () => {
  const snapshots = '.cache/huggingface/hub/models--x--y/snapshots';
  for (const type of ['lstm', 'gru']) {
    put(`${snapshots}/${type}/config.json`, JSON.stringify({ model_type: type }));
    put(`${snapshots}/${type}/model.safetensors`, '');
  }
  const found = find().map(({ architecture, problem }) => [architecture, problem]);
  expect(found.sort()).toEqual([
    ['LSTMForCausalLM', undefined],
    ['gru', 'Models of the kind "gru" cannot be run.'],
  ]);
});

test('links in circles, broken links, damaged manifests and blobs that are gone do no harm', () => {
  put('.lmstudio/models/a/m.gguf', gguf('llama'));
  symlinkSync(join(home, '.lmstudio/models'), join(home, '.lmstudio/models/a/again'));
  symlinkSync(join(home, 'nowhere'), join(home, '.lmstudio/models/a/dead.gguf'));
  put('.ollama/models/manifests/r/l/n/t', '{"layers": 3}');
  put('.ollama/models/manifests/r/l/n/u', 'not JSON');
  const gone = { mediaType: 'application/vnd.ollama.image.model', digest: `sha256:${'1'.repeat(64)}` };
  put('.ollama/models/manifests/r/l/n/v', JSON.stringify({ layers: [gone, { digest: '../../x' }] }));
  const found = find();
  expect(new Set(found.map(({ name }) => name))).toEqual(new Set(['m']));
  expect(found.length).toBeLessThan(10);
});

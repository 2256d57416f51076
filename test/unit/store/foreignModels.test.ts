import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import { InklingError } from '../../../src/protocol/errors.ts';
import { convertModel } from '../../../src/store/convertModel.ts';
import { fileIn, folderWith, ggufTensors, ggufWith, jsonWith, type Make } from '../../support/hostileModels.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const file =
  (name: string, start: string | Uint8Array = 'x'.repeat(200)): Make =>
  (folder) =>
    fileIn(folder, start, name);

/** A folder `model` with files of these names; a name that ends with `/` is a folder. */
const names =
  (...all: string[]): Make =>
  (folder) => {
    const model = join(folder, 'model');
    mkdirSync(model);
    for (const name of all) {
      if (name.endsWith('/')) mkdirSync(join(model, name), { recursive: true });
      else fileIn(model, name.endsWith('.json') ? '{}' : 'x', name);
    }
    return model;
  };

/** A right folder without its weights, and with other files. */
const without = (...others: string[]): Make =>
  folderWith((model) => {
    rmSync(join(model, 'model.safetensors'));
    for (const name of others) fileIn(model, 'x', name);
  });

const ofClass = (name: string, further: object = {}): Make =>
  folderWith(jsonWith('config.json', () => ({ architectures: [name], ...further })));
const quantizedBy = (quant_method: string): Make =>
  folderWith(jsonWith('config.json', (json) => ({ ...json, quantization_config: { quant_method, bits: 4 } })));
const ofArchitecture = (name: string): Make => ggufWith({ 'general.architecture': name });
const inParts = (kept: readonly number[]): Make =>
  folderWith((model) => {
    const parts = [1, 2, 3].map((n) => `model-0000${n}-of-00003.safetensors`);
    for (const n of kept) cpSync(join(model, 'model.safetensors'), join(model, parts[n - 1]!));
    rmSync(join(model, 'model.safetensors'));
    fileIn(
      model,
      JSON.stringify({ weight_map: { a: parts[0], b: parts[1], c: parts[2] } }),
      'model.safetensors.index.json',
    );
  });

const foreign: readonly (readonly [name: string, make: Make, message: RegExp])[] = [
  // files of other kinds
  ['weights without their folder', file('model.safetensors'), /weights alone\. Name the folder/],
  ['a graph without its folder', file('model_q4.onnx'), /graph alone\. Name the folder/],
  ['numbers of a graph', file('model.onnx_data'), /graph alone\. Name the folder/],
  ['a configuration', file('config.json', '{}'), /part of a model\. Name the folder/],
  ['a pickle by its name', file('pytorch_model.bin'), /could run code when it is read\. Get the model as a GGUF/],
  ['a checkpoint of other days', file('model.ckpt', '\u0080'), /could run code/],
  ['what torch.save writes', file('consolidated.00.pth', 'PK\u0003\u0004'), /PyTorch or an archive/],
  ['a pickle', file('weights', Buffer.from([0x80, 2, 0x8a, 10])), /PyTorch or an archive/],
  ['weights of Keras', file('tf_model.h5', Buffer.from('\x89HDF\r\n', 'latin1')), /made for TensorFlow or Keras/],
  ['weights of Flax', file('flax_model.msgpack'), /made for Flax/],
  ['a model for telephones', file('gemma3-270m.task'), /made for LiteRT/],
  ['a model for Core ML', file('llama.mlmodel'), /made for Core ML/],
  ['weights of MLX by themselves', file('weights.npz', 'PK\u0003\u0004'), /archive/],
  ['an archive', file('model.tar.gz', Buffer.from([0x1f, 0x8b, 8])), /an archive\. Unpack it/],
  ['another archive', file('model.7z', Buffer.from('7z\xBC\xAF', 'latin1')), /an archive\. Unpack it/],
  ['a download of a browser', file('qwen.gguf.crdownload', 'GGUF'), /not finished\. Finish it/],
  ['a download of another', file('qwen.gguf.part', 'GGUF'), /not finished\. Finish it/],
  ['a file of the hub that is not whole', file('abc123.incomplete', 'GGUF'), /not finished\. Finish it/],
  ['a pointer in place of a file', file('model.gguf', 'version https://git-lfs.github.com/spec/v1\n'), /git lfs pull/],
  ['a web page in place of a file', file('model.gguf', '\uFEFF\n<!DOCTYPE html><html>'), /web page/],
  ['an answer in XML in place of a file', file('model.gguf', '<?xml version="1.0"?><Error>'), /web page/],
  ['nothing', file('model.gguf', ''), /is empty\. Get the file again/],
  ['weights from before GGUF', file('ggml-model-q4_0.bin', 'tjgg'), /before GGUF\. Get the model/],
  ['Whisper for whisper.cpp', file('ggml-base.en.bin', 'lmgg'), /before GGUF/],
  ['a GGUF that is none', file('model.gguf', 'MODEL'), /not a GGUF file\.$/],
  ['anything else', file('notes.odt'), /no model that can be added/],
  // GGUF files that are no decoders
  ['the part that sees', ggufWith({ 'general.architecture': 'clip' }), /part of a model that sees\. Name the file/],
  ['the same by its type', ggufWith({ 'general.type': 'mmproj' }), /part of a model that sees\. Name the file/],
  ['an adapter', ggufWith({ 'general.type': 'adapter' }), /an adapter and no model\. Get it in the layout of PEFT/],
  ['what was measured for quantizing', ggufWith({ 'general.type': 'imatrix' }), /measured for quantizing/],
  ['a vocabulary', ggufTensors(() => []), /a tokenizer and no model/],
  ['an embedding model', ofArchitecture('nomic-bert'), /makes vectors of texts/],
  ['one made of a decoder', ggufWith({ 'llama.pooling_type': 3 }), /makes vectors of texts/],
  ['T5', ofArchitecture('t5'), /rewrites one text as another/],
  ['a model with pictures', ofArchitecture('qwen2vl'), /reads pictures, too/],
  ['a model that makes pictures', ofArchitecture('flux'), /makes pictures/],
  ['experts', ofArchitecture('qwen3moe'), /mixture of experts/],
  ['experts of Llama', ggufWith({ 'llama.expert_count': 8 }), /mixture of 8 experts/],
  ['RWKV', ofArchitecture('rwkv7'), /a state of a kind/],
  ['a model of tomorrow', ofArchitecture('llama9'), /llama9, which cannot be run yet\.$/],
  // folders without a model
  ['an empty folder', names(), /empty folder/],
  ['an adapter’s folder', names('adapter_config.json', 'adapter_model.safetensors'), /an adapter and no model/],
  ['an adapter with a configuration', without('adapter_model.safetensors'), /an adapter and no model/],
  ['a model of pictures', names('model_index.json', 'unet/', 'vae/'), /makes pictures/],
  ['a folder of GGUF files', names('b.gguf', 'a.gguf', 'mmproj-a.gguf'), /Name the one to use: a\.gguf, b\.gguf\.$/],
  ['a split GGUF', names('m-00001-of-00002.gguf', 'm-00002-of-00002.gguf'), /use: m-00001-of-00002\.gguf\.$/],
  ['a place in a cache', names('refs/', 'blobs/', 'snapshots/abc/'), /The model lies in .*model\/snapshots\/abc/],
  ['weights of Meta', names('params.json', 'consolidated.00.pth', 'tokenizer.model'), /layout of the model’s maker/],
  [
    'weights of Mistral',
    names('params.json', 'consolidated.safetensors', 'tekken.json'),
    /layout of the model’s maker/,
  ],
  ['a tokenizer', names('tokenizer.json', 'tokenizer_config.json'), /a tokenizer and no model/],
  ['a download that goes on', names('tokenizer.json', 'model.safetensors.incomplete'), /not finished/],
  ['pictures', names('a.png', 'b.png'), /config\.json does not exist/],
  // folders with a configuration
  ['pickles', without('pytorch_model.bin'), /files of PyTorch/],
  ['weights of TensorFlow', without('tf_model.h5'), /made for TensorFlow or Keras/],
  ['weights that are still fetched', without('model.safetensors.part'), /not finished/],
  ['weights under another name', without('pytorch.safetensors'), /nothing tells of: pytorch\.safetensors/],
  ['a configuration beside a GGUF', without('model-q4.gguf'), /holds GGUF files\. Name the one/],
  ['no weights', without(), /a configuration and no weights/],
  ['one part of three is missing', inParts([1, 3]), /lacks 1 of 3 files .*: model-00002-of-00003\.safetensors\. Get/],
  ['two parts of three are missing', inParts([2]), /lacks 2 of 3 files/],
  ['GPTQ', quantizedBy('gptq'), /quantized by GPTQ .*Get the model as a GGUF/],
  ['AWQ', quantizedBy('awq'), /quantized by AWQ/],
  ['bitsandbytes', quantizedBy('bitsandbytes'), /quantized by bitsandbytes/],
  ['a way nobody knows', quantizedBy('constructor'), /quantized by another program /],
  [
    'MLX',
    folderWith(jsonWith('config.json', (json) => ({ ...json, quantization: { group_size: 64, bits: 4 } }))),
    /quantized by MLX \(quantization in config\.json\)/,
  ],
  [
    'Whisper',
    ofClass('WhisperForConditionalGeneration'),
    /cannot be run yet: it writes down what is spoken\. What runs: /,
  ],
  ['a model with pictures, too', ofClass('Qwen2_5_VLForConditionalGeneration'), /it reads pictures, too/],
  ['LLaVA', ofClass('LlavaForConditionalGeneration'), /it reads pictures, too/],
  ['a mixture of experts', ofClass('MixtralForCausalLM'), /it is a mixture of experts/],
  ['Mamba', ofClass('MambaForCausalLM'), /a state of a kind/],
  ['a model of its own kind', ofClass('MyForCausalLM'), /MyForCausalLM cannot be run yet\. What runs: Llama, Mistral/],
];

test.each(foreign)('%s: said what it is, and what helps', async (_, make, message) => {
  const [folder, models] = [await temporaryFolder(), await temporaryFolder()];
  const source = make(folder);
  const error = await convertModel({ source, target: join(models, 'model') }, () => {}).catch(
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InklingError);
  const { code, message: said } = error as InklingError;
  expect(code).toMatch(/^model/u);
  expect(said).toMatch(message);
  expect(said.replaceAll(folder, '').length).toBeLessThan(380);
  expect(readdirSync(models)).toEqual([]);
});

test('a file that is named as a model says how it is added', async () => {
  const path = file('model.gguf')(await temporaryFolder());
  expect(() => openModelFolder(path)).toThrow(/is a file and no model folder\. Add it first: inkling models add/u);
  expect(basename(path)).toBe('model.gguf');
});

import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSmallFile } from '../../../src/model/files/textFile.ts';
import { chooseFiles, type Wish } from '../../../src/store/hub/chooseFiles.ts';
import type { HubFile } from '../../../src/store/hub/repository.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const file = (path: string): HubFile => ({ path, sizeBytes: 1 });
const filesFor = (paths: readonly string[], wish: Wish) =>
  chooseFiles({ id: 'a/b', commit: 'c', licence: 'mit', languages: [], files: paths.map(file) }, wish).files.map(
    ({ path }) => path,
  );

describe('of several models in one repository', () => {
  const chosen = (paths: string[], wanted?: string) => filesFor(paths, { file: wanted });
  test.each<[paths: string[], wanted: string | undefined, taken: string[]]>([
    [['b-Q8_0.gguf', 'b-Q4_K_M.gguf', 'b-Q2_K.gguf'], undefined, ['b-Q4_K_M.gguf']],
    [['b.Q6_K.gguf', 'b.Q4_0.gguf', 'README.md'], undefined, ['b.Q4_0.gguf']],
    [['b-iq4_xs.gguf', 'b-f16.gguf'], undefined, ['b-iq4_xs.gguf']],
    [['b.gguf', 'mmproj-b-Q4_K_M.gguf'], undefined, ['b.gguf']],
    [['b-Q8_0.gguf', 'b-Q4_K_M.gguf'], 'b-Q8_0.gguf', ['b-Q8_0.gguf']],
    [
      ['q/b-Q4_K_M-00002-of-00002.gguf', 'q/b-Q4_K_M-00001-of-00002.gguf'],
      undefined,
      ['q/b-Q4_K_M-00001-of-00002.gguf', 'q/b-Q4_K_M-00002-of-00002.gguf'],
    ],
    [
      ['config.json', 'model.safetensors', 'tokenizer.json', 'b.gguf', 'modeling.py', 'onnx/model.onnx'],
      undefined,
      ['config.json', 'tokenizer.json', 'model.safetensors'],
    ],
    [
      [
        'config.json',
        'model-00001-of-00002.safetensors',
        'model-00002-of-00002.safetensors',
        'model.safetensors.index.json',
        'training_args.bin',
      ],
      undefined,
      [
        'config.json',
        'model.safetensors.index.json',
        'model-00001-of-00002.safetensors',
        'model-00002-of-00002.safetensors',
      ],
    ],
    [['config.json', 'adapter_model.safetensors', 'b-Q5_K_M.gguf'], undefined, ['b-Q5_K_M.gguf']],
  ])('%j, asked for %s', (paths, wanted, taken) => {
    expect(chosen(paths, wanted)).toEqual(taken);
  });

  test.each<[paths: string[], wanted: string | undefined, message: RegExp]>([
    [['b-Q4_K_M-00001-of-00003.gguf', 'b-Q4_K_M-00002-of-00003.gguf'], undefined, /Of the 3 parts.*2 are/],
    [['b.gguf'], 'c.gguf', /no GGUF or ONNX file "c\.gguf".*; it has b\.gguf/],
    [['b.gguf'], 'run.py', /no GGUF or ONNX file/],
    [['pytorch_model.bin', 'config.json'], undefined, /no weights/],
    [[], undefined, /no files/],
  ])('%j, asked for %s, is refused', (paths, wanted, message) => {
    expect(() => chosen(paths, wanted)).toThrow(message);
  });
});

describe('of several precisions', () => {
  const chosen = (architecture: string, graphs: string[], wanted?: string) =>
    filesFor(['config.json', 'tokenizer.json', ...graphs], {
      file: wanted,
      config: { architectures: [architecture] },
    }).filter((path) => path.includes('.onnx'));
  test.each<[architecture: string, graphs: string[], wanted: string | undefined, taken: string[]]>([
    [
      'BertModel',
      ['onnx/model.onnx', 'onnx/model_fp16.onnx', 'onnx/model_quantized.onnx'],
      undefined,
      ['onnx/model_quantized.onnx'],
    ],
    [
      'BertModel',
      ['onnx/model.onnx', 'onnx/model_int8.onnx', 'onnx/model_q4.onnx'],
      undefined,
      ['onnx/model_int8.onnx'],
    ],
    ['BertModel', ['onnx/model.onnx', 'onnx/model_fp16.onnx'], undefined, ['onnx/model.onnx']],
    ['BertModel', ['onnx/model_fp16.onnx', 'onnx/model_q4.onnx'], undefined, ['onnx/model_fp16.onnx']],
    ['BertModel', ['model_quantized.onnx', 'onnx/model_quantized.onnx'], undefined, ['model_quantized.onnx']],
    [
      'BertModel',
      ['onnx/model.onnx', 'onnx/model_O4.onnx', 'onnx/model_qint8_avx512.onnx'],
      undefined,
      ['onnx/model.onnx'],
    ],
    ['BertModel', ['onnx/model.onnx', 'onnx/model_quantized.onnx'], 'onnx/model.onnx', ['onnx/model.onnx']],
    [
      'BartForConditionalGeneration',
      ['', '_fp16', '_q4'].flatMap((each) => [
        `onnx/encoder_model${each}.onnx`,
        `onnx/decoder_model_merged${each}.onnx`,
        `onnx/decoder_model${each}.onnx`,
      ]),
      'onnx/encoder_model_fp16.onnx',
      ['onnx/encoder_model_fp16.onnx', 'onnx/decoder_model_merged_fp16.onnx'],
    ],
    [
      'GPT2LMHeadModel',
      [
        'onnx/decoder_model.onnx',
        'onnx/decoder_model_merged.onnx',
        'onnx/decoder_model_merged_quantized.onnx',
        'onnx/decoder_with_past_model.onnx',
      ],
      undefined,
      ['onnx/decoder_model_merged_quantized.onnx'],
    ],
    [
      'LlamaForCausalLM',
      [
        'onnx/model.onnx',
        'onnx/model.onnx_data',
        'onnx/model_q4.onnx',
        'onnx/model_q4.onnx_data',
        'onnx/model_q4.onnx_data_1',
        'onnx/model_q4f16.onnx',
      ],
      undefined,
      ['onnx/model_q4.onnx', 'onnx/model_q4.onnx_data', 'onnx/model_q4.onnx_data_1'],
    ],
    [
      'LlamaForCausalLM',
      ['onnx/model_q4.onnx', 'onnx/model_q4f16.onnx', 'onnx/model_q4f16.onnx_data'],
      'onnx/model_q4f16.onnx',
      ['onnx/model_q4f16.onnx', 'onnx/model_q4f16.onnx_data'],
    ],
  ])('%s: of %j, asked for %s', (architecture, graphs, wanted, taken) => {
    expect(chosen(architecture, graphs, wanted).sort()).toEqual([...taken].sort());
  });
});

/** One table for both: what is fetched can be read afterwards, and what could not be read is not fetched. */
describe('what describes a model may be so large, at the hub and on the disk', () => {
  test.each([
    ['config.json', 4],
    ['generation_config.json', 4],
    ['chat_template.jinja', 4],
    ['chat_template.json', 4],
    ['model.safetensors.index.json', 16],
    ['tokenizer.json', 64],
    ['tokenizer.model', 64],
    ['tokenizer_config.json', 64],
    ['special_tokens_map.json', 64],
    ['added_tokens.json', 64],
  ])('%s: %d MB', async (name, megabytes) => {
    const folder = await temporaryFolder();
    for (const extra of [0, 1]) {
      const sizeBytes = megabytes * 1e6 + extra;
      const others = ['config.json', 'model.safetensors'].filter((path) => path !== name).map(file);
      const repository = {
        id: 'a/b',
        commit: 'c',
        licence: 'mit',
        languages: [],
        files: [...others, { path: name, sizeBytes }],
      };
      const path = join(folder, name);
      writeFileSync(path, '');
      truncateSync(path, sizeBytes);
      const told = new RegExp(
        `has ${megabytes}\\.1 MB\\. Such a file of a model may have ${megabytes} MB at most\\.$`,
        'u',
      );
      if (extra === 0) {
        expect(chooseFiles(repository, {}).files.map((chosen) => chosen.path)).toContain(name);
        expect(readSmallFile(path)).toHaveLength(sizeBytes);
      } else {
        expect(() => chooseFiles(repository, {})).toThrow(told);
        expect(() => readSmallFile(path)).toThrow(told);
      }
    }
  });

  test('of a graph’s repository, too, and before its configuration is asked for', () => {
    const files = [
      { path: 'onnx/model.onnx', sizeBytes: 1 },
      file('tokenizer.json'),
      { path: 'config.json', sizeBytes: 4e6 + 1 },
    ];
    const repository = { id: 'a/b', commit: 'c', licence: 'mit', languages: [], files };
    expect(() => chooseFiles(repository, { config: { architectures: ['LlamaForCausalLM'] } })).toThrow(
      /config\.json of a\/b has 4\.1 MB/,
    );
  });
});

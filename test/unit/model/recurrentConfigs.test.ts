import { expect, test } from 'vitest';
import { demandAdaptable } from '../../../src/model/adapterModules.ts';
import type { TensorEntry } from '../../../src/model/files/safetensors.ts';
import { lstmNames } from '../../../src/model/lstmNames.ts';
import { parseModelConfig, stateShapes } from '../../../src/model/modelConfig.ts';

const lstm = { model_type: 'lstm', vocab_size: 50, hidden_size: 32 };
const lfm2 = {
  architectures: ['Lfm2ForCausalLM'],
  ...{ vocab_size: 64, hidden_size: 32, num_hidden_layers: 3, num_attention_heads: 4, num_key_value_heads: 2 },
  ...{ max_position_embeddings: 512, norm_eps: 1e-5, full_attn_idxs: [1], block_ff_dim: 96, rope_theta: 1e6 },
};

test.each([
  [
    'the fewest keys',
    lstm,
    { layers: 1, embeddingSize: 32, contextTokens: 4096, tiedEmbeddings: false, headBias: true },
  ],
  ['PyTorch words', { ...lstm, num_layers: 3, embedding_dim: 16, dropout: 0.5 }, { layers: 3, embeddingSize: 16 }],
  [
    'the example of PyTorch',
    {
      model_type: 'LSTM',
      architectures: ['LSTMForCausalLM'],
      vocab_size: 9,
      nhid: 8,
      emsize: 8,
      nlayers: 2,
      tied: true,
      bptt: 35,
    },
    { layers: 2, hiddenSize: 8, tiedEmbeddings: true, contextTokens: 35 },
  ],
  ['without biases', { ...lstm, bias: false, head_bias: false }, { cellBiases: false, headBias: false }],
  ['another class name', { ...lstm, architectures: ['MyLanguageModel'] }, { layers: 1 }],
])('an LSTM with %s', (_, json, expected) => {
  const config = parseModelConfig(json);
  expect(config).toMatchObject(expected);
  expect(stateShapes(config)).toEqual(Array(2 * config.layers).fill([1, 1, config.hiddenSize]));
});

test.each([
  [{ bidirectional: true }, /bidirectional/],
  [{ proj_size: 16 }, /proj_size/],
  [{ tie_weights: true, embedding_dim: 16 }, /tied, but they have 16 and 32 columns/],
  [{ hidden_size: -1 }, /hidden_size is -1/],
  [{ hidden_size: '32' }, /hidden_size is "32"/],
  [{ num_layers: 100_000 }, /num_hidden_layers is 100000/],
  [{ num_layers: 1.5 }, /num_layers is 1.5/],
  [{ attention: 'luong' }, /attention/],
  [{ layer_norm: true }, /layer_norm/],
  [{ char_cnn: [1, 2] }, /char_cnn/],
  [{ model_type: 'gru' }, /architecture gru cannot be run/],
])('an LSTM that is another: %j', (change, message) => {
  expect(() => parseModelConfig({ ...lstm, ...change })).toThrow(message);
});

test.each([
  ['embedding.weight', 'model.embedding.weight'],
  ['encoder.weight', 'model.embedding.weight'],
  ['model.word_embeddings.weight', 'model.embedding.weight'],
  ['lstm.weight_ih_l0', 'model.layers.0.input.weight'],
  ['rnn.weight_hh_l11', 'model.layers.11.state.weight'],
  ['weight_ih_l0', 'model.layers.0.input.weight'],
  ['net.rnn.bias_ih_l1', 'model.layers.1.input.bias'],
  ['rnn.bias_hh_l1', 'model.layers.1.state.bias'],
  ['fc.weight', 'decoder.weight'],
  ['fc.bias', 'decoder.bias'],
  ['lm_head.weight', 'decoder.weight'],
  ['rnn.weight_ih_l0_reverse', 'rnn.weight_ih_l0_reverse'],
  ['rnn.weight_hr_l0', 'rnn.weight_hr_l0'],
  ['attention.weight', 'attention.weight'],
  ['norm.weight', 'norm.weight'],
])('the tensor %s is %s', (name, expected) => {
  const entry = { dtype: 'F32', shape: [1], file: 'f', offset: 0, length: 4 } as TensorEntry;
  expect([...lstmNames(new Map([[name, entry]])).keys()]).toEqual([expected]);
});

test.each([
  [{}, ['shortConvolution', 'attention', 'shortConvolution'], 256],
  [{ layer_types: ['conv', 'conv', 'full_attention'] }, ['shortConvolution', 'shortConvolution', 'attention'], 256],
  [{ block_auto_adjust_ff_dim: false }, undefined, 96],
  [{ block_multiple_of: 16 }, undefined, 64],
  [{ block_multiple_of: 16, block_ffn_dim_multiplier: 1.3 }, undefined, 96],
  [{ block_ff_dim: null, intermediate_size: 3000 }, undefined, 2048],
])('LFM2 with %j', (change, mixers, intermediateSize) => {
  const config = parseModelConfig({ ...lfm2, ...change });
  expect(config.intermediateSize).toBe(intermediateSize);
  if (mixers) expect(config.mixers).toEqual(mixers);
  expect(stateShapes(config)).toEqual([
    [2, 32],
    [2, 32],
  ]);
});

test.each([
  [{ conv_bias: true }, /conv_bias/],
  [{ layer_types: ['conv', 'mamba', 'conv'] }, /layer_types/],
  [{ num_experts: 8 }, /num_experts/],
  [{ vision_config: { depth: 3 } }, /vision_config/],
])('LFM2 that is another: %j', (change, message) => {
  expect(() => parseModelConfig({ ...lfm2, ...change })).toThrow(message);
});

test.each([lstm, lfm2])('no adapter is trained for or run on %j', (json) => {
  expect(() => demandAdaptable(parseModelConfig(json))).toThrow(
    /cannot learn from yours.*choose a model with attention/u,
  );
});

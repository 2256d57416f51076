// transformers.js on the same onnxruntime-node, with the same weights in a graph of its own layout (export_onnx.py).
import { AutoModelForCausalLM, AutoTokenizer, env, Tensor } from '@huggingface/transformers';
import { memoryMb, processorMs } from '../procfs.mjs';
import { outFolder } from '../product.mjs';
import { options, report } from './contestant.mjs';

env.allowRemoteModels = false;
env.localModelPath = outFolder;
const startedAt = performance.now();
const tokenizer = await AutoTokenizer.from_pretrained('transformersJs');
const model = await AutoModelForCausalLM.from_pretrained('transformersJs', {
  dtype: 'q4',
  device: 'cpu',
  use_external_data_format: true,
  session_options: {
    intraOpNumThreads: options.threads,
    interOpNumThreads: 1,
    enableMemPattern: false,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  },
});
const loadMs = performance.now() - startedAt;
const readyMs = performance.now(); // since this process started

/** Greedy, exactly `tokens` new ones; the time at which each came. */
async function generate(ids, tokens) {
  const times = [];
  const input = new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]);
  const mask = new Tensor('int64', new BigInt64Array(ids.length).fill(1n), [1, ids.length]);
  const output = await model.generate({
    input_ids: input,
    attention_mask: mask,
    do_sample: false,
    max_new_tokens: tokens,
    min_new_tokens: tokens,
    streamer: { put: () => times.push(performance.now()), end: () => undefined }, // called once with the prompt first
  });
  return { times: times.slice(1), written: Array.from(output.data.slice(ids.length), Number) };
}

await report(
  {
    async prefill({ ids }) {
      const from = performance.now();
      const { times } = await generate(ids, 1);
      return times[0] - from;
    },
    async decode({ ids }, tokens) {
      const { times, written } = await generate(ids, tokens);
      return { stepMs: (times.at(-1) - times[0]) / (tokens - 1), text: tokenizer.decode(written) };
    },
    memory: () => memoryMb(process.pid),
    processorMs: () => processorMs(process.pid),
  },
  { loadMs, readyMs },
);

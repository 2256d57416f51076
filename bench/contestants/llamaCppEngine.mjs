// One run of llama.cpp, whichever copy of node-llama-cpp is handed over.
import { memoryMb, processorMs } from '../procfs.mjs';
import { ggufFile } from '../product.mjs';
import { options, report } from './contestant.mjs';

/** @param {typeof import('node-llama-cpp')} library */
export async function runLlamaCpp({ getLlama, LlamaLogLevel }) {
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    logLevel: LlamaLogLevel.error,
    maxThreads: options.threads,
  });
  const startedAt = performance.now();
  const model = await llama.loadModel({ modelPath: ggufFile });
  const context = await model.createContext({ contextSize: 1024, batchSize: 512, threads: options.threads });
  const loadMs = performance.now() - startedAt;
  const readyMs = performance.now(); // since this process started
  const sequence = context.getSequence();

  await report(
    {
      async prefill({ ids }) {
        await sequence.clearHistory();
        const from = performance.now();
        for await (const _ of sequence.evaluate(ids, { temperature: 0 })) break;
        return performance.now() - from;
      },
      async decode({ ids }, tokens) {
        await sequence.clearHistory();
        const written = [];
        let firstAt = 0;
        for await (const token of sequence.evaluate(ids, { temperature: 0, yieldEogToken: true })) {
          written.push(token);
          if (written.length === 1) firstAt = performance.now();
          if (written.length === tokens) break;
        }
        return { stepMs: (performance.now() - firstAt) / (tokens - 1), text: model.detokenize(written) };
      },
      memory: () => memoryMb(process.pid),
      processorMs: () => processorMs(process.pid),
    },
    { loadMs, readyMs },
  );
  await llama.dispose();
}

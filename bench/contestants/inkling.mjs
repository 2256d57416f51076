// The product: its client, its process, as the editor uses them.
import { memoryMb, processorMs } from '../procfs.mjs';
import { continueText, startClient } from '../product.mjs';
import { options, report } from './contestant.mjs';

const client = startClient(options);
const startedAt = performance.now();
const { loadMs } = await client.load();
const readyMs = performance.now() - startedAt;

await report(
  {
    async prefill({ text, ids }) {
      const { outcome } = await continueText(client, text, { maxNewTokens: 1 });
      const { promptTokens, reusedTokens, prefillMs } = outcome.usage;
      // one may be shared: what the model wants before all that it reads
      if (promptTokens !== ids.length || reusedTokens > 1)
        throw new Error(`${promptTokens} tokens, ${reusedTokens} reused: not the prompt that was meant`);
      return prefillMs;
    },
    async decode({ text }, tokens) {
      const { outcome } = await continueText(client, text, { maxNewTokens: tokens });
      return { stepMs: outcome.usage.decodeMs / (tokens - 1), text: outcome.sequences[0].text };
    },
    memory: () => memoryMb(client.processId),
    processorMs: () => processorMs(client.processId),
  },
  { loadMs, readyMs },
);
await client.dispose();

import type { RunnableDecoder } from '../../../../src/inference/decoder.ts';
import { DecoderState, type StatePart } from '../../../../src/inference/decoderState.ts';

/** Remembers the tokens that the graph has read, cut back as keys and values are. */
class ReadTokens implements StatePart {
  readonly read: number[] = [];
  fresh: readonly number[] = [];

  constructor(readonly isCutFreely: boolean) {}

  feeds = () => ({});
  roomForNew = () => ({});

  append(count: number): void {
    this.read.push(...this.fresh.slice(0, count));
  }

  rewindTo(length: number): number {
    this.read.length = Math.min(length, this.read.length);
    return this.read.length;
  }

  clear(): void {
    this.read.length = 0;
  }
}

const vocabularySize = 300;

/** A model that says what it is told to; what it has read is all that it knows. Its state may be one that is not cut freely. */
export function sayingDecoder(next: (read: readonly number[]) => number, isCutFreely = true): RunnableDecoder {
  const config = { vocabularySize, eosTokenIds: [2], contextTokens: 4096 };
  return {
    config: config as unknown as RunnableDecoder['config'],
    newCache: () =>
      new DecoderState([new ReadTokens(isCutFreely)]) as unknown as ReturnType<RunnableDecoder['newCache']>,
    useAdapter: () => undefined,
    release: async () => undefined,
    async run(cache, tokenIds, rows, logits = new Float32Array(rows.length * vocabularySize)) {
      const part = (cache as unknown as DecoderState<ReadTokens>).parts[0]!;
      const before = [...cache.unread(tokenIds.length)];
      part.fresh = [...before, ...tokenIds];
      const known = [...part.read, ...before];
      for (const [i, row] of rows.entries()) {
        const read = [...known, ...tokenIds.slice(0, row + 1)];
        const wanted = next(read);
        for (let id = 0; id < vocabularySize; id++) {
          logits[i * vocabularySize + id] = id === wanted ? 9 : ((read.length * 7 + id * 13) % 17) / 4;
        }
      }
      cache.append(tokenIds);
      return logits;
    },
  };
}

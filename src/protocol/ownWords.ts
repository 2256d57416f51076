import type { CorpusOptions } from './corpus.ts';

/** How a workspace is read for the writer's own words: about a million tokens, eight megabytes of memory. */
export const ownWordsCorpus: Partial<CorpusOptions> = { maxTotalMegabytes: 4 };

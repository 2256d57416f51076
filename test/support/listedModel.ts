import type { ListedModel } from '../../src/protocol/store.ts';

/** An entry of a list of models: of a tiny one, where nothing else is said. */
export const listedModel = (entry: Partial<ListedModel> = {}): ListedModel => ({
  name: 'listed',
  title: 'Listed',
  repository: 'someone/tiny',
  architecture: 'LlamaForCausalLM',
  languages: ['en'],
  licence: 'MIT',
  millionParameters: 1,
  downloadMb: 1,
  diskMb: 1,
  memoryMb: 100,
  contextTokens: 64,
  for: ['typing'],
  summary: { en: 'Tiny.' },
  ...entry,
});

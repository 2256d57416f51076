import type { OwnText, OwnWordsRequest } from '../protocol/inference.ts';

/** Later texts take the place of earlier ones, and the earliest make room. */
export function withTexts(
  before: OwnWordsRequest | undefined,
  { modelFolder, texts }: OwnWordsRequest,
  maxTokens: number,
): OwnWordsRequest {
  const known = before?.modelFolder === modelFolder ? before.texts : [];
  const changed = new Set(texts.map(({ name }) => name));
  const all = [...known.filter(({ name }) => !changed.has(name)), ...texts.filter(({ tokens }) => tokens.length > 0)];
  let tokens = all.reduce((sum, text) => sum + text.tokens.length, 0);
  let first = 0;
  while (tokens > maxTokens && first < all.length - 1) tokens -= all[first++]!.tokens.length;
  return { modelFolder, texts: all.slice(first), replaces: 'all' };
}

/** What a process that knows the texts of `before` has to be told, so that it knows those of `after`. */
export function changes(before: OwnWordsRequest, after: OwnWordsRequest, words: OwnWordsRequest): OwnWordsRequest {
  const kept = new Set(after.texts.map(({ name }) => name));
  const gone = [...before.texts, ...words.texts].filter(({ name }) => !kept.has(name));
  const isKept = ({ name }: OwnText) => kept.has(name);
  const texts = [...words.texts.filter(isKept), ...gone.map(({ name }) => ({ name, tokens: [] }))];
  return { modelFolder: after.modelFolder, texts, replaces: 'some' };
}

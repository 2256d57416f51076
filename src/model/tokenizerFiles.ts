import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, readJsonFile, readSmallFile } from './files/textFile.ts';
import { addedToken, piecesToJson } from './tokenizer/piecesToJson.ts';
import { readSentencePieceModel } from './tokenizer/sentencePieceModel.ts';
import type { Json } from './tokenizer/tokenizerJson.ts';

/** `tokenizer_config.json`; empty when there is none. A SentencePiece model alone wants its `<s>` before a text. */
export function readTokenizerConfig(folder: string): Json {
  const path = join(folder, 'tokenizer_config.json');
  const config = existsSync(path) ? readJsonFile(path) : {};
  return existsSync(join(folder, 'tokenizer.json')) ? config : { bos_token: '<s>', add_bos_token: true, ...config };
}

/**
 * `tokenizer.json`, or the same made of `tokenizer.model`.
 * @throws InklingError `modelMissing` when there is neither, `modelBroken`
 */
export function readTokenizerJson(folder: string): Json {
  const path = join(folder, 'tokenizer.json');
  const pieces = join(folder, 'tokenizer.model');
  if (existsSync(path) || !existsSync(pieces)) return readJsonFile(path);
  const json = piecesToJson(readSentencePieceModel(readSmallFile(pieces)));
  return { ...json, added_tokens: [...(json['added_tokens'] as Json[]), ...laterTokens(readTokenizerConfig(folder))] };
}

/** Tokens that were added to a SentencePiece model later stand in the configuration. */
function laterTokens(config: Json): Json[] {
  const listed = config['added_tokens_decoder'];
  if (!isObject(listed)) return [];
  return Object.entries(listed).flatMap(([id, token]) =>
    isObject(token)
      ? [{ ...addedToken(Number(id), String(token['content']), token['special'] === true), ...token, id: Number(id) }]
      : [],
  );
}

import type { ModelFolder } from './modelFolder.ts';
import { readCompactTokenizer } from './tokenizer/compactTokenizer.ts';
import { tablesFromJson } from './tokenizer/tokenizerTables.ts';
import { Tokenizer } from './tokenizer.ts';

/** @throws InklingError `modelBroken`, `modelConfig`, `modelUnsupported`, `modelMissing`, `fileAccess` */
export function openTokenizer(folder: ModelFolder): Tokenizer {
  const { path, config, tokenizerConfig } = folder;
  const compact = readCompactTokenizer(path, config.vocabularySize);
  return new Tokenizer(compact ?? tablesFromJson(folder.tokenizerJson, tokenizerConfig, config.vocabularySize));
}

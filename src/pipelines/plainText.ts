import type { PreTrainedTokenizer } from '@xenova/transformers';
import { InklingError, sentence } from '../protocol/errors.ts';
import type { OpenPipeline } from './openPipeline.ts';

/**
 * The text such that nothing in it is read as a control token: `</s>` in a document is four characters that a person
 * wrote. A blank parts what would be one token.
 */
export function plainText(text: string, tokenizer: PreTrainedTokenizer): string {
  let plain = text;
  for (const token of tokenizer.all_special_tokens as string[]) {
    if (token.length > 1 && plain.includes(token)) plain = plain.replaceAll(token, `${token[0]} ${token.slice(1)}`);
  }
  return plain;
}

/**
 * @returns the number of tokens, those included that the tokenizer adds
 * @throws InklingError `inputTooLarge`: what is beyond the context would be cut off in silence
 */
export function refuseTooLong(text: string, { model, run }: OpenPipeline): number {
  const tokens = run.tokenizer.encode(text).length;
  if (tokens <= model.contextTokens) return tokens;
  throw new InklingError(
    'inputTooLarge',
    sentence`The text has ${tokens} tokens, and ${model.name} reads ${model.contextTokens} at a time. Choose a shorter piece.`,
  );
}

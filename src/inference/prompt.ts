import type { ChatTemplate } from '../model/chatTemplate.ts';
import type { Tokenizer } from '../model/tokenizer.ts';
import { InklingError, sentence } from '../protocol/errors.ts';
import type { Prompt } from '../protocol/inference.ts';

export interface AssembledPrompt {
  /** at least one token */
  readonly tokenIds: readonly number[];
  /** what the answer must begin with, '' mostly; not part of the answer's text */
  readonly forced: string;
  /** the text that the new text follows; for stop patterns */
  readonly text: string;
}

interface PromptLimits {
  /** room for prompt tokens */
  readonly maxTokens: number;
  /** put before everything when the prompt would be empty: a document's beginning */
  readonly emptyPromptToken: number;
}

/** @throws InklingError `modelUnsupported` for a chat without chat template, `inputTooLarge` for one that does not fit */
export function assemblePrompt(
  prompt: Prompt,
  { tokenizer, chatTemplate }: { tokenizer: Tokenizer; chatTemplate: ChatTemplate | undefined },
  limits: PromptLimits,
): AssembledPrompt {
  if (prompt.kind === 'chat') {
    if (!chatTemplate) {
      throw new InklingError(
        'modelUnsupported',
        sentence`This model has no chat template that can be used: it can continue text, but not follow instructions.`,
      );
    }
    const tokenIds = chatTemplate.encode(prompt.messages);
    if (tokenIds.length > limits.maxTokens) {
      throw new InklingError(
        'inputTooLarge',
        sentence`The text has ${tokenIds.length} tokens; ${limits.maxTokens} fit.`,
      );
    }
    return { tokenIds, forced: '', text: '' };
  }
  const { text } = prompt;
  const safeLength = prompt.heal ? healingBoundary(text, tokenizer) : text.length;
  const prefix = prompt.heal && safeLength === 0 ? tokenizer.textPrefix : ''; // the first token begins with it
  const forced = prefix + text.slice(safeLength);
  const { beginning } = tokenizer;
  // What is forced is decoded again, at worst byte by byte. Room for a word, however much of it is typed: else the cut moves while it is being typed.
  const kept = Math.floor(Math.min(wordBytes, limits.maxTokens / 4));
  const usual = Math.max(1, limits.maxTokens - beginning.length - kept);
  const room = Math.max(1, usual - Math.max(0, Buffer.byteLength(forced) - kept));
  const tokenIds = [...beginning, ...lastTokens(tokenizer.encode(text.slice(0, safeLength)), { room, usual })];
  return { tokenIds: tokenIds.length > 0 ? tokenIds : [limits.emptyPromptToken], forced, text };
}

/** Of a word in most languages, with the blank before it. */
const wordBytes = 48;
const longestPartialWord = 32; // characters; of a longer run without a blank only the end is forced

const unspaced = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}ー々]`;
const spacedWord = new RegExp(String.raw`\s*(?:(?!${unspaced})[\p{L}\p{N}\p{M}'’_-])*$`, 'u');
const unspacedRun = new RegExp(String.raw`\s*(?:${unspaced}\p{M}*)+$`, 'u');

/**
 * Length of the text up to the last safe boundary: before the blanks that precede the word under the caret. Tokens
 * begin with the blank before a word, and runs of blanks tokenize by what follows them, so neither may be cut off.
 */
function healingBoundary(text: string, tokenizer: Tokenizer): number {
  const tail = text.slice(-longestPartialWord);
  const run = unspacedRun.exec(tail)?.[0];
  const removed = run === undefined ? spacedWord.exec(tail)![0].length : lastTokensOf(run, tokenizer);
  const splitsPair = /^[\uDC00-\uDFFF]/.test(text.slice(text.length - removed));
  return text.length - removed + (splitsPair ? 1 : 0);
}

/** As many words of Chinese have; what is longer mostly has a token's end within it. */
const unspacedTakenBack = 4; // characters

/**
 * Characters of a run without blanks that are taken back. No blank tells where a word begins there, and a token that ends at the
 * caret tells the model that its word does: after “文” it does not write “件”, since “文件” is one token. So the last tokens
 * are chosen anew, as many as hold a word. Where a tokenizer needs more tokens than there are characters, hardly any holds a
 * word, and each would cost a run.
 */
function lastTokensOf(run: string, tokenizer: Tokenizer): number {
  const bytes = Buffer.from(run.toWellFormed());
  const tokenIds = tokenizer.encodeFurther(run);
  if (tokenIds.length > [...run].length) return 0;
  let end = bytes.length;
  let taken = 0;
  for (const id of tokenIds.reverse()) {
    end = Math.max(0, end - tokenizer.tokenBytes(id).length);
    const isWithinCharacter = (bytes[end]! & 0xc0) === 0x80;
    if (isWithinCharacter) continue;
    const length = bytes.subarray(end).toString().length;
    if (taken > 0 && length > unspacedTakenBack) break;
    taken = length;
  }
  return taken;
}

/**
 * Drops the beginning in quarters of the usual room, so that consecutive prompts keep sharing theirs: what the letters of
 * a very long word take away from the room does not change the steps.
 */
function lastTokens(tokenIds: readonly number[], { room, usual }: { room: number; usual: number }): readonly number[] {
  if (tokenIds.length <= room) return tokenIds;
  const step = Math.max(1, Math.floor(usual / 4));
  const dropped = Math.ceil((tokenIds.length - room) / step) * step;
  return tokenIds.slice(Math.min(dropped, tokenIds.length - 1));
}

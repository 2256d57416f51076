import { setImmediate } from 'node:timers/promises';
import type { CancellationToken } from 'vscode-jsonrpc';
import type { ChatTemplate } from '../../model/chatTemplate.ts';
import type { Tokenizer } from '../../model/tokenizer.ts';
import type { ChatMessage } from '../../protocol/inference.ts';

/** One text as the model sees it. */
export interface TokenizedDocument {
  readonly ids: Int32Array;
  /** tokens before this one are context: they are read and not learnt. 0 for prose. */
  readonly lossFrom: number;
  /** what the model wants before all it reads, where it wants anything: windows that begin further on get it, too */
  readonly beginningId?: number;
}

/**
 * Prose is learnt from its second token to its last; before the first stands what the model wants before all it reads.
 * No end is marked, as none is in the editor.
 * @returns in the order of the texts; undefined when cancelled
 */
export async function tokenizeTexts(
  texts: readonly string[],
  tokenizer: Tokenizer,
  token: CancellationToken,
): Promise<TokenizedDocument[] | undefined> {
  const beginningId = tokenizer.beginning.at(-1);
  const begins = beginningId === undefined ? {} : { beginningId };
  const documents: TokenizedDocument[] = [];
  for (const text of texts) {
    await setImmediate(); // lets a cancel in
    if (token.isCancellationRequested) return undefined;
    documents.push({ ids: Int32Array.from(tokenizer.encodeFromBeginning(text)), lossFrom: 0, ...begins });
  }
  return documents;
}

/** What is asked, and the answer that is to be learnt. */
export interface InstructionPair {
  readonly messages: readonly ChatMessage[];
  readonly answer: string;
}

/**
 * Laid out by the model's own chat template; only the answer and its end are learnt.
 * @param endOfAnswerId the special token that ends an answer, learnt with it
 */
export function tokenizePair(
  { messages, answer }: InstructionPair,
  {
    tokenizer,
    chatTemplate,
    endOfAnswerId,
  }: { tokenizer: Tokenizer; chatTemplate: ChatTemplate; endOfAnswerId: number },
): TokenizedDocument {
  const prompt = chatTemplate.encode(messages);
  return {
    ids: Int32Array.from([...prompt, ...tokenizer.encodeFurther(answer), endOfAnswerId]),
    lossFrom: prompt.length,
  };
}

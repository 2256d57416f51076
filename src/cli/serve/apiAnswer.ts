import { randomUUID } from 'node:crypto';
import type { FinishReason, GeneratedSequence, GeneratedToken, Usage } from '../../protocol/inference.ts';

/** of all prompts together */
type ReadTokens = Pick<Usage, 'promptTokens' | 'reusedTokens'>;

/** Lays out answers as OpenAI's API has them: whole ones, and the chunks of streams. */
export interface AnswerShape {
  /** one document with all sequences */
  whole(sequences: readonly GeneratedSequence[], usage: ReadTokens, withLogprobs: boolean): object;
  /** the chunks of one sequence: a beginning, pieces of its text, its end */
  opening(index: number): readonly object[];
  piece(index: number, text: string, told?: PieceTokens): object;
  ending(index: number, reason: FinishReason): object;
  usage(sequences: readonly GeneratedSequence[], usage: ReadTokens): object;
}

/** Tokens of a piece, and where in the sequence's text it begins. */
interface PieceTokens {
  readonly tokens: readonly GeneratedToken[];
  readonly offset: number;
}

export function completionShape(model: string): AnswerShape {
  const frame = frameOf('cmpl', 'text_completion', model);
  const choice = (index: number, text: string, finish: string | null, logprobs: object | null = null) => ({
    ...frame,
    choices: [{ index, text, logprobs, finish_reason: finish }],
  });
  return {
    whole: (sequences, usage, withLogprobs) => ({
      ...frame,
      choices: sequences.map(({ text, tokens, finishReason }, index) => ({
        index,
        text,
        logprobs: withLogprobs ? listedLogprobs(tokens) : null,
        finish_reason: finish(finishReason),
      })),
      usage: counts(sequences, usage),
    }),
    opening: () => [],
    piece: (index, text, told) => choice(index, text, null, told ? listedLogprobs(told.tokens, told.offset) : null),
    ending: (index, reason) => choice(index, '', finish(reason)),
    usage: (sequences, usage) => ({ ...frame, choices: [], usage: counts(sequences, usage) }),
  };
}

export function chatShape(model: string): AnswerShape {
  const frame = frameOf('chatcmpl', 'chat.completion', model);
  const chunkFrame = { ...frame, object: 'chat.completion.chunk' };
  const chunk = (index: number, delta: object, finish: string | null, logprobs: object | null = null) => ({
    ...chunkFrame,
    choices: [{ index, delta, logprobs, finish_reason: finish }],
  });
  return {
    whole: (sequences, usage, withLogprobs) => ({
      ...frame,
      choices: sequences.map(({ text, tokens, finishReason }, index) => ({
        index,
        message: { role: 'assistant', content: text, refusal: null },
        logprobs: withLogprobs ? chatLogprobs(tokens) : null,
        finish_reason: finish(finishReason),
      })),
      usage: counts(sequences, usage),
    }),
    opening: (index) => [chunk(index, { role: 'assistant', content: '' }, null)],
    piece: (index, text, told) => chunk(index, { content: text }, null, told ? chatLogprobs(told.tokens) : null),
    ending: (index, reason) => chunk(index, {}, finish(reason)),
    usage: (sequences, usage) => ({ ...chunkFrame, choices: [], usage: counts(sequences, usage) }),
  };
}

const frameOf = (prefix: string, object: string, model: string) => ({
  id: `${prefix}-${randomUUID()}`,
  object,
  created: Math.floor(Date.now() / 1000),
  model,
});

const finish = (reason: FinishReason): string => (reason === 'length' ? 'length' : 'stop');

function counts(sequences: readonly GeneratedSequence[], { promptTokens, reusedTokens }: ReadTokens): object {
  const completion = sequences.reduce((sum, { tokens }) => sum + tokens.length, 0);
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completion,
    total_tokens: promptTokens + completion,
    prompt_tokens_details: { cached_tokens: reusedTokens },
  };
}

function listedLogprobs(tokens: readonly GeneratedToken[], start = 0): object {
  let offset = start;
  const offsets = tokens.map(({ text }) => {
    const at = offset;
    offset += text.length;
    return at;
  });
  return {
    tokens: tokens.map(({ text }) => text),
    token_logprobs: tokens.map(({ logprob }) => logprob),
    top_logprobs: null,
    text_offset: offsets,
  };
}

const chatLogprobs = (tokens: readonly GeneratedToken[]): object => ({
  content: tokens.map(({ text, logprob }) => ({
    token: text,
    logprob,
    bytes: [...Buffer.from(text)],
    top_logprobs: [],
  })),
  refusal: null,
});

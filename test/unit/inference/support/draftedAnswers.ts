import { expect } from 'vitest';
import { CancellationTokenSource } from 'vscode-jsonrpc/node.js';
import type { RunnableDecoder } from '../../../../src/inference/decoder.ts';
import type { DecoderState } from '../../../../src/inference/decoderState.ts';
import { generate } from '../../../../src/inference/generate.ts';
import type { OwnWords } from '../../../../src/inference/ownWords/ownWords.ts';
import { assemblePrompt } from '../../../../src/inference/prompt.ts';
import type { ChatTemplate } from '../../../../src/model/chatTemplate.ts';
import type { Tokenizer } from '../../../../src/model/tokenizer.ts';
import { defaultGenerationOptions, type GenerationOptions } from '../../../../src/protocol/generationOptions.ts';
import type { GenerateAnswer, GenerateRequest } from '../../../../src/protocol/inference.ts';

/** What a model answers with: its parts, and a cache that goes from request to request. */
export interface Answering {
  readonly decoder: RunnableDecoder;
  readonly tokenizer: Tokenizer;
  readonly chatTemplate?: ChatTemplate | undefined;
  readonly cache: DecoderState;
  readonly words?: OwnWords | undefined;
}

export interface Answered {
  readonly answer: GenerateAnswer;
  /** all texts that were sent while it was written */
  readonly partials: readonly string[];
  /** runs of the graph that more than the prompt was read for */
  readonly runs: number;
  /** tokens that ran along and were not known to be wanted */
  readonly drafted: number;
  /** what the cache holds when all is done */
  readonly held: readonly number[];
}

export type Asked = Partial<Omit<GenerateRequest, 'options'>> & {
  readonly options?: Partial<GenerationOptions>;
  /** after so many partial texts */
  readonly cancelAfter?: number;
};

/** Answers a request with drafts or without. */
export async function answerWith(
  { decoder, tokenizer, chatTemplate, cache, words }: Answering,
  asked: Asked & Pick<GenerateRequest, 'prompt'>,
  drafts: boolean,
): Promise<Answered> {
  const { cancelAfter, options, ...changes } = asked;
  const source = new CancellationTokenSource();
  const partials: string[] = [];
  let [runs, drafted] = [0, 0];
  const counting: RunnableDecoder = {
    config: decoder.config,
    newCache: (...given) => decoder.newCache(...given),
    useAdapter: () => undefined,
    release: async () => undefined,
    run: (state, ids, rows, logits) => {
      if (logits) {
        runs++;
        drafted += ids.length - 1;
      }
      return decoder.run(state, ids, rows, logits);
    },
  };
  const request: GenerateRequest = {
    id: 1,
    slot: 'action',
    stream: true,
    ignoreEndOfText: true,
    ...changes,
    options: { ...defaultGenerationOptions, temperature: 0, maxNewTokens: 24, ...options },
  };
  const prompt = assemblePrompt(request.prompt, { tokenizer, chatTemplate }, { maxTokens: 400, emptyPromptToken: 0 });
  const onPartial = (text: string) => {
    if (partials.push(text) === cancelAfter) source.cancel();
  };
  const parts = { decoder: counting, tokenizer, cache, turn: async () => undefined, onPartial, words, drafts };
  const answer = await generate(request, prompt, parts, source.token);
  return { answer, partials, runs, drafted, held: [...cache.tokenIds] };
}

/** Asks twice, from an empty cache or `after` another request, and expects one answer. @returns both */
export async function expectSameAnswer(
  model: Answering,
  asked: Asked & Pick<GenerateRequest, 'prompt'>,
  after?: Asked & Pick<GenerateRequest, 'prompt'>,
): Promise<{ plain: Answered; drafts: Answered }> {
  const both: Answered[] = [];
  for (const drafts of [false, true]) {
    model.cache.rewindTo(0);
    if (after) await answerWith(model, after, drafts);
    both.push(await answerWith(model, asked, drafts));
  }
  const [plain, drafts] = both as [Answered, Answered];
  expectAlike(drafts, plain);
  return { plain, drafts };
}

/** The same text, token by token, and probabilities as far as 32 bits tell. */
export function expectAlike(drafts: Answered, plain: Answered): void {
  expect(drafts.answer.kind).toBe(plain.answer.kind);
  expect(drafts.answer.usage.newTokens).toBe(plain.answer.usage.newTokens);
  expect(drafts.partials).toEqual(plain.partials);
  expect(drafts.held).toEqual(plain.held);
  if (plain.answer.kind === 'text' && drafts.answer.kind === 'text') {
    for (const [i, sequence] of plain.answer.sequences.entries()) {
      const other = drafts.answer.sequences[i]!;
      expect(other.text).toBe(sequence.text);
      expect(other.finishReason).toBe(sequence.finishReason);
      expect(other.tokens.map(({ id, text }) => [id, text])).toEqual(sequence.tokens.map(({ id, text }) => [id, text]));
      for (const [at, { logprob }] of sequence.tokens.entries()) {
        expect(other.tokens[at]!.logprob).toBeCloseTo(logprob, 3);
      }
      expect(other.logprob).toBeCloseTo(sequence.logprob, 2);
      expect(other.suffix === undefined).toBe(sequence.suffix === undefined);
      if (sequence.suffix) expect(other.suffix!.after).toBeCloseTo(sequence.suffix.after, 3);
    }
  }
}

import type { ServerResponse } from 'node:http';
import { CancellationTokenSource } from 'vscode-jsonrpc/node.js';
import type { InferenceClient } from '../../client/inferenceClient.ts';
import type {
  GeneratedSequence,
  GeneratedToken,
  GenerateOutcome,
  LoadedModel,
  Usage,
} from '../../protocol/inference.ts';
import { type AnswerShape, chatShape, completionShape } from './apiAnswer.ts';
import { type ApiRequest, readChatRequest, readCompletionRequest } from './apiRequest.ts';
import type { Embeddings } from './embeddings.ts';
import { ApiError, EventStream, refuseTooMany, sendJson } from './response.ts';

/** Left free beside prompt and answer: for what a chat template adds. */
const spareTokens = 64;

/** The part of OpenAI's API that a language model on this machine can serve, answered in the order of arrival. */
export class OpenAiApi {
  readonly #client: InferenceClient;
  readonly #model: LoadedModel;
  readonly #startedAtSeconds = Math.floor(Date.now() / 1000);
  #waiting = 0;

  constructor(
    client: InferenceClient,
    model: LoadedModel,
    readonly embeddings: Embeddings,
  ) {
    this.#client = client;
    this.#model = model;
  }

  /** `GET /v1/models` and `GET /v1/models/NAME` */
  async models(name: string | undefined): Promise<object> {
    const names = [this.#model.name, ...(await this.embeddings.names())];
    const described = (id: string) => ({ id, object: 'model', created: this.#startedAtSeconds, owned_by: 'inkling' });
    if (name === undefined) return { object: 'list', data: names.map(described) };
    if (!names.includes(name)) this.#checkModel(name);
    return described(name);
  }

  /** `POST /v1/completions` */
  complete(body: object, response: ServerResponse): Promise<void> {
    const asked = readCompletionRequest({ ...body });
    return this.#answer(asked, completionShape(this.#model.name), response);
  }

  /** `POST /v1/chat/completions` */
  chat(body: object, response: ServerResponse): Promise<void> {
    const asked = readChatRequest({ ...body });
    if (!this.#model.hasChatTemplate) {
      throw new ApiError(400, `${this.#model.name} has no chat template that can be used: use /v1/completions.`, {
        param: 'model',
      });
    }
    return this.#answer(asked, chatShape(this.#model.name), response);
  }

  #checkModel(name: string): void {
    if (name === this.#model.name) return;
    throw new ApiError(404, `This server has no model "${name}"; it has "${this.#model.name}".`, {
      code: 'model_not_found',
      param: 'model',
    });
  }

  async #answer(asked: ApiRequest, shape: AnswerShape, response: ServerResponse): Promise<void> {
    this.#checkModel(asked.model);
    refuseTooMany(this.#waiting);
    this.#waiting++;
    const cancellation = new CancellationTokenSource();
    const cancel = () => cancellation.cancel();
    response.once('close', cancel); // whoever does not listen any more needs no answer
    try {
      const maxNewTokens = await this.#newTokens(asked);
      const stream = asked.stream ? new EventStream(response, asked.streamsUsage ? { usage: null } : {}) : undefined;
      const streamsPieces = stream && asked.options.numReturnSequences === 1;
      const all: GeneratedSequence[] = [];
      const counted = { promptTokens: 0, reusedTokens: 0 };
      for (const { prompt } of asked.prompts) {
        const first = all.length;
        const how = { shape, withLogprobs: asked.logprobs };
        const pieces = streamsPieces ? new Pieces(stream, first, how) : undefined;
        const outcome = await this.#client.generate(
          {
            slot: 'action',
            prompt,
            options: { ...asked.options, maxNewTokens },
            ignoreEndOfText: false,
            freshCache: asked.isReproducible,
          },
          cancellation.token,
          pieces && ((text, tokens) => pieces.more(text, tokens)),
        );
        if (outcome.kind === 'cancelled' || response.destroyed) return;
        const { sequences, usage } = textOf(outcome);
        counted.promptTokens += usage.promptTokens;
        counted.reusedTokens += usage.reusedTokens;
        all.push(...sequences);
        if (!stream) continue;
        sequences.forEach((sequence, i) => {
          if (pieces) pieces.rest(sequence);
          else sendSequence(stream, first + i, sequence, how);
          stream.send(shape.ending(first + i, sequence.finishReason));
        });
      }
      if (!stream) return sendJson(response, 200, shape.whole(all, counted, asked.logprobs));
      if (asked.streamsUsage) stream.send(shape.usage(all, counted));
      stream.end();
    } finally {
      this.#waiting--;
      response.off('close', cancel);
      cancellation.dispose();
    }
  }

  /** @throws ApiError 400 when the longest prompt and its answer do not fit the model's context */
  async #newTokens({ prompts, options }: ApiRequest): Promise<number> {
    if ((options.maxNewTokens ?? 1) > maxAnswerTokens)
      throw new ApiError(400, `max_tokens: at most ${maxAnswerTokens}`, { param: 'max_tokens' });
    const { contextTokens } = this.#model;
    const most = options.maxNewTokens ?? maxAnswerTokens;
    const roomForPrompt = contextTokens - most - spareTokens;
    if (prompts.every(({ text }) => mostTokens(text) <= roomForPrompt)) return most; // nobody has to count
    let longest = 0;
    for (const { text } of prompts) longest = Math.max(longest, (await this.#client.tokenize(text)).tokens.length);
    const room = contextTokens - longest - spareTokens;
    const wanted = options.maxNewTokens ?? Math.min(room, maxAnswerTokens);
    if (room < 1 || wanted > room) {
      throw new ApiError(
        400,
        `This model reads and writes ${contextTokens} tokens in all; the prompt has ${longest}, and ${Math.max(1, wanted)} were asked for.`,
        { code: 'context_length_exceeded', param: 'messages' },
      );
    }
    return wanted;
  }
}

/** A token holds a byte or more, of the text as tokenizers normalize it. */
const mostTokens = (text: string) => Buffer.byteLength(text.normalize('NFKC'));

/** The range of `maxNewTokens`. */
const maxAnswerTokens = 4096;

/** @throws ApiError 500 */
function textOf(outcome: GenerateOutcome): { sequences: readonly GeneratedSequence[]; usage: Usage } {
  if (outcome.kind === 'text') return outcome;
  throw new ApiError(500, outcome.kind === 'failed' ? outcome.error.message : 'Nothing was written.');
}

interface HowToSend {
  readonly shape: AnswerShape;
  readonly withLogprobs: boolean;
}

/** Sends what is new in a text that grows; with log-probabilities only whole tokens, so that both say the same. */
class Pieces {
  readonly #stream: EventStream;
  /** of the sequence among all that are answered */
  readonly #index: number;
  readonly #shape: AnswerShape;
  readonly #withLogprobs: boolean;
  /** characters and tokens */
  #sent = 0;
  #sentTokens = 0;
  #isOpen = false;

  constructor(stream: EventStream, index: number, { shape, withLogprobs }: HowToSend) {
    this.#stream = stream;
    this.#index = index;
    this.#shape = shape;
    this.#withLogprobs = withLogprobs;
  }

  /** @param tokens that cannot change any more and were not told before */
  more(text: string, tokens: readonly GeneratedToken[]): void {
    if (this.#withLogprobs) this.#tokens(tokens);
    else this.#upTo(text);
  }

  /** What the whole sequence has beyond what was sent. */
  rest({ text, tokens }: GeneratedSequence): void {
    if (this.#withLogprobs) this.#tokens(tokens.slice(this.#sentTokens));
    this.#upTo(text);
  }

  #tokens(tokens: readonly GeneratedToken[]): void {
    this.#open();
    if (tokens.length === 0) return;
    const text = tokens.map((token) => token.text).join('');
    this.#stream.send(this.#shape.piece(this.#index, text, { tokens, offset: this.#sent }));
    this.#sent += text.length;
    this.#sentTokens += tokens.length;
  }

  #upTo(text: string): void {
    this.#open();
    if (text.length > this.#sent) this.#stream.send(this.#shape.piece(this.#index, text.slice(this.#sent)));
    this.#sent = Math.max(this.#sent, text.length);
  }

  #open(): void {
    if (!this.#isOpen) for (const chunk of this.#shape.opening(this.#index)) this.#stream.send(chunk);
    this.#isOpen = true;
  }
}

function sendSequence(
  stream: EventStream,
  index: number,
  sequence: GeneratedSequence,
  { shape, withLogprobs }: HowToSend,
): void {
  for (const chunk of shape.opening(index)) stream.send(chunk);
  stream.send(shape.piece(index, sequence.text, withLogprobs ? { tokens: sequence.tokens, offset: 0 } : undefined));
}

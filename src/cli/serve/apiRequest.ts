import { InklingError } from '../../protocol/errors.ts';
import { type GenerationOptions, resolveGenerationOptions } from '../../protocol/generationOptions.ts';
import type { ChatMessage, Prompt } from '../../protocol/inference.ts';
import { ApiError, badRequest } from './response.ts';

/** What `/v1/completions` and `/v1/chat/completions` are asked for, with every value checked. */
export interface ApiRequest {
  readonly model: string;
  /** at least one, with their texts, for counting their tokens; more are answered one after the other */
  readonly prompts: readonly { readonly prompt: Prompt; readonly text: string }[];
  /** `maxNewTokens` is undefined where the caller leaves it open */
  readonly options: Omit<GenerationOptions, 'maxNewTokens'> & { readonly maxNewTokens: number | undefined };
  readonly stream: boolean;
  /** a last event with the numbers of tokens */
  readonly streamsUsage: boolean;
  readonly logprobs: boolean;
  /** a seed was named: the answer must not depend on what was read before, which is kept in half precision */
  readonly isReproducible: boolean;
}

type Body = Readonly<Record<string, unknown>>;

/** Names of the API → names of the shared options. The last four are usual among servers of local models. */
const optionNames = {
  temperature: 'temperature',
  top_p: 'topP',
  seed: 'seed',
  n: 'numReturnSequences',
  top_k: 'topK',
  min_p: 'minP',
  repetition_penalty: 'repetitionPenalty',
  no_repeat_ngram_size: 'noRepeatNgramSize',
} as const satisfies Record<string, keyof GenerationOptions>;

/** What says nothing about the answer. */
const informative = new Set([
  'user',
  'metadata',
  'store',
  'safety_identifier',
  'service_tier',
  'prompt_cache_key',
  'prompt_cache_retention',
]);

/** Parameters that would change the answer, and are not there: accepted only with a value that means "not used". */
const unusedValues: Readonly<Record<string, readonly unknown[]>> = {
  presence_penalty: [0],
  frequency_penalty: [0],
  logit_bias: [{}],
  best_of: [1],
  echo: [false],
  suffix: [''],
  top_logprobs: [0],
  tools: [[]],
  tool_choice: ['none', 'auto'],
  parallel_tool_calls: [true, false],
  functions: [[]],
  response_format: [{ type: 'text' }],
  modalities: [['text']],
};

/** Where OpenAI's API has other defaults than our options. */
const defaultTemperature = 1;
const completionTokens = 16;
/** Whoever has more asks more often, so that others have their turn. */
const maxPrompts = 64;

/** @throws ApiError 400 naming the parameter */
export function readCompletionRequest(body: Body): ApiRequest {
  const { prompt } = body;
  const texts: readonly unknown[] = Array.isArray(prompt) ? prompt : [prompt];
  if (texts.length < 1 || texts.length > maxPrompts || !texts.every((text) => typeof text === 'string')) {
    throw badRequest('prompt', `it must be a string, or a list of 1 to ${maxPrompts} strings; token ids are not read`);
  }
  const shared = readShared(body, ['prompt', 'logprobs', 'max_tokens']);
  const { logprobs = null } = body;
  if (![null, 0, 1].includes(logprobs as number | null)) {
    throw badRequest('logprobs', 'only 0 or 1: those of the chosen tokens');
  }
  return {
    ...shared,
    prompts: texts.map((text) => ({ prompt: { kind: 'continue', text, heal: false }, text })),
    options: { ...shared.options, maxNewTokens: tokens(body, 'max_tokens') ?? completionTokens },
    logprobs: logprobs !== null,
  };
}

/** @throws ApiError 400 naming the parameter */
export function readChatRequest(body: Body): ApiRequest {
  const { messages: given } = body;
  if (!Array.isArray(given) || given.length === 0) throw badRequest('messages', 'a list of at least one message');
  const messages = given.map(readMessage);
  const shared = readShared(body, ['messages', 'logprobs', 'max_tokens', 'max_completion_tokens']);
  return {
    ...shared,
    prompts: [{ prompt: { kind: 'chat', messages }, text: messages.map(({ content }) => content).join('\n') }],
    options: {
      ...shared.options,
      maxNewTokens: tokens(body, 'max_completion_tokens') ?? tokens(body, 'max_tokens'),
    },
    logprobs: flag(body, 'logprobs'),
  };
}

function readMessage(message: unknown, index: number): ChatMessage {
  const where = `messages[${index}]`;
  const { role, content } = Object(message) as Body;
  const roles: Readonly<Record<string, ChatMessage['role']>> = {
    system: 'system',
    developer: 'system',
    user: 'user',
    assistant: 'assistant',
  };
  if (typeof role !== 'string' || !Object.hasOwn(roles, role)) {
    throw badRequest(`${where}.role`, 'system, developer, user or assistant');
  }
  return { role: roles[role]!, content: textOf(content, `${where}.content`) };
}

/** A string, or a list of parts of text. */
function textOf(content: unknown, where: string): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) throw badRequest(where, 'it must be text');
  const parts = content.map((part) => {
    const { type, text } = Object(part) as Body;
    if (type !== 'text' || typeof text !== 'string') throw badRequest(where, 'only parts of the type "text" are read');
    return text;
  });
  return parts.join('');
}

function readShared(body: Body, own: readonly string[]) {
  const { model, stop = null, stream_options: streamOptions = null } = body;
  if (typeof model !== 'string') throw badRequest('model', 'the name of the model is missing');
  const known = new Set([...own, 'model', 'stream', 'stop', 'stream_options', ...Object.keys(optionNames)]);
  for (const [name, value] of Object.entries(body)) {
    if (known.has(name) || informative.has(name) || value === null) continue;
    const unused = Object.hasOwn(unusedValues, name) ? unusedValues[name] : undefined;
    if (!unused) throw badRequest(name, 'this server does not know it');
    if (!unused.some((usual) => JSON.stringify(usual) === JSON.stringify(value))) {
      throw badRequest(name, 'this server does not have it');
    }
  }
  const stops = stop === null ? [] : Array.isArray(stop) ? stop : [stop];
  return {
    model,
    options: checkedOptions(body, stops),
    stream: flag(body, 'stream'),
    isReproducible: body['seed'] != null,
    streamsUsage: streamOptions !== null && flag(Object(streamOptions) as Body, 'include_usage'),
  };
}

/** Everything but the number of tokens, in the ranges of the shared options. */
function checkedOptions(body: Body, stop: readonly unknown[]): Omit<GenerationOptions, 'maxNewTokens'> {
  const given: Record<string, unknown> = {
    temperature: defaultTemperature,
    seed: Math.floor(Math.random() * 2 ** 32), // another text each time, unless a seed is asked for
    stop,
  };
  for (const [name, option] of Object.entries(optionNames)) if (body[name] != null) given[option] = body[name];
  const { seed } = given;
  if (Number.isInteger(seed)) given['seed'] = (seed as number) >>> 0; // OpenAI's seeds have 64 bits and a sign
  try {
    return resolveGenerationOptions(given as Partial<GenerationOptions>);
  } catch (error) {
    if (!(error instanceof InklingError)) throw error;
    const wrong = Object.entries(optionNames).find(([, option]) => error.message.startsWith(`${option} `));
    throw new ApiError(400, wrong ? error.message.replace(wrong[1], wrong[0]) : error.message, {
      param: wrong?.[0] ?? 'stop',
      code: 'invalid_value',
    });
  }
}

function tokens(body: Body, name: string): number | undefined {
  const value = body[name] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) {
    throw badRequest(name, 'a whole number from 1');
  }
  return value;
}

function flag(body: Body, name: string): boolean {
  const value = body[name] ?? false;
  if (typeof value !== 'boolean') throw badRequest(name, 'true or false');
  return value;
}

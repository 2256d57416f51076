import { InklingError, sentence } from '../protocol/errors.ts';

/** A token that a server wrote, with the natural logarithm of its probability. */
export interface ServerToken {
  readonly text: string;
  readonly logprob: number;
}

/** One event of an answer. */
export interface Piece {
  readonly text: string;
  readonly finish: string | undefined;
  readonly model: string | undefined;
  /** undefined where the server gives no probabilities */
  readonly tokens: readonly ServerToken[] | undefined;
}

/** @throws InklingError `network` for what is no chunk of an answer */
export function pieceOf(data: string): Piece {
  let chunk: unknown;
  try {
    chunk = JSON.parse(data);
  } catch (error) {
    throw new InklingError('network', sentence`The server sends what is no JSON.`, { cause: error });
  }
  const { choices, model, error } = Object(chunk) as { choices?: unknown; model?: unknown; error?: unknown };
  if (error != null)
    throw new InklingError('network', sentence`The server failed: ${errorIn(data) ?? sentence`it does not say why`}.`);
  const [choice] = Array.isArray(choices) ? (choices as unknown[]) : [];
  const { text, delta, logprobs, finish_reason: finish } = Object(choice) as Record<string, unknown>;
  const written = text ?? (Object(delta) as { content?: unknown }).content;
  return {
    text: typeof written === 'string' ? written : '',
    finish: typeof finish === 'string' ? finish : undefined,
    model: typeof model === 'string' ? model : undefined,
    tokens: tokensOf(logprobs),
  };
}

/** Both layouts of the API: lists side by side, as completions have them, and one list, as chats and llama.cpp do. */
function tokensOf(logprobs: unknown): readonly ServerToken[] | undefined {
  const { content, tokens, token_logprobs: values } = Object(logprobs) as Record<string, unknown>;
  const pairs: readonly (readonly [unknown, unknown])[] | undefined = Array.isArray(content)
    ? content.map((one: unknown) => {
        const { token, logprob } = Object(one) as { token?: unknown; logprob?: unknown };
        return [token, logprob] as const;
      })
    : Array.isArray(tokens) && Array.isArray(values) && tokens.length === values.length
      ? tokens.map((token: unknown, index) => [token, values[index] as unknown] as const)
      : undefined;
  if (!pairs?.every(([text, logprob]) => typeof text === 'string' && typeof logprob === 'number' && logprob < 1e-3)) {
    return undefined;
  }
  return pairs.map(([text, logprob]) => ({ text: text as string, logprob: Math.min(0, logprob as number) }));
}

/** The API's errors are JSON with a message in them; servers made with FastAPI have it in `detail`, alone or in a list. */
export function errorIn(said: string): string | undefined {
  try {
    const { error, detail } = Object(JSON.parse(said)) as { error?: unknown; detail?: unknown };
    const told = error ?? (Array.isArray(detail) ? (detail as unknown[])[0] : detail);
    const { message: plain, msg } = Object(told) as { message?: unknown; msg?: unknown };
    const message = typeof told === 'string' ? told : (plain ?? msg);
    return typeof message === 'string' ? message.slice(0, 300).replace(/[\s.]+$/u, '') : undefined;
  } catch {
    return undefined;
  }
}

/** What a list of models says of one. */
export interface Told {
  readonly contextTokens?: number;
  readonly parameters?: number;
}

/** vLLM says `max_model_len`, llama.cpp `meta`; others say nothing of the kind. */
export function toldOf(said: string, name: string): Told {
  const { data } = Object(JSON.parse(said)) as { data?: unknown };
  const models = (Array.isArray(data) ? data : []).map((one: unknown) => Object(one) as Record<string, unknown>);
  // llama.cpp calls a model by its file, with its folder
  const model = models.find(({ id }) => id === name) ?? models.find(({ id }) => String(id).endsWith(`/${name}`));
  const meta = Object(model?.['meta']) as Record<string, unknown>;
  const contextTokens = [model?.['max_model_len'], meta['n_ctx']].find(isCount);
  const parameters = [meta['n_params']].find(isCount);
  return { ...(contextTokens && { contextTokens }), ...(parameters && { parameters }) };
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1;

/** `Qwen2.5-0.5B` and `granite-4.0-350m` say how large they are. */
export function parametersIn(name: string): number | undefined {
  const [, count, unit] = /(?:^|[^\p{L}\d.])(\d{1,4}(?:\.\d{1,2})?)([bm])(?![\p{L}\d])/iu.exec(name) ?? [];
  return count === undefined ? undefined : Number(count) * (unit!.toLowerCase() === 'b' ? 1e9 : 1e6);
}

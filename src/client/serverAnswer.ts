import { InklingError } from '../protocol/errors.ts';

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
    throw new InklingError('network', 'The server sends what is no JSON.', { cause: error });
  }
  const { choices, model, error } = Object(chunk) as { choices?: unknown; model?: unknown; error?: unknown };
  if (error != null) throw new InklingError('network', `The server failed: ${errorIn(data) ?? 'it does not say why'}.`);
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

/** The API's errors are JSON with a message in them. */
export function errorIn(said: string): string | undefined {
  try {
    const { error } = Object(JSON.parse(said)) as { error?: unknown };
    const message = typeof error === 'string' ? error : (Object(error) as { message?: unknown }).message;
    return typeof message === 'string' ? message.slice(0, 300).replace(/[\s.]+$/u, '') : undefined;
  } catch {
    return undefined;
  }
}

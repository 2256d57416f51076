import type { CancellationToken } from 'vscode-jsonrpc/node.js';
import { InklingError, messageOf, type Sentence, sentence, toInklingError } from '../protocol/errors.ts';
import {
  type FinishReason,
  type GenerateOutcome,
  type GenerateRequest,
  type LoadedModel,
  noUsage,
  type TextGenerator,
  type Usage,
} from '../protocol/inference.ts';
import { StoppingCriteria } from '../protocol/stoppingCriteria.ts';
import { eventData } from './eventStream.ts';
import { errorIn, type Piece, parametersIn, pieceOf, type Told, toldOf } from './serverAnswer.ts';

export interface ServerSettings {
  /** of the API, such as `http://127.0.0.1:8080/v1` */
  readonly url: string;
  /** as the server calls it */
  readonly model: string;
  /** asked for with each request; a key may come later than the address */
  readonly key?: () => Promise<string | undefined>;
  readonly allowedHosts: readonly string[];
  /** what its model reads and writes in all; 0 or left out: what the server says */
  readonly contextTokens?: number;
}

/** What servers of large models take, as a rule; for those that do not tell. */
const usualContextTokens = 8192;
/** A model that somebody runs on a server is taken to follow instructions, unless it or its name says that it is small. */
const usualParameters = 7e9;
/** Whoever lists thousands of models says more than is read. */
const mostListBytes = 4 << 20;
const charsPerToken = 3;
const mostAnswerBytes = 4 << 20;

/**
 * A model on an OpenAI-compatible server: completions and chat, streamed, cancelled by hanging up. The server's tokenizer
 * is not known, so tokens are counted by characters; texts cannot be scored.
 */
export class ServerEngine implements TextGenerator {
  readonly address: ServerAddress;
  readonly #settings: ServerSettings;
  #told: Told | undefined;

  /** @throws InklingError `optionOutOfRange` for an address that text may not be sent to */
  constructor(settings: ServerSettings) {
    this.#settings = settings;
    this.address = serverAddress(settings.url, settings.allowedHosts);
    if (settings.model.trim() === '') {
      throw new InklingError('optionOutOfRange', sentence`Say which model of ${this.address.host} is to be used.`);
    }
  }

  knownParameters = (): number => this.#told?.parameters ?? parametersIn(this.#settings.model) ?? usualParameters;

  /** Asks the server what its model takes. One that does not answer says so when there is something to write. */
  async load(): Promise<LoadedModel> {
    this.#told ??= await this.#listed().catch(() => ({}));
    return {
      name: this.#settings.model,
      modelFolder: this.address.base,
      architecture: 'server',
      parameters: this.knownParameters(),
      vocabularySize: 0,
      contextTokens: this.#settings.contextTokens || (this.#told.contextTokens ?? usualContextTokens),
      hasChatTemplate: true,
      languages: [],
      device: 'cpu',
      deviceNotes: [],
      loadMs: 0,
    };
  }

  async #listed(): Promise<Told> {
    const response = await this.#fetch('/models', { signal: AbortSignal.timeout(listMs) });
    const said = await beginningOf(response, mostListBytes);
    return response.ok ? toldOf(said, this.#settings.model) : {};
  }

  /** Placeholders, as many as the text has by estimate. */
  async tokenize(text: string): Promise<{ tokens: number[] }> {
    return { tokens: Array.from({ length: Math.ceil(text.length / charsPerToken) }, (_, index) => index) };
  }

  score = (): Promise<never> => Promise.reject(unscored());
  scoreEach = (): Promise<never> => Promise.reject(unscored());

  async generate(
    request: Omit<GenerateRequest, 'id' | 'stream'>,
    token: CancellationToken,
    onPartial?: (text: string) => void,
  ): Promise<GenerateOutcome> {
    const startedAt = performance.now();
    const stop = new AbortController();
    if (token.isCancellationRequested) return { kind: 'cancelled', usage: usageOf(startedAt, 0) };
    const listening = token.onCancellationRequested(() => stop.abort());
    try {
      const { text, pieces, finishReason } = await this.#written(request, stop, onPartial);
      const usage = usageOf(startedAt, pieces);
      const sequence = { text, tokens: [], logprob: 0, firstWordProbability: 1, healedLogprob: 0, finishReason };
      return { kind: 'text', sequences: [sequence], usage };
    } catch (error) {
      if (token.isCancellationRequested) return { kind: 'cancelled', usage: usageOf(startedAt, 0) };
      return { kind: 'failed', error: this.failure(error) };
    } finally {
      listening.dispose();
    }
  }

  async #written(
    request: Omit<GenerateRequest, 'id' | 'stream'>,
    stop: AbortController,
    onPartial?: (text: string) => void,
  ): Promise<{ text: string; pieces: number; finishReason: FinishReason }> {
    const stopping = new StoppingCriteria(request, request.prompt.kind === 'chat' ? '' : request.prompt.text);
    let text = '';
    let pieces = 0;
    let finish: string | undefined;
    for await (const piece of this.pieces(request, stop)) {
      text += piece.text;
      const end = stopping.find(text, text.length - piece.text.length);
      if (end) return { text: text.slice(0, end.length), pieces: pieces + 1, finishReason: end.reason };
      if (text.length > mostAnswerBytes)
        throw new InklingError('network', sentence`${this.address.host} does not stop writing.`);
      finish = piece.finish ?? finish;
      if (piece.text === '') continue;
      pieces++;
      onPartial?.(text.slice(0, stopping.settledLength(text)));
    }
    return { text, pieces, finishReason: finish === 'length' ? 'length' : 'stop' };
  }

  /**
   * What the server writes, as it comes; whoever reads no further hangs up.
   * @param more goes into the request as it stands
   * @throws InklingError `network`
   */
  async *pieces(
    { prompt, options }: Pick<GenerateRequest, 'prompt' | 'options'>,
    stop: AbortController,
    more: object = {},
  ): AsyncGenerator<Piece> {
    const isChat = prompt.kind === 'chat';
    const body = {
      model: this.#settings.model,
      ...(isChat ? { messages: prompt.messages } : { prompt: prompt.text }),
      max_tokens: options.maxNewTokens,
      temperature: options.temperature,
      top_p: options.topP,
      seed: options.seed,
      stream: true,
      ...(options.stop.length > 0 ? { stop: options.stop.slice(0, mostStops) } : {}),
      ...more,
    };
    const response = await this.#post(isChat ? '/chat/completions' : '/completions', body, stop.signal);
    let isFinished = false;
    for await (const data of eventData(response.body!, () => stop.abort())) {
      if (data === '[DONE]') return;
      const piece = pieceOf(data);
      this.#refuseOther(piece.model);
      isFinished ||= piece.finish !== undefined;
      yield piece;
    }
    if (isFinished) return;
    throw new InklingError('network', sentence`${this.address.host} ended its answer in the middle. Try again.`);
  }

  /** What went wrong on the way, in a sentence. */
  failure(error: unknown): InklingError {
    return error instanceof InklingError ? error : this.#unreachable(error);
  }

  async #post(path: string, body: object, signal: AbortSignal): Promise<Response> {
    const headers = { 'content-type': 'application/json' };
    const response = await this.#fetch(path, { method: 'POST', headers, body: JSON.stringify(body), signal });
    if (response.ok && response.headers.get('content-type')?.startsWith('text/event-stream')) return response;
    const said = await beginningOf(response, mostErrorBytes);
    throw this.#refusal(response, said);
  }

  async #fetch(path: string, request: RequestInit & { headers?: Readonly<Record<string, string>> }): Promise<Response> {
    const key = await this.#settings.key?.();
    return fetch(`${this.address.base}${path}`, {
      ...request,
      headers: { ...request.headers, ...(key ? { authorization: `Bearer ${key}` } : {}) },
      redirect: 'manual', // the key and the text go where a person sent them, and nowhere else
    });
  }

  #refusal({ status, headers }: Response, said: string): InklingError {
    const { host } = this.address;
    const told = errorIn(said);
    const reason = told === undefined ? '' : `: ${told}`;
    if (status === 401 || status === 403) return failed(sentence`${host} does not accept the key${reason}.`);
    if (status === 404)
      return failed(sentence`${host} has no model “${this.#settings.model}” or no such API${reason}.`);
    if (status === 429) return failed(sentence`${host} has too much to do${reason}. Try again later.`);
    if (status >= 300 && status < 400)
      return failed(sentence`${host} sends on to another address. Name that one instead.`);
    if (status >= 400) return failed(sentence`${host} refuses the request (${status})${reason}.`);
    const type = headers.get('content-type') ?? 'nothing';
    return failed(
      sentence`${host} is no OpenAI-compatible server: it answers with ${type} instead of a stream of events.`,
    );
  }

  /** `gpt-4o` may be answered by `gpt-4o-2024-08-06`; another model is not what a person chose. */
  #refuseOther(name: string | undefined): void {
    const { model } = this.#settings;
    if (name === undefined || name === '' || name.startsWith(model) || name.endsWith(model)) return;
    throw failed(sentence`${this.address.host} answers with the model “${name}” instead of “${model}”.`);
  }

  #unreachable(error: unknown): InklingError {
    const cause = error instanceof Error && error.cause !== undefined ? messageOf(error.cause) : messageOf(error);
    return new InklingError('network', sentence`${this.address.host} cannot be reached: ${cause}.`, {
      cause: toInklingError(error),
    });
  }
}

/** The API takes no more; for the others, and for servers that write what is to stop them, the text is looked at here. */
const mostStops = 4;
const mostErrorBytes = 16_384;

const failed = (message: Sentence) => new InklingError('network', message);
const unscored = () =>
  new InklingError(
    'modelUnsupported',
    sentence`A server does not tell how likely a given text is. Use a model of this machine.`,
  );

async function beginningOf(response: Response, mostBytes: number): Promise<string> {
  const reader = response.body?.getReader();
  let said = '';
  const decoder = new TextDecoder();
  while (reader && said.length < mostBytes) {
    const { done, value } = await reader.read();
    if (done) break;
    said += decoder.decode(value, { stream: true });
  }
  await reader?.cancel();
  return said;
}

/** A list of models is there at once, or not. */
const listMs = 5_000;

const usageOf = (startedAt: number, newTokens: number): Usage => ({
  ...noUsage,
  newTokens,
  decodeMs: performance.now() - startedAt,
});

/** Where a server is, once it is known that text may go there. */
export interface ServerAddress {
  /** without a slash at its end, such as `http://127.0.0.1:8080/v1` */
  readonly base: string;
  /** as a person reads it, with the port where it is not the usual one */
  readonly host: string;
  /** what is sent there does not leave this machine */
  readonly isLoopback: boolean;
}

/**
 * Reads the address of a server that a person named. A loopback address is always right; any other only when its host
 * stands in the list of hosts that text may be sent to.
 * @param allowedHosts `example.org` for its usual port, `example.org:8443` for another one
 * @throws InklingError `optionOutOfRange`, saying what is wrong with it
 */
export function serverAddress(url: string, allowedHosts: readonly string[]): ServerAddress {
  const address = URL.canParse(url.trim()) ? new URL(url.trim()) : undefined;
  if (!address || !/^https?:$/u.test(address.protocol))
    throw wrong(sentence`${url} is no address of a server: it must begin with http:// or https://.`);
  if (address.username !== '' || address.password !== '')
    throw wrong(sentence`A key does not belong into the address of a server.`);
  if (address.search !== '' || address.hash !== '') throw wrong(sentence`${url} must end with the path, such as /v1.`);
  const { host } = address;
  const isLoopback = isLoopbackName(address.hostname);
  if (!isLoopback && !allowedHosts.some((allowed) => allowed.trim().toLowerCase() === host)) {
    throw wrong(sentence`${host} is not this machine, and not among the hosts that your text may be sent to.`);
  }
  return { base: `${address.origin}${address.pathname}`.replace(/\/$/u, ''), host, isLoopback };
}

const isLoopbackName = (name: string) =>
  name === 'localhost' || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/u.test(name);

const wrong = (message: Sentence) => new InklingError('optionOutOfRange', message);

import { setTimeout as sleep } from 'node:timers/promises';
import tls from 'node:tls';
import { EnvHttpProxyAgent, request } from 'undici';
import { InklingError, messageOf, type Sentence, sentence, systemCode } from '../../protocol/errors.ts';
import { ArrivingBytes } from './arrivingBytes.ts';

export interface HubOptions {
  /** base address, such as a mirror's; no slash at its end */
  readonly endpoint: string;
  /** sent to the endpoint's own origin, and to no other */
  readonly token?: string | undefined;
  /** overrides the environment's HTTP_PROXY and HTTPS_PROXY */
  readonly proxy?: string | undefined;
  /** default: what suits people and networks */
  readonly waits?: Partial<HubWaits> | undefined;
}

/** How long it is waited for what, in milliseconds. */
export interface HubWaits {
  /** until an answer begins */
  readonly headers: number;
  /** between two pieces of it */
  readonly body: number;
  /** for the whole of an answer in JSON */
  readonly json: number;
  /** before it is asked again; doubles with each try that brought nothing */
  readonly again: number;
}

const usualWaits: HubWaits = { headers: 30_000, body: 30_000, json: 60_000, again: 500 };

export interface HubResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: ArrivingBytes;
}

const maxRedirects = 6;
const maxJsonBytes = 20_000_000;
/** A person waits for what a hub says of a model. */
const maxJsonTries = 3;

/** HTTP to a hub: proxies, the system's certificates, redirects that never carry the token to another origin. */
export class HubConnection {
  readonly #options: HubOptions;
  readonly #origin: string;
  readonly #dispatcher: EnvHttpProxyAgent;
  readonly waits: HubWaits;

  /** @throws InklingError `optionOutOfRange` when the endpoint or the proxy is no web address */
  constructor(options: HubOptions) {
    this.#options = options;
    this.#origin = webAddress(options.endpoint, 'mirror').origin;
    this.waits = { ...usualWaits, ...options.waits };
    const proxy = options.proxy === undefined ? {} : proxies(webAddress(options.proxy, 'proxy').href);
    this.#dispatcher = new EnvHttpProxyAgent({
      ...proxy,
      headersTimeout: this.waits.headers,
      bodyTimeout: this.waits.body,
      connect: { ca: certificates() },
    });
  }

  /** @throws InklingError `network` with what a person can do about it, `cancelled` */
  json(path: string, signal: AbortSignal): Promise<unknown> {
    return retried(() => this.#json(path, signal), { signal, againMs: this.waits.again, maxTries: maxJsonTries });
  }

  async #json(path: string, signal: AbortSignal): Promise<unknown> {
    const whole = new AbortController(); // what AbortSignal.any makes of a timeout may be collected before it is over
    const stop = () => whole.abort();
    const timer = setTimeout(() => whole.abort(doesNotEnd(path)), this.waits.json);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    try {
      return await this.#readJson(path, whole.signal);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  }

  async #readJson(path: string, signal: AbortSignal): Promise<unknown> {
    const response = await this.open(path, {}, signal);
    const { status, body } = response;
    if (status !== 200) {
      body.destroy();
      throw refusalOf(response, path);
    }
    refuseWebPage(response, path);
    let text = '';
    let bytes = 0;
    const decoder = new TextDecoder();
    try {
      for await (const chunk of body) {
        bytes += chunk.length;
        if (bytes > maxJsonBytes) throw doesNotEnd(path);
        text += decoder.decode(chunk, { stream: true });
      }
    } catch (error) {
      if (error instanceof InklingError) throw error; // of the signal, too, when the time is over
      if (signal.aborted) throw stopped();
      throw new InklingError('network', sentence`The hub broke off its answer to ${path}.`, { cause: error });
    }
    try {
      return JSON.parse(text + decoder.decode());
    } catch {
      throw new InklingError('network', sentence`The hub answered ${path} with something that is not JSON.`);
    }
  }

  /**
   * GET, through redirects.
   * @param path below the endpoint
   * @throws InklingError `network` when nothing answers
   */
  async open(path: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<HubResponse> {
    let url = new URL(this.#options.endpoint + path);
    for (let redirects = 0; redirects <= maxRedirects; redirects++) {
      const response = await this.#get(url, headers, signal);
      const { location } = response.headers;
      if (response.status < 300 || response.status > 399 || typeof location !== 'string') return response;
      response.body.destroy();
      url = redirected(url, location);
    }
    throw final(sentence`${this.#options.endpoint}${path} is redirected without end.`);
  }

  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }

  async #get(url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<HubResponse> {
    const { token } = this.#options;
    const own = url.origin === this.#origin && token !== undefined ? { authorization: `Bearer ${token}` } : {};
    try {
      const response = await request(url, {
        headers: { 'user-agent': 'inkling', 'accept-encoding': 'identity', ...headers, ...own },
        dispatcher: this.#dispatcher,
        signal,
      });
      const { statusCode: status, headers: answered } = response;
      const body = new ArrivingBytes(response.body);
      const packing = String(answered['content-encoding'] ?? 'identity');
      if (/^identity$/iu.test(packing)) return { status, headers: answered, body };
      body.destroy();
      throw final(sentence`${url.host} packs what it sends (${packing}), although it was asked not to.`);
    } catch (error) {
      throw error instanceof InklingError ? error : unreachable(url, error);
    }
  }
}

/** @throws InklingError `network` for an address that is not followed */
function redirected(from: URL, location: string): URL {
  const next = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (!next || !/^https?:$/u.test(next.protocol)) {
    throw final(sentence`${from.host} leads to what is no web address: ${location.slice(0, 100)}`);
  }
  if (from.protocol === 'https:' && next.protocol !== 'https:') {
    throw final(sentence`${from.host} leads from an encrypted connection to an open one.`);
  }
  return next;
}

function webAddress(text: string, what: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/u.test(url.protocol)) return url;
  throw new InklingError(
    'optionOutOfRange',
    sentence`${what} must be a web address such as https://example.org, not ${text}`,
  );
}

const proxies = (proxy: string) => ({ httpProxy: proxy, httpsProxy: proxy });

/** The bundled ones and, where Node can read them, those of the system: companies have their own. */
function certificates(): string[] | undefined {
  const { getCACertificates } = tls as { getCACertificates?: (type: 'default' | 'system') => string[] };
  return getCACertificates ? [...getCACertificates('default'), ...getCACertificates('system')] : undefined;
}

/** Why the hub gave nothing, and what helps. */
export function refusalOf({ status, headers }: HubResponse, what: string): InklingError {
  const waitMs = retryAfterMs(headers['retry-after']);
  const isLong = waitMs > longestWaitMs;
  const minutes = Math.ceil(waitMs / 60_000);
  const later = isLong ? sentence`try again in ${minutes} minutes` : sentence`try again later`;
  const why: Readonly<Record<number, Sentence>> = {
    401: sentence`it asks for a token, or does not have it`,
    403: sentence`it is not open to everybody: its page says how to get access, and a token is needed`,
    404: sentence`it does not have it`,
    429: sentence`it has been asked too often: ${later}`,
  };
  const reason = why[status] ?? (status >= 500 ? sentence`it is out of order: ${later}` : sentence`status ${status}`);
  const cause: HubTrouble = { isFinal: isLong || finalStatuses.includes(status), waitMs };
  return new InklingError('network', sentence`The hub does not give ${what}: ${reason}.`, { cause });
}

/** What asking again does not change. */
const finalStatuses = [400, 401, 403, 404, 410, 451];
/** A hub that wants a longer pause is not waited for. */
const longestWaitMs = 60_000;

/** @param value seconds, or a date */
function retryAfterMs(value: unknown): number {
  const text = String(value ?? '').trim();
  const ms = /^\d+$/u.test(text) ? 1000 * Number(text) : Date.parse(text) - Date.now();
  return ms > 0 ? ms : 0;
}

/** Beside an error: whether asking again may help, and after which time. */
interface HubTrouble {
  readonly isFinal?: boolean;
  readonly waitMs?: number;
}

export const stopped = (): InklingError => new InklingError('cancelled', sentence`It was stopped.`);

/** An error of a hub that does the same when it is asked again. */
const final = (message: Sentence): InklingError =>
  new InklingError('network', message, { cause: { isFinal: true } satisfies HubTrouble });

const doesNotEnd = (path: string) => final(sentence`The hub's answer to ${path} does not end.`);

/** Networks with a log-in page answer with it, whatever was asked for. @throws InklingError `network` */
export function refuseWebPage({ headers, body }: HubResponse, what: string): void {
  if (!/^text\/html\b/iu.test(String(headers['content-type'] ?? ''))) return;
  body.destroy();
  throw final(sentence`A web page came instead of ${what}. Does this network ask you to log in?`);
}

interface RetryPolicy {
  readonly signal: AbortSignal;
  /** doubles with each try that brought nothing */
  readonly againMs: number;
  /** in a row that bring nothing */
  readonly maxTries: number;
  /** did the try that failed bring something nevertheless? */
  readonly hasCome?: () => Promise<boolean>;
}

/**
 * Asks again, each time after a longer wait, as long as that may help.
 * @throws InklingError of the last try; `cancelled`
 */
export async function retried<T>(
  ask: () => Promise<T>,
  { signal, againMs, maxTries, hasCome }: RetryPolicy,
): Promise<T> {
  for (let fruitless = 0; ; ) {
    try {
      return await ask();
    } catch (error) {
      const { isFinal = false, waitMs = 0 } = Object(error instanceof InklingError && error.cause) as HubTrouble;
      if (!(error instanceof InklingError) || error.code !== 'network' || isFinal) throw error;
      fruitless = (await hasCome?.()) ? 0 : fruitless + 1;
      if (fruitless >= maxTries) throw error;
      const pauseMs = Math.min(longestWaitMs, Math.max(againMs * 2 ** fruitless, waitMs));
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) throw stopped();
    }
  }
}

function unreachable(url: URL, error: unknown): InklingError {
  if (error instanceof Error && error.name === 'AbortError') return stopped();
  const code = systemCode(error);
  const [, reason, isFinal] = reasons.find(([codes]) => codes.test(code)) ?? [undefined, messageOf(error), false];
  const message = sentence`${url.host} cannot be reached: ${reason}.`;
  return isFinal ? final(message) : new InklingError('network', message, { cause: error });
}

const untrusted = sentence`its certificate is not trusted: name yours in NODE_EXTRA_CA_CERTS`;

/** What a code means, and whether it means the same when it is asked again. */
const reasons: readonly (readonly [codes: RegExp, reason: Sentence, isFinal: boolean])[] = [
  [/^(?:ENOTFOUND|EAI_AGAIN)$/u, sentence`its name is not known: is the network on?`, false],
  [/^(?:ENETUNREACH|EHOSTUNREACH|EADDRNOTAVAIL)$/u, sentence`there is no way to it: is the network on?`, false],
  [/^ECONNREFUSED$/u, sentence`nothing answers there`, false],
  [/^(?:UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT|ETIMEDOUT)$/u, sentence`it does not answer`, false],
  [/^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/u, sentence`it breaks off the connection`, false],
  [
    /^(?:HPE_\w+|UND_ERR_(?:HEADERS_OVERFLOW|RESPONSE))$/u,
    sentence`what it sends is no answer that can be read`,
    false,
  ],
  [/^(?:SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|DEPTH_ZERO_SELF_SIGNED_CERT)$/u, untrusted, true],
  [/^CERT_HAS_EXPIRED$/u, sentence`its certificate has expired`, true],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/u, sentence`its certificate is for another name`, true],
  [/^(?:EPROTO|ERR_SSL_\w+)$/u, sentence`it does not speak https`, true],
];

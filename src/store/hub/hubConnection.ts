import tls from 'node:tls';
import { EnvHttpProxyAgent, request } from 'undici';
import { InklingError, type SentencePart, sentence } from '../../protocol/errors.ts';
import { ArrivingBytes } from './arrivingBytes.ts';
import {
  doesNotEnd,
  final,
  type HubResponse,
  refusalOf,
  refuseWebPage,
  retried,
  stopped,
  unreachable,
} from './hubTroubles.ts';

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

/** What is asked for: its path below the endpoint, and what a person would call it. */
interface Asked {
  readonly path: string;
  readonly what: SentencePart;
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

  /** Whether it is told who asks. */
  get hasToken(): boolean {
    return this.#options.token !== undefined;
  }

  /**
   * @param what a person would say that it is
   * @throws InklingError `network` with what a person can do about it, `cancelled`
   */
  json(path: string, what: SentencePart, signal: AbortSignal): Promise<unknown> {
    return retried(() => this.#json({ path, what }, signal), {
      signal,
      againMs: this.waits.again,
      maxTries: maxJsonTries,
    });
  }

  async #json(asked: Asked, signal: AbortSignal): Promise<unknown> {
    const whole = new AbortController(); // what AbortSignal.any makes of a timeout may be collected before it is over
    const stop = () => whole.abort();
    const timer = setTimeout(() => whole.abort(doesNotEnd(asked.what)), this.waits.json);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    try {
      return await this.#readJson(asked, whole.signal);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  }

  async #readJson({ path, what }: Asked, signal: AbortSignal): Promise<unknown> {
    const response = await this.open(path, {}, signal);
    const { status, body } = response;
    if (status !== 200) {
      body.destroy();
      throw refusalOf(response, what, this.hasToken);
    }
    refuseWebPage(response, what);
    let text = '';
    let bytes = 0;
    const decoder = new TextDecoder();
    try {
      for await (const chunk of body) {
        bytes += chunk.length;
        if (bytes > maxJsonBytes) throw doesNotEnd(what);
        text += decoder.decode(chunk, { stream: true });
      }
    } catch (error) {
      if (error instanceof InklingError) throw error; // of the signal, too, when the time is over
      if (signal.aborted) throw stopped();
      throw new InklingError('network', sentence`The hub broke off its answer about ${what}.`, { cause: error });
    }
    try {
      return JSON.parse(text + decoder.decode());
    } catch {
      throw new InklingError('network', sentence`The hub answers about ${what} with something that is not JSON.`);
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

import tls from 'node:tls';
import { EnvHttpProxyAgent, request } from 'undici';
import { InklingError, messageOf, systemCode } from '../../protocol/errors.ts';
import { ArrivingBytes } from './arrivingBytes.ts';

export interface HubOptions {
  /** base address, such as a mirror's; no slash at its end */
  readonly endpoint: string;
  /** sent to the endpoint's own origin, and to no other */
  readonly token?: string | undefined;
  /** overrides the environment's HTTP_PROXY and HTTPS_PROXY */
  readonly proxy?: string | undefined;
}

export interface HubResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: ArrivingBytes;
}

const maxRedirects = 6;
const maxJsonBytes = 20_000_000;
const headersTimeoutMs = 30_000;
/** Between two pieces of a body. */
const bodyTimeoutMs = 30_000;

/** HTTP to a hub: proxies, the system's certificates, redirects that never carry the token to another origin. */
export class HubConnection {
  readonly #options: HubOptions;
  readonly #origin: string;
  readonly #dispatcher: EnvHttpProxyAgent;

  /** @throws InklingError `optionOutOfRange` when the endpoint or the proxy is no web address */
  constructor(options: HubOptions) {
    this.#options = options;
    this.#origin = webAddress(options.endpoint, 'mirror').origin;
    const proxy = options.proxy === undefined ? {} : proxies(webAddress(options.proxy, 'proxy').href);
    this.#dispatcher = new EnvHttpProxyAgent({
      ...proxy,
      headersTimeout: headersTimeoutMs,
      bodyTimeout: bodyTimeoutMs,
      connect: { ca: certificates() },
    });
  }

  /** @throws InklingError `network` with what a person can do about it */
  async json(path: string, signal: AbortSignal): Promise<unknown> {
    const { status, body } = await this.open(path, {}, signal);
    if (status !== 200) {
      body.destroy();
      throw refusalOf(status, path);
    }
    let text = '';
    let bytes = 0;
    const decoder = new TextDecoder();
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > maxJsonBytes) throw new InklingError('network', `The hub's answer to ${path} does not end.`);
      text += decoder.decode(chunk, { stream: true });
    }
    try {
      return JSON.parse(text + decoder.decode());
    } catch {
      throw new InklingError('network', `The hub answered ${path} with something that is not JSON.`);
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
      const next = new URL(location, url);
      if (url.protocol === 'https:' && next.protocol !== 'https:') {
        throw new InklingError('network', `${url.host} leads from an encrypted connection to an open one.`);
      }
      url = next;
    }
    throw new InklingError('network', `${this.#options.endpoint}${path} is redirected without end.`);
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
      return { status: response.statusCode, headers: response.headers, body: new ArrivingBytes(response.body) };
    } catch (error) {
      throw unreachable(url, error);
    }
  }
}

function webAddress(text: string, what: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/u.test(url.protocol)) return url;
  throw new InklingError('optionOutOfRange', `${what} must be a web address such as https://example.org, not ${text}`);
}

const proxies = (proxy: string) => ({ httpProxy: proxy, httpsProxy: proxy });

/** The bundled ones and, where Node can read them, those of the system: companies have their own. */
function certificates(): string[] | undefined {
  const { getCACertificates } = tls as { getCACertificates?: (type: 'default' | 'system') => string[] };
  return getCACertificates ? [...getCACertificates('default'), ...getCACertificates('system')] : undefined;
}

/** Why the hub gave nothing, and what helps. */
export function refusalOf(status: number, what: string): InklingError {
  const why: Readonly<Record<number, string>> = {
    401: 'it asks for a token, or does not have it',
    403: 'it is not open to everybody: its page says how to get access, and a token is needed',
    404: 'it does not have it',
    429: 'it has been asked too often: try again later',
  };
  const reason = why[status] ?? (status >= 500 ? 'it is out of order: try again later' : `status ${status}`);
  return new InklingError('network', `The hub does not give ${what}: ${reason}.`);
}

function unreachable(url: URL, error: unknown): InklingError {
  if (error instanceof Error && error.name === 'AbortError') return new InklingError('cancelled', 'It was stopped.');
  const reasons: Readonly<Record<string, string>> = {
    ENOTFOUND: 'its name is not known: is the network on?',
    ECONNREFUSED: 'nothing answers there',
    UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
    UND_ERR_HEADERS_TIMEOUT: 'it does not answer',
    SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted: name yours in NODE_EXTRA_CA_CERTS',
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is not trusted: name yours in NODE_EXTRA_CA_CERTS',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted: name yours in NODE_EXTRA_CA_CERTS',
  };
  const reason = reasons[systemCode(error)] ?? messageOf(error);
  return new InklingError('network', `${url.host} cannot be reached: ${reason}.`, { cause: error });
}

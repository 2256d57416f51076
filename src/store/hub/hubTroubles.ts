/** What goes wrong with a hub, in a sentence with what helps, and whether asking again may help. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  InklingError,
  messageOf,
  type Sentence,
  type SentencePart,
  sentence,
  systemCode,
} from '../../protocol/errors.ts';
import type { ArrivingBytes } from './arrivingBytes.ts';

export interface HubResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: ArrivingBytes;
}

/** Why the hub gave nothing, and what helps. */
export function refusalOf({ status, headers }: HubResponse, what: SentencePart, hasToken = false): InklingError {
  const waitMs = retryAfterMs(headers['retry-after']);
  const isLong = waitMs > longestWaitMs;
  const minutes = Math.ceil(waitMs / 60_000);
  const later = isLong ? sentence`try again in ${minutes} minutes` : sentence`try again later`;
  const why: Readonly<Record<number, Sentence>> = {
    401: hasToken
      ? sentence`it does not accept your token, or does not have it`
      : sentence`it asks for a token, or does not have it`,
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
export const final = (message: Sentence): InklingError =>
  new InklingError('network', message, { cause: { isFinal: true } satisfies HubTrouble });

export const doesNotEnd = (what: SentencePart) => final(sentence`The hub's answer about ${what} does not end.`);

/** Networks with a log-in page answer with it, whatever was asked for. @throws InklingError `network` */
export function refuseWebPage({ headers, body }: HubResponse, what: SentencePart): void {
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

export function unreachable(url: URL, error: unknown): InklingError {
  if (error instanceof Error && error.name === 'AbortError') return stopped();
  const code = systemCode(error);
  const [, reason, isFinal] = reasons.find(([codes]) => codes.test(code)) ?? [undefined, messageOf(error), false];
  const message = sentence`${url.host} cannot be reached: ${reason}.`;
  return isFinal ? final(message) : new InklingError('network', message, { cause: error });
}

const untrusted = sentence`its certificate is not trusted: name yours in NODE_EXTRA_CA_CERTS`;

/** What a code means, and whether it means the same when it is asked again. */
const reasons: readonly (readonly [codes: RegExp, reason: Sentence, isFinal: boolean])[] = [
  [/^(?:ENOTFOUND|EAI_AGAIN)$/u, sentence`its name is not known, or the network is off`, false],
  [/^(?:ENETUNREACH|EHOSTUNREACH|EADDRNOTAVAIL)$/u, sentence`there is no way to it, or the network is off`, false],
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

import { formatMessage } from './formatMessage.ts';

/** Why something failed, as a closed set. Every message a person sees belongs to exactly one code. */
export type ErrorCode =
  | 'modelMissing' // no such folder or file
  | 'modelBroken' // truncated, checksum mismatch, unreadable header
  | 'modelUnsupported' // architecture, tensor type or tokenizer that cannot be run
  | 'modelConfig' // config.json with missing or contradictory keys
  | 'modelNotLoaded' // a request before `load`
  | 'superseded' // a load that was overtaken by a newer one; not shown to a person
  | 'optionOutOfRange'
  | 'inputTooLarge'
  | 'tooLittleText' // not enough prose to learn from
  | 'deviceUnavailable'
  | 'outOfMemory'
  | 'fileAccess' // permission, disk full, path does not exist
  | 'network' // a hub that cannot be reached, or does not give what it was asked for
  | 'cancelled' // a long piece of work that a person stopped; not shown
  | 'trainsElsewhere' // another window or command learns from the same texts, or into the same folder
  | 'processDied'
  | 'processHung'
  | 'internal';

/** What a process tells a person: the English text, which is the key of its translation, and what stands at `{0}`, `{1}` …. */
export interface Sentence {
  readonly text: string;
  readonly args: readonly SentencePart[];
}
export type SentencePart = string | number | Sentence;

/** ``sentence`There is no model ${name}.` `` is `{ text: 'There is no model {0}.', args: [name] }`. */
export const sentence = (texts: TemplateStringsArray, ...args: readonly SentencePart[]): Sentence => ({
  text: texts.reduce((before, text, index) => `${before}{${index - 1}}${text}`),
  args,
});

/** `a`, `a and b`, … */
export const inOneList = (names: readonly string[]): SentencePart =>
  names.reduce<SentencePart>((list, name) => (list === '' ? name : sentence`${list} and ${name}`), '');

/** @param translate for another language than English: a text with the parts in their places */
export const sentenceText = ({ text, args }: Sentence, translate = formatMessage): string =>
  readable(
    translate(
      text,
      args.map((part) => (typeof part === 'object' ? sentenceText(part, translate) : part)),
    ),
  );

/** Thrown inside every room; caught only at the borders (process server, provider, command). */
export class InklingError extends Error {
  /** what can be told in another language as well */
  readonly sentence?: Sentence;

  /**
   * @param message one sentence for the person at the screen: what is wrong and what to do
   */
  constructor(
    readonly code: ErrorCode,
    message: string | Sentence,
    options?: ErrorOptions,
  ) {
    super(typeof message === 'string' ? readable(message) : sentenceText(message), options);
    this.name = 'InklingError';
    if (typeof message === 'object') this.sentence = message;
  }
}

const longestMessage = 1000; // characters

/** Names out of foreign files may be long, and may hold what a terminal obeys: a sentence has neither. */
function readable(message: string): string {
  const shortened = message.length > longestMessage ? `${message.slice(0, longestMessage - 1)}…` : message;
  return shortened.replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu, (marks) =>
    /^[\n\t]+$/u.test(marks) ? marks : '\uFFFD',
  );
}

/** What was thrown, in its own words. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What the system calls an error, such as `ENOENT`; of an error that is not the system's, all that it says. */
export const systemCode = (error: unknown): string => (error as { readonly code?: string }).code ?? String(error);

/** Wraps whatever was thrown; an InklingError passes through unchanged. */
export function toInklingError(error: unknown): InklingError {
  if (error instanceof InklingError) return error;
  if (error instanceof RangeError && /allocation failed/.test(error.message)) {
    return new InklingError('outOfMemory', sentence`There is not enough memory. Close other programs.`, {
      cause: error,
    });
  }
  return new InklingError('internal', messageOf(error), { cause: error });
}

/** Why something cannot be used, as it is listed. */
export interface Problem {
  /** in English */
  readonly problem: string;
  readonly problemCode: ErrorCode;
  readonly problemSentence?: Sentence;
}

export function problemOf(error: unknown): Problem {
  const { message, code, sentence } = toInklingError(error);
  return { problem: message, problemCode: code, ...(sentence && { problemSentence: sentence }) };
}

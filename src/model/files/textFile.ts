import { closeSync, existsSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { InklingError, type Sentence, sentence } from '../../protocol/errors.ts';
import { openRegular } from './openRegular.ts';

const megabyte = 1_000_000;
/** What a file beside the weights may have in MB, by its name: no more is fetched, copied or read. */
const mostMegabytes: Readonly<Record<string, number>> = {
  'README.md': 1,
  'inkling.json': 1,
  'config.json': 4,
  'generation_config.json': 4,
  'chat_template.jinja': 4,
  'chat_template.json': 4,
  'model.safetensors.index.json': 16,
};
/** Of all others; the largest tokenizer.json that is known has 33 MB. */
const mostOfOthers = 64;

/**
 * Refuses a file beside the weights that is larger than any that a model needs.
 * @param what it is called where it cannot be used
 * @throws InklingError `modelBroken`, saying how large it may be
 */
export function demandSmall(path: string, sizeBytes: number, what = path): void {
  const name = basename(path);
  const most = Object.hasOwn(mostMegabytes, name) ? mostMegabytes[name]! : mostOfOthers;
  if (sizeBytes <= most * megabyte) return;
  const size = Math.ceil((10 * sizeBytes) / megabyte) / 10;
  throw new InklingError(
    'modelBroken',
    sentence`${what} has ${size} MB. Such a file of a model may have ${most} MB at most.`,
  );
}

/**
 * The whole of a small file of a model.
 * @throws InklingError `modelMissing`, `fileAccess`, `modelBroken` when it is no regular file or far too large
 */
export function readSmallFile(path: string): Buffer {
  const { descriptor, sizeBytes } = openRegular(path);
  try {
    demandSmall(path, sizeBytes);
    const bytes = Buffer.allocUnsafe(sizeBytes);
    let length = 0;
    while (length < sizeBytes) {
      const count = readSync(descriptor, bytes, length, sizeBytes - length, length);
      if (count === 0) break; // it was shortened while it was open
      length += count;
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}

const deepest = 200;
const mostLists = 4_000_000; // and objects; pairs of the merges of a large vocabulary are half a million

/** What JSON has too much of before it is parsed: three bytes may become forty, and what is nested deeply runs out of stack. */
export function excessOf(text: string): Sentence | undefined {
  let depth = 0;
  let lists = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x22) at = endOfString(text, at);
    else if (unit === 0x5d || unit === 0x7d)
      depth--; // ] }
    else if (unit === 0x5b || unit === 0x7b) {
      // [ {
      if (++depth > deepest) return sentence`nests too deeply`;
      if (++lists > mostLists) return sentence`holds too many lists`;
    }
  }
  return undefined;
}

/** @param start of its first quotation mark @returns where its last one stands, or the text ends */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    const next = text.indexOf('"', at);
    if (next < 0) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(next - 1 - backslashes) === 0x5c) backslashes++;
    if (backslashes % 2 === 0) return next;
    at = next;
  }
}

/** Numbers that Python writes and JSON does not have become null: whoever needs one of them hears that it is missing. */
function withoutPythonsNumbers(text: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length && pieces.length < mostOfPythons; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x22) at = endOfString(text, at);
    else if (unit === 0x49 || unit === 0x4e) {
      // I N
      const word = ['Infinity', 'NaN'].find((each) => text.startsWith(each, at));
      if (word === undefined) break;
      pieces.push(text.slice(from, text[at - 1] === '-' ? at - 1 : at));
      from = at + word.length;
      at = from - 1;
    }
  }
  return [...pieces, text.slice(from)].join('null');
}

const mostOfPythons = 1000;

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** As `readJsonFile`; undefined when there is no such file. */
export const readJsonObject = (path: string): JsonObject | undefined =>
  existsSync(path) ? readJsonFile(path) : undefined;

/**
 * A file that holds a JSON object.
 * @throws InklingError as `readSmallFile`, `modelBroken` when it holds anything else
 */
export function readJsonFile(path: string): Record<string, unknown> {
  const text = readSmallFile(path)
    .toString('utf8')
    .replace(/^\uFEFF/u, ''); // some editors put one there
  const excess = excessOf(text);
  if (excess)
    throw new InklingError('modelBroken', sentence`${path} ${excess}: no file of a model does. Get it again.`);
  const value = parsed(text) ?? parsed(withoutPythonsNumbers(text));
  if (value === undefined) throw new InklingError('modelBroken', sentence`${path} is not valid JSON.`);
  if (isObject(value)) return value;
  throw new InklingError('modelBroken', sentence`${basename(path)} holds no JSON object.`);
}

/** undefined where the text is no JSON */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

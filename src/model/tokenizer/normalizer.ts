import { SplitPreTokenizer } from '@huggingface/tokenizers';
import { InklingError, messageOf, sentence } from '../../protocol/errors.ts';
import { isObject } from '../files/textFile.ts';
import { CharactersMap } from './charactersMap.ts';
import { type Json, tokenizerFault } from './tokenizerJson.ts';

/** One step from the text as it was written to the text that the model cuts. */
export type TextStep = (text: string) => string;

const maxSteps = 64;
const maxDepth = 8;
const longestReplacement = 64; // characters

/** @throws InklingError `modelConfig`, `modelUnsupported` */
export function normalizerOf(json: Json | undefined, withPrefix: boolean): TextStep {
  const steps = json ? stepsOf(json, withPrefix) : [];
  if (steps.length > maxSteps) throw tokenizerFault(sentence`its normalizer has ${steps.length} steps`);
  return (text) => {
    const limit = 32 * text.length + 1024; // the longest Unicode normalization of a character has 18
    let result = text;
    for (const step of steps) {
      result = step(result);
      if (result.length > limit) throw tokenizerFault(sentence`its normalizer lets text grow without bound`);
    }
    return result;
  };
}

function stepsOf(json: Json, withPrefix: boolean, depth = 0): TextStep[] {
  if (depth > maxDepth) throw tokenizerFault(sentence`its normalizer is nested too deeply`);
  switch (json['type']) {
    case 'Sequence':
      return listOf(json, 'normalizers').flatMap((step) => stepsOf(step, withPrefix, depth + 1));
    case 'NFC':
    case 'NFD':
    case 'NFKC':
    case 'NFKD': {
      const form = json['type'];
      return [(text) => text.normalize(form)];
    }
    case 'Lowercase':
      return [(text) => text.toLowerCase()];
    case 'StripAccents':
      return [(text) => text.replace(/\p{Mn}/gu, '')];
    case 'Strip':
      return [strip(json['strip_left'] !== false, json['strip_right'] !== false)];
    case 'Prepend': {
      const prefix = shortText(json, 'prepend');
      return withPrefix ? [(text) => (text === '' ? '' : prefix + text)] : [];
    }
    case 'Replace': {
      const content = shortText(json, 'content');
      const pattern = patternOf(json['pattern']);
      return [(text) => text.replace(pattern, () => content)];
    }
    case 'Precompiled':
      return precompiled(json['precompiled_charsmap']);
    default:
      throw new InklingError(
        'modelUnsupported',
        sentence`The tokenizer's normalizer ${String(json['type'])} is not supported.`,
      );
  }
}

function strip(left: boolean, right: boolean): TextStep {
  return (text) => {
    const start = left ? text.replace(/^\p{White_Space}+/u, '') : text;
    if (!right) return start;
    let end = start.length;
    while (end > 0 && /\p{White_Space}/u.test(start[end - 1]!)) end--;
    return start.slice(0, end);
  };
}

function precompiled(charsMap: unknown): TextStep[] {
  if (charsMap === null || charsMap === undefined || charsMap === '') return [];
  if (typeof charsMap !== 'string')
    throw tokenizerFault(sentence`the table of characters in its normalizer is damaged`);
  const map = new CharactersMap(Buffer.from(charsMap, 'base64'));
  return [(text) => map.normalize(text)];
}

function shortText(json: Json, key: string): string {
  const text = json[key];
  if (typeof text === 'string' && text.length <= longestReplacement) return text;
  throw tokenizerFault(sentence`its ${String(json['type'])} step has no short ${key}`);
}

/** The steps of a sequence. */
export function listOf(json: Json, key: string): Json[] {
  const steps = json[key];
  if (Array.isArray(steps) && steps.every(isObject)) return steps;
  throw tokenizerFault(sentence`its ${key} are no list of steps`);
}

/**
 * A pattern as JavaScript knows it; the library translates Oniguruma's.
 * @throws InklingError `modelConfig`
 */
export function patternOf(pattern: unknown): RegExp {
  const { Regex: regex, String: literal } = isObject(pattern) ? pattern : {};
  if (typeof literal === 'string') return new RegExp(literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gu');
  if (typeof regex !== 'string' || regex.length > 20_000)
    throw tokenizerFault(sentence`one of its patterns is no text`);
  try {
    return new SplitPreTokenizer({ type: 'Split', pattern: { Regex: regex }, behavior: 'Isolated', invert: false })
      .pattern!;
  } catch (error) {
    throw tokenizerFault(sentence`its pattern ${regex.slice(0, 80)} cannot be read (${messageOf(error)})`, error);
  }
}

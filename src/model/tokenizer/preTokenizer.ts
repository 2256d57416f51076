import { InklingError, sentence } from '../../protocol/errors.ts';
import { listOf, patternOf } from './normalizer.ts';
import { gpt2Words } from './preTokenizers.ts';
import { type Json, tokenizerFault } from './tokenizerJson.ts';

/** Cuts a piece of text into smaller ones; what it drops is not encoded. */
type Cut = (piece: string, place: Place) => string[];

interface Place {
  /** does the piece begin the text? */
  readonly isFirst: boolean;
}

export interface PreTokenizer {
  /** the pieces' UTF-8 bytes are the model's symbols, not their characters */
  readonly byteLevel: boolean;
  /** are blanks written as ▁ here? */
  readonly metaspace: boolean;
  readonly split: (text: string, place: Place) => string[];
}

const maxSteps = 64;
const maxDepth = 8;

/**
 * @param withPrefix false for text that continues other text: nothing is put before it then
 * @throws InklingError `modelConfig`, `modelUnsupported`
 */
export function preTokenizerOf(json: Json | undefined, withPrefix: boolean): PreTokenizer {
  const steps = json ? flatten(json) : [];
  if (steps.length > maxSteps) throw tokenizerFault(sentence`its pre-tokenizer has ${steps.length} steps`);
  const byteLevelAt = steps.findIndex(({ type }) => type === 'ByteLevel');
  if (byteLevelAt >= 0 && byteLevelAt < steps.length - 1) {
    throw new InklingError(
      'modelUnsupported',
      sentence`The tokenizer cuts text after its ByteLevel step: not supported.`,
    );
  }
  const cuts = steps.flatMap((step) => cutsOf(step, withPrefix));
  return {
    byteLevel: byteLevelAt >= 0,
    metaspace: steps.some(({ type }) => type === 'Metaspace'),
    split: (text, place) => {
      let pieces = [text];
      for (const cut of cuts) {
        let isFirst = place.isFirst;
        pieces = pieces.flatMap((piece) => {
          const parts = cut(piece, { isFirst });
          isFirst = false;
          return parts;
        });
      }
      return pieces;
    },
  };
}

function flatten(json: Json, depth = 0): Json[] {
  if (depth > maxDepth) throw tokenizerFault(sentence`its pre-tokenizer is nested too deeply`);
  if (json['type'] !== 'Sequence') return [json];
  return listOf(json, 'pretokenizers').flatMap((step) => flatten(step, depth + 1));
}

function cutsOf(json: Json, withPrefix: boolean): Cut[] {
  switch (json['type']) {
    case 'ByteLevel':
      return [
        ...(json['add_prefix_space'] === true && withPrefix ? [prefixedBy(' ', 'always')] : []),
        ...(json['use_regex'] !== false ? [isolated(patternOf({ Regex: gpt2Words }))] : []),
      ];
    case 'Metaspace':
      return metaspace(json, withPrefix);
    case 'Split':
      return [split(json)];
    case 'Digits':
      return [isolated(json['individual_digits'] === true ? /\p{N}/gu : /\p{N}+/gu)];
    case 'Punctuation':
      return [cutAt(/[\p{P}!-/:-@[-`{-~]/gu, behaviorOf(json['behavior'] ?? 'Isolated'))];
    case 'Whitespace':
      return [
        kept(/[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\u200c\u200d]+|[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{White_Space}]+/gu),
      ];
    case 'WhitespaceSplit':
      return [kept(/\P{White_Space}+/gu)];
    default:
      throw new InklingError(
        'modelUnsupported',
        sentence`The tokenizer's step ${String(json['type'])} is not supported.`,
      );
  }
}

function metaspace(json: Json, withPrefix: boolean): Cut[] {
  const replacement = json['replacement'] ?? '▁';
  if (typeof replacement !== 'string' || replacement.length > 4)
    throw tokenizerFault(sentence`its Metaspace has no sign`);
  const scheme = json['prepend_scheme'] ?? (json['add_prefix_space'] === false ? 'never' : 'always');
  const cuts: Cut[] = [(piece) => [piece.replaceAll(' ', replacement)]];
  if (withPrefix && scheme !== 'never') cuts.push(prefixedBy(replacement, scheme === 'first' ? 'first' : 'always'));
  if (json['split'] !== false) cuts.push(cutAt(patternOf({ String: replacement }), 'mergedwithnext'));
  return cuts;
}

const prefixedBy =
  (prefix: string, scheme: 'always' | 'first'): Cut =>
  (piece, { isFirst }) =>
    piece === '' || piece.startsWith(prefix) || (scheme === 'first' && !isFirst) ? [piece] : [prefix + piece];

const behaviors = ['isolated', 'removed', 'mergedwithprevious', 'mergedwithnext', 'contiguous'] as const;
type Behavior = (typeof behaviors)[number];

function behaviorOf(name: unknown): Behavior {
  const behavior = behaviors.find((known) => known === String(name).toLowerCase().replaceAll('_', ''));
  if (behavior) return behavior;
  throw tokenizerFault(sentence`a step cuts text in the unknown way ${String(name)}`);
}

function split(json: Json): Cut {
  const pattern = patternOf(json['pattern']);
  const behavior = behaviorOf(json['behavior']);
  if (json['invert'] !== true) return cutAt(pattern, behavior);
  return behavior === 'removed' ? kept(pattern) : cutAt(pattern, behavior, 'between');
}

const isolated = (pattern: RegExp): Cut => cutAt(pattern, 'isolated');

/** Only what the pattern matches. */
const kept =
  (pattern: RegExp): Cut =>
  (piece) =>
    (piece.match(pattern) ?? []).filter((part) => part !== '');

interface Part {
  readonly text: string;
  readonly isCut: boolean;
}

/** @param cuts are the pattern's matches what cuts the text, or what lies between them? */
function cutAt(pattern: RegExp, behavior: Behavior, cuts: 'matches' | 'between' = 'matches'): Cut {
  return (piece) => {
    const parts: Part[] = [];
    let from = 0;
    const add = (start: number, end: number, isMatch: boolean) => {
      if (end > start) parts.push({ text: piece.slice(start, end), isCut: isMatch === (cuts === 'matches') });
    };
    for (const { 0: match, index } of piece.matchAll(pattern)) {
      add(from, index, false);
      add(index, index + match.length, true);
      from = index + match.length;
    }
    add(from, piece.length, false);
    return joined(parts, behavior);
  };
}

function joined(parts: readonly Part[], behavior: Behavior): string[] {
  if (behavior === 'isolated') return parts.map(({ text }) => text);
  if (behavior === 'removed') return parts.filter(({ isCut }) => !isCut).map(({ text }) => text);
  const pieces: string[] = [];
  let before: Part | undefined;
  for (const part of parts) {
    const joins =
      before !== undefined &&
      (behavior === 'contiguous'
        ? part.isCut === before.isCut
        : behavior === 'mergedwithprevious'
          ? part.isCut && !before.isCut
          : before.isCut && !part.isCut);
    if (joins) pieces.push(pieces.pop()! + part.text);
    else pieces.push(part.text);
    before = part;
  }
  return pieces;
}

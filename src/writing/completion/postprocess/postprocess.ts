/** What a decoded text must go through before a writer sees it. The order matters and stands here. */
import type { GeneratedSequence } from '../../../protocol/inference.ts';
import type { Suggestion } from '../completionRequest.ts';
import { maxSuffixLoss } from '../gate.ts';
import { asPromptText } from '../promptWindow.ts';
import { wordPieces } from '../segment.ts';
import { authorStyle, titleEnd } from './authorStyle.ts';
import { chatter, invention, templateMarkers } from './chatter.ts';
import { confidence, logprobOf, marksBehind, misspelling, ofWholeFirstWord, unsureMark } from './confidence.ts';
import { hardWrap, lengthEnd, lineBreaks, lineColumns, midLineLength, minimumLength } from './lineLength.ts';
import { beforeMarks, openMarks } from './openMarks.ts';
import { repeatedHeading } from './repeatedHeading.ts';
import { repetition } from './repetition.ts';
import type { Drop, Rule, RuleContext } from './rule.ts';
import { brokenCharacters, caretSpacing, endSpacing, unspacedScripts } from './spacing.ts';
import { suffixOverlap } from './suffixOverlap.ts';

/** These only shorten: what is left is a beginning of the decoded text, so that tokens and characters correspond. */
const cuts: readonly Rule[] = [
  brokenCharacters,
  templateMarkers,
  chatter,
  misspelling,
  confidence, // before anything that needs to know which words there are
  beforeMarks, // what counts is the word that the model is sure of
  lengthEnd,
  midLineLength,
  repetition,
  repeatedHeading,
  invention,
  unsureMark, // once it is known where the suggestion ends
  openMarks,
];

/** These may change characters. */
const repairs: readonly Rule[] = [
  lineBreaks,
  caretSpacing,
  suffixOverlap, // compares what would stand there
  unspacedScripts,
  authorStyle,
  titleEnd,
  lineColumns,
  endSpacing,
  minimumLength,
  hardWrap, // last: its line breaks depend on every character before them
];

/** @returns the suggestion with the document's line ends, or why there is none */
export function postprocess(
  sequence: GeneratedSequence,
  context: Omit<RuleContext, 'tokens' | 'firstWordProbability' | 'healedLogprob'>,
) {
  const { tokens, healedLogprob } = sequence;
  const firstWordProbability = ofWholeFirstWord(sequence);
  const full: RuleContext = { ...context, tokens, firstWordProbability, healedLogprob };
  if (makesSuffixUnlikely(sequence, full)) return { drop: 'unlikelySuffix' } satisfies Drop;
  const decoded = apply(cuts, sequence.text, full);
  if (typeof decoded !== 'string') return decoded;
  const text = apply(repairs, decoded, full);
  if (typeof text !== 'string') return text;
  return {
    text: context.caret.endOfLine === '\n' ? text : text.replaceAll('\n', '\r\n'),
    firstWordProbability,
    logprob: logprobOf(tokens, 0, decoded.length),
    wordProbabilities: probabilitiesOf(decoded, full).slice(0, wordPieces(text).length), // repairs cut words at the end only
  } satisfies Suggestion;
}

/** Of each word of a decoded text, as of the first: without the marks behind it, which say nothing about the word. */
function probabilitiesOf(decoded: string, { tokens, firstWordProbability }: RuleContext): number[] {
  let start = 0;
  return wordPieces(decoded).map((piece, index) => {
    const logprob = logprobOf(tokens, start, start + marksBehind(piece));
    start += piece.length;
    return index === 0 ? firstWordProbability : Math.exp(logprob);
  });
}

/** A text that runs into what follows fits it by itself, and what follows was scored behind its repetition. */
function makesSuffixUnlikely({ text, suffix }: GeneratedSequence, context: RuleContext): boolean {
  if (suffix === undefined || context.caret.follows !== 'text') return false;
  return suffix.after < suffix.without - maxSuffixLoss && suffixOverlap(text, context) === text;
}

/** The text around a caret as rules see it: bounded, with line feeds only. */
export function surroundings(prefix: string, suffix: string): Pick<RuleContext, 'before' | 'after'> {
  return { before: asPromptText(prefix.slice(-beforeChars)), after: asPromptText(suffix.slice(0, afterChars)) };
}

const beforeChars = 20_000;
const afterChars = 5_000;

/** Rules in order, until one drops the suggestion. */
function apply(rules: readonly Rule[], text: string, context: RuleContext): string | Drop {
  let left = text;
  for (const rule of rules) {
    const result = rule(left, context);
    if (typeof result !== 'string') return result;
    left = result;
  }
  return left;
}

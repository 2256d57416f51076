import { CancellationToken } from 'vscode-jsonrpc';
import type { WritingComparison } from '../../protocol/adapters.ts';
import { InklingError } from '../../protocol/errors.ts';
import type { TextGenerator } from '../../protocol/inference.ts';
import { Completer } from '../completion/completer.ts';
import { resolveCompletionSettings } from '../completion/completionSettings.ts';
import { segmenter } from '../completion/segment.ts';
import { pairedFigures } from './intervals.ts';
import { replay } from './simulation.ts';
import { textFigures } from './simulationReport.ts';
import { type Stretch, spread, stretchesOf } from './stretches.ts';
import { addTally, countWords, emptyTally, sumOf, type Tally } from './tally.ts';
import { requestAt, rightRun, type WrittenText, wordsOnLine } from './writtenText.ts';

type AdapterSide = 'base' | 'adapted';

interface AdapterComparisonOptions {
  /** about how many carets a writer passes on each side; undefined: all of the texts */
  readonly maxCarets?: number | undefined;
  /** of the choice of stretches and of the intervals */
  readonly seed: number;
  /** @param fraction 0 … 1 */
  readonly onProgress?: (fraction: number) => void;
  /** Asked before every suggestion. Once it says yes, the stretches count that both sides have written. */
  readonly isOver?: (() => boolean) | undefined;
}

interface Written {
  readonly stretch: Stretch;
  readonly base: Tallies;
  readonly adapted: Tallies;
}

interface Tallies {
  readonly typed: Tally;
  readonly guessed: Tally;
}

/**
 * Types the same stretches of texts without and with an adapter, as the editor would be used with its default settings.
 * Where it may be stopped, both sides write a few stretches from all over the texts, then more of them.
 * @param generatorOf asked once for each side and part, so that switching may be slow
 * @returns undefined when there is nothing to type, or nothing was typed on both sides
 * @throws InklingError when the model or the adapter fails
 */
export async function compareWriting(
  generatorOf: (side: AdapterSide) => TextGenerator,
  texts: readonly WrittenText[],
  { maxCarets, seed, onProgress = () => undefined, isOver }: AdapterComparisonOptions,
): Promise<WritingComparison | undefined> {
  const contents = texts.map(({ text }) => text);
  const stretches = stretchesOf(contents, maxCarets, seed);
  const order = isOver ? spread(stretches) : stretches;
  const written: Written[] = [];
  let done = 0;
  const onStep = () => onProgress(++done / (4 * stretches.length));
  const of = { texts, onStep, isOver };
  let sides: readonly AdapterSide[] = ['base', 'adapted'];
  while (written.length < order.length && !isOver?.()) {
    const size = isOver ? Math.max(1, written.length) : order.length;
    const part = order.slice(written.length, written.length + size);
    const tallies: Partial<Record<AdapterSide, readonly Tallies[]>> = {};
    for (const side of sides) tallies[side] = await writeAll(generatorOf(side), part, of);
    const { base = [], adapted = [] } = tallies;
    const both = part.slice(0, Math.min(base.length, adapted.length));
    written.push(...both.map((stretch, i) => ({ stretch, base: base[i]!, adapted: adapted[i]! })));
    if (both.length < part.length) break;
    sides = sides.toReversed(); // the model that is loaded goes on
  }
  if (written.length === 0) return undefined;
  return comparisonOf(
    written.sort((a, b) => stretches.indexOf(a.stretch) - stretches.indexOf(b.stretch)),
    seed,
  );
}

function comparisonOf(written: readonly Written[], seed: number): WritingComparison {
  const side = (of: AdapterSide, kind: keyof Tallies) => written.map((one) => one[of][kind]);
  const base = { typed: side('base', 'typed'), guessed: side('base', 'guessed') };
  const adapted = { typed: side('adapted', 'typed'), guessed: side('adapted', 'guessed') };
  const typed = pairedFigures({ base: base.typed, adapted: adapted.typed }, writingFigures, seed);
  const words = { base: base.guessed, adapted: adapted.guessed };
  const { characters, carets } = sumOf(base.typed);
  const wordCarets = sumOf(base.guessed).carets;
  return { stretches: written.length, characters, carets, ...typed, wordCarets, nextWords: nextWords(words, seed) };
}

/** What one side makes of some stretches, or of the first of them when it is over before the last one. */
async function writeAll(
  generator: TextGenerator,
  stretches: readonly Stretch[],
  of: {
    readonly texts: readonly WrittenText[];
    readonly onStep: () => void;
    readonly isOver: (() => boolean) | undefined;
  },
): Promise<Tallies[]> {
  const { texts, onStep, isOver } = of;
  const written: Tallies[] = [];
  const stopping: TextGenerator = {
    generate: async (...call) =>
      isOver?.() ? { kind: 'failed', error: new InklingError('internal', ended) } : generator.generate(...call),
  };
  const options = { policy: 'gated', stopwatch: { now: () => 0 } } as const;
  try {
    for (const stretch of stretches) {
      const typed = emptyTally();
      for await (const tally of replay(stopping, { texts, stretches: [stretch] }, options)) addTally(typed, tally.all);
      onStep();
      const guessed = await guessNextWords(stopping, texts[stretch.text]!, stretch);
      onStep();
      written.push({ typed, guessed });
    }
  } catch (error) {
    if (!isOver?.()) throw error; // whatever fails when it is over fails because of that
  }
  return written;
}

const ended = 'No more suggestions are wanted.';

function writingFigures(tally: Tally) {
  const { keystrokesSaved, netKeystrokesSaved, precisionWhenShown, wrongShow } = textFigures(tally);
  return { keystrokesSaved, netKeystrokesSaved, precisionWhenShown, wrongShow };
}

const nextWords = (sides: { readonly base: readonly Tally[]; readonly adapted: readonly Tally[] }, seed: number) =>
  pairedFigures(
    sides,
    (tally) => {
      const { exactMatch } = textFigures(tally);
      return { 1: exactMatch[1], 2: exactMatch[2], 3: exactMatch[3] };
    },
    seed,
  );

const countedWords = 5;
/** Without a gate, and no longer than three words are. */
const settings = resolveCompletionSettings({ minFirstWordProbability: 0, maxNewTokens: 10 });

/**
 * Asks at the beginning of every word of a stretch what comes next, and counts how many words of the answer are right.
 * Nothing is accepted, so that two models are asked at the same places.
 * @throws InklingError when the model fails
 */
export async function guessNextWords(generator: TextGenerator, text: WrittenText, stretch: Stretch): Promise<Tally> {
  const tally = emptyTally();
  for (const offset of wordStarts(text.text, stretch)) {
    const completer = new Completer(generator, { now: () => 0 });
    const outcome = await completer.complete(requestAt(text, offset), settings, CancellationToken.None);
    if (outcome.kind === 'failed') throw outcome.error;
    const following = text.text.slice(offset);
    const right = outcome.kind === 'text' ? rightRun(outcome.suggestions[0]!.text, following).words : 0;
    tally.carets++;
    countWords(tally, right, wordsOnLine(following, countedWords));
  }
  return tally;
}

/** Offsets, in Chinese and Japanese those of the segmenter's words. */
function wordStarts(text: string, { start, end }: Stretch): number[] {
  const segments = [...segmenter('word').segment(text.slice(start, end))];
  return segments.filter(({ isWordLike }) => isWordLike === true).map(({ index }) => start + index);
}

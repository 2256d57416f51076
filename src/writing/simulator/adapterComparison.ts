import type { WritingComparison } from '../../protocol/adapters.ts';
import type { TextGenerator } from '../../protocol/inference.ts';
import { guessNextWords } from './nextWords.ts';
import { pairedFigures } from './pairedFigures.ts';
import { replay } from './replay.ts';
import { textFigures } from './simulationReport.ts';
import { type Stretch, stretchesOf } from './stretches.ts';
import { sumOf, type Tally } from './tally.ts';
import type { WrittenText } from './writtenText.ts';

export type AdapterSide = 'base' | 'adapted';

export interface AdapterComparisonOptions {
  /** about how many carets a writer passes on each side; undefined: all of the texts */
  readonly maxCarets?: number | undefined;
  /** of the choice of stretches and of the intervals */
  readonly seed: number;
  /** @param fraction 0 … 1 */
  readonly onProgress?: (fraction: number) => void;
}

/**
 * Types the same stretches of texts without and with an adapter, as the editor would be used with its default settings.
 * @param generatorOf asked once for each side, so that switching may be slow
 * @returns undefined when there is nothing to type
 * @throws InklingError when the model or the adapter fails
 */
export async function compareWriting(
  generatorOf: (side: AdapterSide) => TextGenerator,
  texts: readonly WrittenText[],
  { maxCarets, seed, onProgress = () => undefined }: AdapterComparisonOptions,
): Promise<WritingComparison | undefined> {
  const contents = texts.map(({ text }) => text);
  const stretches = stretchesOf(contents, maxCarets, seed);
  if (stretches.length === 0) return undefined;
  let done = 0;
  const onStretch = () => onProgress(++done / (4 * stretches.length));
  const base = await writeAll(generatorOf('base'), { texts, stretches }, onStretch);
  const adapted = await writeAll(generatorOf('adapted'), { texts, stretches }, onStretch);
  const typed = pairedFigures({ base: base.typed, adapted: adapted.typed }, writingFigures, seed);
  const words = { base: base.guessed, adapted: adapted.guessed };
  const { characters, carets } = sumOf(base.typed);
  const wordCarets = sumOf(base.guessed).carets;
  return { stretches: stretches.length, characters, carets, ...typed, wordCarets, nextWords: nextWords(words, seed) };
}

/** What one side makes of all stretches: one tally each. */
async function writeAll(
  generator: TextGenerator,
  { texts, stretches }: { readonly texts: readonly WrittenText[]; readonly stretches: readonly Stretch[] },
  onStretch: () => void,
): Promise<{ typed: Tally[]; guessed: Tally[] }> {
  const typed: Tally[] = [];
  const options = { policy: 'gated', stopwatch: { now: () => 0 } } as const;
  for await (const tally of replay(generator, { texts, stretches }, options)) {
    typed.push(tally.all);
    onStretch();
  }
  const guessed: Tally[] = [];
  for (const stretch of stretches) {
    guessed.push(await guessNextWords(generator, texts[stretch.text]!, stretch));
    onStretch();
  }
  return { typed, guessed };
}

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

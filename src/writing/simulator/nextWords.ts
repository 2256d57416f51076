import { CancellationToken } from 'vscode-jsonrpc';
import type { TextGenerator } from '../../protocol/inference.ts';
import { Completer } from '../completion/completer.ts';
import { resolveCompletionSettings } from '../completion/completionSettings.ts';
import { segmenter } from '../completion/segment.ts';
import { rightRun, wordsOnLine } from './rightRun.ts';
import type { Stretch } from './stretches.ts';
import { countWords, emptyTally, type Tally } from './tally.ts';
import { requestAt, type WrittenText } from './writtenText.ts';

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

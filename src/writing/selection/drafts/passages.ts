import type { Block, TextReading } from '../../../text/block.ts';
import { isProgramText } from '../../../text/languages.ts';
import { contentOf, onOneLine, sentencesOf } from '../../../text/sentences.ts';
import type { Span } from '../../../text/span.ts';
import type { ActionRun, ModelRun } from '../actionRun.ts';
import { tokenCount } from '../prompting/modelText.ts';
import type { ActionRequest } from '../selectionAction.ts';
import { proseBlocks } from '../text/reading.ts';
import { wrapLike } from '../text/wrapping.ts';

/** What the model gets at once: sentences of one block. */
export interface Passage extends Span {
  readonly block: Block;
}

/** Of the context; the rest holds the instruction, the surroundings and the answer. */
export const passageShare = 0.3;
/** A piece that cannot be cut may take somewhat more of it. */
export const isTooLong = ({ model }: ModelRun, tokens: number): boolean =>
  tokens > model.contextTokens * passageShare * 1.5;
const surroundingChars = 400;

/**
 * Paragraphs, and the sentences of those that are too long, put together again as far as they fit.
 * @param limit tokens of a passage; a longer sentence is one all the same
 * @param upTo offset beyond which no passage begins
 */
export async function passagesOf(run: ActionRun, limit: number, upTo = Number.POSITIVE_INFINITY): Promise<Passage[]> {
  const { text } = run.request;
  const pieces: Passage[] = [];
  for (const block of proseBlocks(run.reading)) {
    if (block.start >= upTo) break;
    const whole = contentOf(block);
    if ((await tokenCount(run, text.slice(whole.start, whole.end))) <= limit) {
      pieces.push({ ...whole, block });
      continue;
    }
    let tokens = Number.POSITIVE_INFINITY;
    for (const span of sentencesOf(run.reading, block)) {
      const added = await tokenCount(run, text.slice(span.start, span.end));
      tokens += added;
      if (tokens <= limit) pieces.push({ ...pieces.pop()!, end: span.end });
      else {
        pieces.push(span);
        tokens = added;
      }
    }
  }
  return pieces;
}

/** The end of what comes before a passage. */
export const surroundingsOf = ({ before = '', text }: ActionRequest, { start }: Span): string =>
  before.slice(-surroundingChars) + text.slice(Math.max(0, start - surroundingChars), start);

/** What is to stand in place of a passage, in the lines and with the line breaks of its paragraph. */
export function relaid(reading: TextReading, { start, block }: Passage, result: string): string {
  const { text, languageId } = reading;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const paragraph = text.slice(block.start, block.end);
  if (!result.includes('\n') || isProgramText(languageId)) {
    return wrapLike(paragraph, onOneLine(result), start - lineStart, linePrefix(reading, block));
  }
  const above = text.slice(lineStart, start);
  const prefix = above.includes('<') ? '' : above.replace(/[^\s>]/gu, ' ');
  return result.replaceAll('\n', `\n${prefix}`);
}

/** What the further lines of a block begin with; undefined where it has none, or nothing but words. */
export function linePrefix(reading: TextReading, block: Block): string | undefined {
  const prefix = reading.spansOf(block).find(({ kind }) => kind === 'prefix');
  return prefix && reading.text.slice(prefix.start, prefix.end);
}

import type { TextReading } from '../../../../src/text/block.ts';
import { readText } from '../../../../src/text/readText.ts';
import { contentOf } from '../../../../src/text/sentences.ts';
import { loadTagger } from '../../../../src/writing/selection/checks/tagger.ts';
import { changedAround } from '../../../../src/writing/selection/protection/hidden.ts';
import type { Wording } from '../../../../src/writing/selection/rules/wordingRules.ts';
import { proseBlocks } from '../../../../src/writing/selection/text/reading.ts';
import { applyEdits } from '../../../../src/writing/selection/wordChanges.ts';

export const reading = (text: string): TextReading => readText(text, 'markdown');

const tag = await loadTagger();

/** What a rule makes of the paragraphs of a Markdown text. */
export const inMarkdown =
  (change: Wording) =>
  (text: string): string => {
    const read = reading(text);
    const edits = proseBlocks(read).map((block) => {
      const span = contentOf(block);
      const raw = text.slice(span.start, span.end);
      const replacement = changedAround(text, span, {
        spans: read.spansOf(block),
        change: (words) => change(words, { raw, tag }),
      });
      return { ...span, replacement };
    });
    return applyEdits(text, edits);
  };

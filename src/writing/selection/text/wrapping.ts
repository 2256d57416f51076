import { greatest } from '../../../text/greatest.ts';
import { unspacedUnits } from '../../../text/unspaced.ts';
import { columns } from '../../completion/segment.ts';

/**
 * Breaks a changed sentence into lines where its paragraph is broken into lines, so that it looks as the author would
 * have typed it. The lines around it stay as they stand.
 * @param block the whole paragraph as it was, which shows the width and the indentation
 * @param startColumn columns before the sentence on its first line
 * @param prefix what further lines begin with, where that is more than blanks and quote marks
 */
export function wrapLike(block: string, sentence: string, startColumn: number, prefix?: string): string {
  const lineBreak = block.includes('\r\n') ? '\r\n' : '\n';
  const lines = block.split(/\r?\n/u);
  if (lines.length === 1 || isOneSentencePerLine(lines)) return sentence;
  const width = greatest(lines.map(columns));
  const indent = prefix ?? /^[\s>]*/u.exec(lines[1]!)![0];
  const words = sentence.split(/[ \t]+/u).flatMap((word, index) => {
    const [first, ...rest] = unspacedUnits(word);
    return [{ word: first!, blank: index === 0 ? '' : ' ' }, ...rest.map((unit) => ({ word: unit, blank: '' }))];
  });
  let line = '';
  let column = startColumn;
  const done: string[] = [];
  for (const { word, blank } of words) {
    const needed = column + columns(line) + blank.length + columns(word);
    if (line !== '' && needed > width) {
      done.push(line);
      line = '';
      column = columns(indent);
    }
    line = line === '' ? word : line + blank + word;
  }
  done.push(line);
  return done.join(lineBreak + indent);
}

/** Every line ends a sentence: such an author never breaks one. */
const isOneSentencePerLine = (lines: readonly string[]) =>
  lines.every((line) => /[.!?:;。！？]["”’)\]*_]*\s*$/u.test(line));

import { endsSentence } from '../../../text/sentenceEnd.ts';
import { columns } from '../segment.ts';

/** How an author breaks lines within a paragraph. */
export type LineWrapping =
  | { readonly kind: 'soft' } // one line per paragraph, or too little text to tell
  | { readonly kind: 'column'; readonly column: number } // filled up to this column
  | { readonly kind: 'sentence' }; // one sentence per line

const minBrokenLines = 3;
const maxWrapColumn = 140;
const minWrapColumn = 40;
/** Part of the broken lines that must look alike. */
const majority = 0.75;
const notProse = /^\s*(?:[#|=+`~]|-{3,}|\.\. |:\w|\\(?:begin|end|[a-z]*section|documentclass|usepackage)|\[.*\]:)/u;

/**
 * Recognised from line pairs within paragraphs. Filled lines have no room for the word that begins the next one.
 * @param text whole lines; the last one may be unfinished and is not looked at
 */
export function lineWrapping(text: string): LineWrapping {
  const lines = text.split('\n').slice(0, -1);
  const broken: { readonly line: string; readonly width: number; readonly needed: number }[] = [];
  for (let i = 0; i + 1 < lines.length; i++) {
    const line = lines[i]!.trimEnd();
    const next = lines[i + 1]!;
    if (!isProse(line) || !isProse(next) || /^\s*(?:[-*+]|\d+[.)])\s/u.test(next)) continue;
    const firstWord = /\S+/u.exec(next.replace(/^[\s>%/#*]+/u, ''))?.[0] ?? '';
    const width = columns(line);
    broken.push({ line, width, needed: width + 1 + columns(firstWord) });
  }
  if (broken.length < minBrokenLines) return { kind: 'soft' };
  if (share(broken, ({ line }) => endsSentence(line)) >= majority) return { kind: 'sentence' };
  const column = Math.max(...broken.map(({ width }) => width).filter((width) => width <= maxWrapColumn));
  const filled = share(broken, ({ width, needed }) => needed > column || width > maxWrapColumn);
  return column >= minWrapColumn && filled >= majority ? { kind: 'column', column } : { kind: 'soft' };
}

const isProse = (line: string): boolean => line.trim() !== '' && !notProse.test(line);

function share<T>(items: readonly T[], test: (item: T) => boolean): number {
  return items.filter(test).length / items.length;
}

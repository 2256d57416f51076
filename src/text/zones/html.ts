import type { CaretLine } from '../textLanguage.ts';
import type { ZoneKind } from '../zone.ts';
import { type BlockState, closed, emptyState, type Grammar, opened, withHeading } from './grammar.ts';
import { endsInAddress, inTag } from './inlineSpans.ts';

/** HTML: the text between tags is prose; scripts, styles and preformatted text are not. */
export const html: Grammar = { initial: emptyState, step, zone };

const blocks = /<(script|style|pre|code|svg|math|textarea|head)\b[^>]*>|<!--/giu;

function step(state: BlockState, text: string, start: number, end: number): BlockState {
  const line = text.slice(start, end);
  const { open } = scanned(state, line);
  if (open !== undefined || state.open !== undefined) return { ...state, open };
  const heading = /<h([1-6])\b[^>]*>(.*?)<\/h\1>/iu.exec(line);
  return heading ? withHeading(state, Number(heading[1]), line) : state;
}

/** The state after a line or the part of it left of the caret. */
function scanned(state: BlockState, line: string): BlockState {
  let now = state;
  for (let rest = line; ; ) {
    if (now.open !== undefined) {
      const end = rest.toLowerCase().indexOf(now.open.close);
      if (end < 0) return now;
      rest = rest.slice(end + now.open.close.length);
      now = closed(now);
    }
    blocks.lastIndex = 0;
    const begin = blocks.exec(rest);
    if (!begin) return now;
    rest = rest.slice(begin.index + begin[0].length);
    const name = begin[1]?.toLowerCase();
    now = name === undefined ? opened(now, 'comment', '-->') : opened(now, kindOf(name), `</${name}`);
  }
}

const kindOf = (element: string): ZoneKind => (element === 'math' ? 'math' : element === 'head' ? 'markup' : 'code');

function zone({ linePrefix, paragraphPrefix }: CaretLine, state: BlockState): ZoneKind {
  const { open } = scanned(state, linePrefix);
  if (open !== undefined) return open.kind;
  if (inTag(paragraphPrefix) || /&[a-zA-Z#]\w*$/u.test(linePrefix)) return 'markup';
  if (endsInAddress(linePrefix.replace(/^.*>/u, ''))) return 'linkTarget';
  const element = /<(\w+)[^<>]*>[^<]*$/u.exec(paragraphPrefix)?.[1]?.toLowerCase();
  if (element !== undefined && /^(?:h[1-6]|title)$/u.test(element)) return 'heading';
  if (element === 'td' || element === 'th') return 'tableCell';
  return element === 'li' ? 'listItem' : 'prose';
}

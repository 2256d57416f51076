import type { CaretLine } from '../textLanguage.ts';
import type { ZoneKind } from '../zone.ts';
import { type BlockState, closed, emptyState, type Grammar, opened } from './grammar.ts';
import { endsInAddress } from './inlineSpans.ts';

/** How a programming language marks its comments. */
interface CommentStyle {
  readonly line: readonly string[];
  readonly block: readonly (readonly [open: string, close: string])[];
}

const cFamily: CommentStyle = { line: ['//'], block: [['/*', '*/']] };
const hash: CommentStyle = { line: ['#'], block: [] };
const dashes: CommentStyle = { line: ['--'], block: [] };

const styles: Readonly<Record<string, CommentStyle>> = {
  ...named(cFamily, 'c cpp csharp java javascript javascriptreact typescript typescriptreact go rust swift kotlin'),
  ...named(cFamily, 'scala dart php objective-c less scss css jsonc groovy'),
  ...named(hash, 'shellscript ruby perl r yaml toml makefile dockerfile powershell elixir ini properties dotenv'),
  python: { line: ['#'], block: [['"""', '"""']] },
  lua: { line: ['--'], block: [['--[[', ']]']] },
  haskell: { line: ['--'], block: [['{-', '-}']] },
  ...named(dashes, 'sql ada vhdl'),
  ...named({ line: [';'], block: [] }, 'clojure lisp scheme'),
};

function named(style: CommentStyle, ids: string): Record<string, CommentStyle> {
  return Object.fromEntries(ids.split(' ').map((id) => [id, style]));
}

/** The grammar of a programming language; undefined for languages that are not known to be one. */
export function sourceCode(languageId: string): Grammar | undefined {
  const style = styles[languageId];
  if (style === undefined) return undefined;
  return {
    initial: emptyState,
    step: (state, text, start, end) => afterLine(style, state, text.slice(start, end)).state,
    zone: (line, state) => zone(style, line, state),
  };
}

function zone(style: CommentStyle, { linePrefix }: CaretLine, state: BlockState): ZoneKind {
  const { state: now, inLineComment } = afterLine(style, state, linePrefix);
  if (now.open === undefined && !inLineComment) return 'code';
  return endsInAddress(linePrefix) ? 'linkTarget' : 'comment';
}

/** Walks over one line: strings hide comment marks, comments hide everything. */
function afterLine(style: CommentStyle, before: BlockState, line: string) {
  let state = before;
  let quote = '';
  for (let i = 0; i < line.length; ) {
    const { open } = state;
    if (open !== undefined) {
      const end = line.indexOf(open.close, i);
      if (end < 0) return { state, inLineComment: false };
      i = end + open.close.length;
      state = closed(state);
      continue;
    }
    const block = quote === '' ? style.block.find(([mark]) => line.startsWith(mark, i)) : undefined;
    if (block) {
      state = opened(state, 'comment', block[1]);
      i += block[0].length;
      continue;
    }
    if (quote === '' && style.line.some((mark) => line.startsWith(mark, i))) return { state, inLineComment: true };
    const character = line[i]!;
    if (character === '\\') i++;
    else if (quote === character) quote = '';
    else if (quote === '' && (character === '"' || character === "'" || character === '`')) quote = character;
    i++;
  }
  return { state, inLineComment: false };
}

import type { CaretLine } from '../textLanguage.ts';
import type { ZoneKind } from '../zone.ts';
import { type BlockState, closed, emptyState, type Grammar, opened, withHeading } from './grammar.ts';
import { endsInAddress, inDollars, inside } from './inlineSpans.ts';

/** LaTeX: environments, math, commands with prose in their arguments and commands without. */
export const latex: Grammar = { initial: emptyState, step, zone };

/** Environments whose text is no prose; all others (quote, abstract, theorem, figure …) hold prose. */
const environments: Readonly<Record<string, ZoneKind>> = {
  ...kinds('code', 'verbatim Verbatim lstlisting minted comment filecontents tikzpicture algorithmic'),
  ...kinds('math', 'equation align gather multline eqnarray displaymath math flalign alignat split array'),
  ...kinds('tableCell', 'tabular tabularx tabulary longtable tabu'),
  ...kinds('citation', 'thebibliography'),
};
const headingLevels: Readonly<Record<string, number>> = {
  title: 0,
  part: 1,
  chapter: 2,
  section: 3,
  subsection: 4,
  subsubsection: 5,
  paragraph: 6,
};
/** Commands whose first argument is text that a writer writes. */
const proseCommands = new Set(
  `emph textbf textit textsl textsc textsf textrm underline footnote caption marginpar thanks text mbox enquote
   sidenote todo captionof parbox`.split(/\s+/u),
);
const keyCommands = /^(?:[a-zA-Z]*cite[a-zA-Z]*|[a-zA-Z]*ref|label|gls\w*|ac[a-z]*|bibitem|nocite)$/u;
const addressCommands = /^(?:url|href|path|includegraphics|input|include|bibliography|addbibresource)$/u;

function kinds(kind: ZoneKind, names: string): Record<string, ZoneKind> {
  return Object.fromEntries(names.split(' ').map((name) => [name, kind]));
}

function step(state: BlockState, text: string, start: number, end: number): BlockState {
  const line = text.slice(start, end);
  if (state.open !== undefined) return line.includes(state.open.close) ? closed(state) : state;
  if (!line.includes('\\') && !line.includes('$$')) return state;
  const code = line.replace(/(?<!\\)%.*$/u, '');
  if (/\\documentclass\b/u.test(code)) return opened(state, 'command', '\\begin{document}');
  const begin = /\\begin\{([a-zA-Z]+)(\*?)\}/u.exec(code);
  const kind = begin ? environments[begin[1]!] : undefined;
  if (begin && kind !== undefined) {
    const close = `\\end{${begin[1]}${begin[2]}}`;
    return code.includes(close) ? state : opened(state, kind, close);
  }
  if (inside(code, '\\[', '\\]')) return opened(state, 'math', '\\]');
  if ((code.split('$$').length - 1) % 2 === 1) return opened(state, 'math', '$$');
  const heading = /\\([a-z]+)\*?(?:\[[^\]]*\])?\{/u.exec(code);
  const level = heading ? headingLevels[heading[1]!] : undefined;
  return level === undefined ? state : withHeading(state, level, code);
}

function zone({ linePrefix, paragraphPrefix }: CaretLine, state: BlockState): ZoneKind {
  const { open } = state;
  if (open !== undefined && open.kind !== 'command' && open.kind !== 'tableCell') return open.kind;
  if (/(?<!\\)%/u.test(linePrefix)) return 'comment';
  if (/\\[a-zA-Z@]*\*?(?:\[[^\]]*)?$/u.test(linePrefix) && !/\\\\$/u.test(linePrefix)) return 'command';
  if (inside(paragraphPrefix, '\\(', '\\)') || inside(paragraphPrefix, '\\[', '\\]')) return 'math';
  if (inDollars(paragraphPrefix, false)) return 'math';
  const argument = openArgument(paragraphPrefix);
  if (argument !== undefined && argument !== 'prose') return argument;
  if (open !== undefined) return argument === 'prose' && open.kind === 'command' ? 'prose' : open.kind;
  if (endsInAddress(linePrefix)) return 'linkTarget';
  return /^\s*\\item\b/u.test(linePrefix) ? 'listItem' : 'prose';
}

/** The zone of the innermost command argument that is open at the end of `text`. */
function openArgument(text: string): ZoneKind | undefined {
  const braces: number[] = [];
  for (const { 0: brace, index } of text.matchAll(/(?<!\\)[{}]/gu)) {
    if (brace === '{') braces.push(index);
    else braces.pop();
  }
  const open = braces.at(-1);
  if (open === undefined) return undefined;
  const command = /\\([a-zA-Z]+)\*?(?:\[[^\]]*\])*(?:\{[^{}]*\})*$/u.exec(text.slice(0, open))?.[1];
  if (command === undefined) return undefined;
  if (command === 'href') return /\}$/u.test(text.slice(0, open)) ? 'prose' : 'linkTarget';
  if (keyCommands.test(command)) return 'citation';
  if (addressCommands.test(command)) return 'linkTarget';
  if (command in headingLevels) return 'heading';
  // An unknown command's argument is prose as soon as it reads like prose.
  return proseCommands.has(command) || /\S\s+\S+\s/u.test(text.slice(open + 1)) ? 'prose' : 'command';
}

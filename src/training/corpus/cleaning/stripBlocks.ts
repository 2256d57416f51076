import { readText } from '../../../text/readText.ts';
import { type BlockRule, blockRules, type LineContext, type LineVerdict } from './blockRules.ts';

/** Takes front matter and code out of a finished document, line by line. What stays is left as its author wrote it. */
export function stripBlocks(text: string, languageId: string, kinds: ReadonlySet<BlockRule['kind']>): string {
  if (kinds.size === 0) return text;
  if (readInBlocks.has(languageId)) return withoutBlocks(text, languageId, kinds);
  const rules = (blockRules[languageId] ?? []).filter(({ kind }) => kinds.has(kind));
  if (rules.length === 0) return text;
  const document = { contexts: lineContexts(text), rules, unclosed: new Set<BlockRule>() };
  const { contexts } = document;
  const kept: string[] = [];
  for (let i = 0; i < contexts.length; ) {
    const end = endOfBlockAt(document, i);
    kept.push(end === undefined ? contexts[i]!.line : ''); // what stood before and after a block stays apart
    i = end ?? i + 1;
  }
  return kept.join('\n');
}

/** Languages whose blocks are read as everywhere else. */
const readInBlocks = new Set(['markdown', 'mdx', 'quarto', 'rmd', 'restructuredtext']);

function withoutBlocks(text: string, languageId: string, kinds: ReadonlySet<BlockRule['kind']>): string {
  const kept: string[] = [];
  let next = 0;
  for (const { kind, start, end } of readText(text, languageId).blocks) {
    const isDropped =
      kind === 'frontMatter' ? kinds.has('frontMatter') : (kind === 'code' || kind === 'comment') && kinds.has('code');
    if (!isDropped) continue;
    kept.push(text.slice(next, start)); // the line end behind the block keeps what stands around it apart
    next = end;
  }
  return kept.join('') + text.slice(next);
}

interface ScannedDocument {
  readonly contexts: readonly LineContext[];
  readonly rules: readonly BlockRule[];
  /** rules whose closing line is nowhere below: no use to look for it again */
  readonly unclosed: Set<BlockRule>;
}

/** The line behind the block that begins at a line; undefined when none does. */
function endOfBlockAt({ contexts, rules, unclosed }: ScannedDocument, start: number): number | undefined {
  for (const rule of rules) {
    const judge = unclosed.has(rule) ? undefined : rule.opens(contexts[start]!);
    if (judge === undefined) continue;
    const end = endOfBlock(contexts, start, judge);
    if (end !== undefined || !rule.needsClosing) return end ?? contexts.length;
    unclosed.add(rule);
  }
  return undefined;
}

/** The line after the block; undefined when no line ends it. */
function endOfBlock(
  contexts: readonly LineContext[],
  start: number,
  judge: (context: LineContext) => LineVerdict,
): number | undefined {
  for (let i = start + 1; i < contexts.length; i++) {
    const verdict = judge(contexts[i]!);
    if (verdict === 'last') return i + 1;
    if (verdict === 'beyond') return i;
  }
  return undefined;
}

const lineContexts = (text: string): LineContext[] => text.split('\n').map((line, number) => ({ line, number }));

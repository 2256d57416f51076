import { type BlockRule, blockRules, type LineContext, type LineVerdict, listItem } from './blockRules.ts';

/** Takes front matter and code out of a finished document, line by line. What stays is left as its author wrote it. */
export function stripBlocks(text: string, languageId: string, kinds: ReadonlySet<BlockRule['kind']>): string {
  const rules = (blockRules[languageId] ?? []).filter(({ kind }) => kinds.has(kind));
  if (rules.length === 0) return text;
  const document = { contexts: lineContexts(text), rules, unclosed: new Set<BlockRule>() };
  const { contexts } = document;
  const kept: string[] = [];
  for (let i = 0; i < contexts.length; ) {
    const block = blockAt(document, i);
    if (block === undefined) kept.push(contexts[i]!.line);
    else if (block.keepsOpening) kept.push(contexts[i]!.line, '');
    else kept.push(''); // what stood before and after the block stays apart
    i = block?.end ?? i + 1;
  }
  return kept.join('\n');
}

interface ScannedDocument {
  readonly contexts: readonly LineContext[];
  readonly rules: readonly BlockRule[];
  /** rules whose closing line is nowhere below: no use to look for it again */
  readonly unclosed: Set<BlockRule>;
}

/** The block that begins at a line, up to but without line `end`. */
function blockAt(
  { contexts, rules, unclosed }: ScannedDocument,
  start: number,
): { end: number; keepsOpening: boolean } | undefined {
  for (const rule of rules) {
    const judge = unclosed.has(rule) ? undefined : rule.opens(contexts[start]!);
    if (judge === undefined) continue;
    const end = endOfBlock(contexts, start, judge);
    const keepsOpening = rule.keepsOpening ?? false;
    if (end !== undefined || !rule.needsClosing) return { end: end ?? contexts.length, keepsOpening };
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

function lineContexts(text: string): LineContext[] {
  let previous = '';
  let anchor = '';
  return text.split('\n').map((line, number) => {
    const context = { line, indent: indentation(line), number, previous, anchor };
    previous = line;
    if (/^\S/u.test(line) || listItem.test(line)) anchor = line;
    return context;
  });
}

function indentation(line: string): number {
  let columns = 0;
  for (const character of line) {
    if (character === ' ') columns += 1;
    else if (character === '\t') columns += 4;
    else break;
  }
  return columns;
}

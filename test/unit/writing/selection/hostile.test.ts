import { expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import { runAction } from '../../../../src/writing/selection/runAction.ts';
import type { ActionId } from '../../../../src/writing/selection/selectionAction.ts';
import { ScriptedEngine } from './scriptedEngine.ts';

const size = 20_000;
const times = (unit: string) => unit.repeat(Math.ceil(size / unit.length));

/** Each is twenty thousand characters of what some rule looks for: work that grew with their square would not end here. */
const texts: readonly (readonly [ActionId, string, string])[] = [
  ['shorten', 'markdown', times('`')],
  ['summarize', 'markdown', times(':|')],
  ['summarize', 'markdown', times('## Part\n\nThe part tells of the weather and of birds.\n\n')],
  ['fix', 'markdown', times('\t')],
  ['fix', 'markdown', `word${times('\t')}x he have`],
  ['fix', 'markdown', `word. ${times(' ')}\n${times(' ')}x he have`],
  ['fix', 'plaintext', `in ${times(' ')}march`],
  ['fix', 'markdown', times('e\u0301')],
  ['fix', 'markdown', times('1,')],
  ['fix', 'markdown', times('.,;')],
  ['title', 'markdown', `# a${times(' ')}b\n\nThe text is here, and it is long enough to have a title.`],
  ['shorten', 'markdown', times('(a b ')],
  ['shorten', 'markdown', times('The cat sat on the mat again. ')],
  ['simplify', 'plaintext', times(`in${' '.repeat(100)}`)],
  ['formal', 'plaintext', `we ${times(' ')}gotta go`],
  ['bullets', 'markdown', `a: ${times('b, ')}`],
  ['bullets', 'markdown', times('One. ')],
  ['table', 'markdown', times('a, "b, c", d\n')],
  ['table', 'markdown', `${times('"')}\n${times('"')}`],
  ['prose', 'markdown', times('- a\n')],
  ['fix', 'latex', times('\\cite[')],
  ['fix', 'html', times('<a ')],
  ['fix', 'restructuredtext', times('*a ')],
  ['commitMessage', 'diff', `diff --git ${times('a ')}`],
];

test.each(texts)('%s in %s ends: %.30j', async (action, languageId, text) => {
  const engine = Object.assign(new ScriptedEngine(), { knownParameters: () => 135e6 });
  const outcome = await runAction({ action, languageId, text }, engine, CancellationToken.None);
  expect(['proposal', 'none']).toContain(outcome.kind);
});

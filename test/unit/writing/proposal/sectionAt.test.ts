import { expect, test } from 'vitest';
import { sectionAt } from '../../../../src/writing/proposal/targets.ts';

/** The section at `|`, drawn as `«…»`, and its title. */
function drawn(marked: string): [string, string] | undefined {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const section = sectionAt({ text, languageId: text.startsWith('\\') ? 'latex' : 'markdown' }, offset);
  if (!section) return undefined;
  const { start, end, title } = section;
  return [`${text.slice(0, start)}«${text.slice(start, end)}»${text.slice(end)}`, title];
}

test.each<[string, [string, string] | undefined]>([
  ['No heading| at all.', undefined],
  ['Intro|.\n# A\na\n', ['«Intro.\n»# A\na\n', '']],
  ['# A\na|\n# B\nb\n', ['«# A\na\n»# B\nb\n', 'A']],
  ['# A\na\n## A1\na1\n# B|\nb\n', ['# A\na\n## A1\na1\n«# B\nb\n»', 'B']],
  ['# A\na|\n## A1\na1\n# B\nb\n', ['«# A\na\n## A1\na1\n»# B\nb\n', 'A']], // with the sections below it
  ['# A\n## A1 ##\na1|\n### A1a\n## A2\n', ['# A\n«## A1 ##\na1\n### A1a\n»## A2\n', 'A1']],
  ['A\n===\na|\n\nB\n---\nb\n\nC\n===\n', ['«A\n===\na\n\nB\n---\nb\n\n»C\n===\n', 'A']],
  ['\\section{One}\r\na|\r\n\\section{Two}\r\n', ['«\\section{One}\r\na\r\n»\\section{Two}\r\n', 'One']],
  ['\\section{One}\\label{one}\na|\n', ['«\\section{One}\\label{one}\na\n»', 'One']],
  ['# A\n```\n# no heading|\n```\n# B\n', ['«# A\n```\n# no heading\n```\n»# B\n', 'A']],
])('%j', (marked, expected) => expect(drawn(marked)).toEqual(expected));

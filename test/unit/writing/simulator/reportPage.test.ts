import { parseDocument } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { formatMessage } from '../../../../src/protocol/formatMessage.ts';
import { html } from '../../../../src/writing/simulator/html.ts';
import {
  type ReportConditions,
  type ReportLanguage,
  reportPage,
} from '../../../../src/writing/simulator/reportPage.ts';
import { englishGroupNames, englishReportTexts } from '../../../../src/writing/simulator/reportTexts.ts';
import { ShownSuggestions } from '../../../../src/writing/simulator/shownSuggestions.ts';
import { simulate } from '../../../../src/writing/simulator/simulation.ts';
import { ScriptedGenerator } from '../support/scriptedGenerator.ts';

const english: ReportLanguage = {
  tag: 'en',
  say: (text, ...parts) => formatMessage(englishReportTexts[text], parts),
  nameOf: (group) => englishGroupNames[group],
};

interface Typed {
  readonly path?: string;
  /** stands before and after what is suggested */
  readonly around?: string;
  readonly model?: string;
  readonly conditions?: Partial<ReportConditions>;
}

/** The page of a text in which one suggestion is right and one is wrong. */
async function pageOf({ path = '/tales/a.md', around = '', model = 'tiny', conditions }: Typed = {}): Promise<string> {
  const texts = [
    {
      path,
      languageId: 'plaintext',
      text: `Once upon a time there was a king.\n\nHe ${around}had a mill ${around}.\n`,
    },
  ];
  const generator = new ScriptedGenerator((prompt) => {
    if (prompt.endsWith('a time th')) return ['ere', ' was', ' the', around];
    if (prompt.endsWith('had a m')) return ['ountain', around];
    return [[' nothing', 0.01]];
  });
  const shown = new ShownSuggestions(texts, 1);
  const report = await simulate(generator, texts, {
    policy: 'gated',
    seed: 1,
    stopwatch: { now: () => 0 },
    onCaret: (caret) => shown.add(caret),
  });
  const usual = { policy: 'gated', midLine: false, slips: 0.03, ownFiles: 3 } as const;
  return reportPage({ report, shown, model, conditions: { ...usual, ...conditions } }, english);
}

type Node = ReturnType<typeof parseDocument>['children'][number];

const nodesOf = (nodes: readonly Node[]): Node[] =>
  nodes.flatMap((node) => [node, ...('children' in node ? nodesOf(node.children) : [])]);

/** Names of elements and attributes, in their order. */
const shapeOf = (page: string): string[] =>
  nodesOf(parseDocument(page).children).flatMap((node) =>
    'attribs' in node ? [`${node.name} ${Object.keys(node.attribs).join(' ')}`] : [],
  );

const textOf = (page: string): string =>
  nodesOf(parseDocument(page).children)
    .map((node) => ('data' in node ? node.data : ''))
    .join('');

test('a page says the figures, and shows what was right and what was not', async () => {
  const page = await pageOf();
  const text = textOf(page);
  expect(text).toMatch(/1 of 2 suggestions began with the very word that came next/);
  expect(text).toMatch(/3% of the letters were mistyped/);
  expect(text).toMatch(/Other files whose words were known: 3/);
  expect(page).toContain('Once upon a time th<ins>ere was </ins><del>the</del>');
  expect(page).toContain('had a m<del>ountain</del>');
  expect(text).toMatch(/\/tales\/a\.md, line 3/);
  expect(text).toMatch(/inside a word/);
});

test.each<[Partial<ReportConditions>, RegExp | undefined, RegExp | undefined]>([
  [{}, undefined, /adapter|server|settings held/],
  [{ showing: ['calm'] }, /Your own settings of suggestions held\. How often they are shown: calm\./, /adapter|server/],
  [{ showing: ['calm', 'eager'] }, /shown: calm, eager\./, undefined],
  [{ adapter: { name: 'my-voice', isRefused: false } }, /ran with the adapter “my-voice”/, /could not be used/],
  [{ adapter: { name: 'my-voice', isRefused: true } }, /“my-voice” could not be used/, /ran with the adapter/],
  [{ adapter: undefined }, undefined, /adapter/],
  [{ hasServer: true }, /Nothing was sent to it/, /adapter/],
  [{ hasServer: false }, undefined, /server/],
  [{ ownFiles: undefined }, undefined, /words were known/],
  [{ ownFiles: 0 }, /words were known: 0/, undefined],
])('a page says what was in force: %j', async (conditions, says, doesNotSay) => {
  const text = textOf(await pageOf({ conditions }));
  if (says) expect(text).toMatch(says);
  if (doesNotSay) expect(text).not.toMatch(doesNotSay);
});

test('a page loads nothing and runs nothing', async () => {
  const page = await pageOf();
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(shapeOf(page).filter((name) => /^(?:script|link|img|iframe|object|embed|base|form|a) /u.test(name))).toEqual(
    [],
  );
  expect(page).not.toMatch(/https?:|url\(|@import|\bsrc=|\bon\w+=/u);
});

const hostile = [
  '<script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  '</style><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onload='alert(1)",
  '<!-- ',
  '--> <b>',
  ']]><svg/onload=alert(1)>',
  '&lt;script&gt;',
  '&#60;script&#62;',
  '&amp;amp;',
  '</bdi></li></ul></main>',
  '</html>',
  '<base href=//evil>',
  '<meta http-equiv=refresh content=0>',
  '{0} {1} {999}',
  '$' + '{alert(1)}',
  "$& $1 $` $'",
  'a\u0000b\u0007c\u001bd\u0085e',
  'a\ud800b',
  'a\udc00b',
  '\u202eevil\u202c \u2066x',
  '<\u0000script>',
  '=HYPERLINK("x")',
  'javascript:alert(1)',
];

describe('what comes from files is text', () => {
  test.each(hostile)('%j', async (text) => {
    const visible = text.replaceAll(/\p{Cc}|\p{Cs}/gu, '\uFFFD');
    const plain = await pageOf({ around: 'x' });
    const inText = await pageOf({ around: text });
    const inPath = await pageOf({ path: `/tales/${text}.md` });
    const inModel = await pageOf({ model: text });
    expect(shapeOf(inModel)).toEqual(shapeOf(await pageOf()));
    expect(shapeOf(inPath)).toEqual(shapeOf(await pageOf()));
    const known = shapeOf(plain);
    expect(shapeOf(inText).filter((name) => !known.includes(name))).toEqual([]);
    for (const page of [inText, inPath, inModel]) {
      expect(page).not.toMatch(/<(?:script|img|b|base)\b|\p{Cs}|(?!\n)\p{Cc}/u);
      expect(textOf(page)).toContain(visible);
    }
  });
});

test('numbers, texts and pieces of a page are told apart', () => {
  expect(html`<i title="${'"'}">${'<'}${1}${html`<b>${'&'}</b>`}${[html`<u></u>`]}</i>`.source).toBe(
    '<i title="&quot;">&lt;1<b>&amp;</b><u></u></i>',
  );
});

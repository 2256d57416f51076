// Mails and notes that are typed in a hurry: no capitals, no full stops, lines broken by hand.
import { describe, expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import { readText } from '../../../../src/text/readText.ts';
import { answersTo } from '../../../../src/writing/selection/asking/answers.ts';
import { runAction } from '../../../../src/writing/selection/runAction.ts';
import type { ActionRequest } from '../../../../src/writing/selection/selectionAction.ts';
import { extractiveSummary } from '../../../../src/writing/selection/summary/extractiveSummary.ts';
import { brokenLines, noteLines } from '../../../../src/writing/selection/text/looseText.ts';
import { proseSentences } from '../../../../src/writing/selection/text/reading.ts';
import { ScriptedEngine } from './scriptedEngine.ts';

const sentencesIn = (text: string, languageId = 'markdown'): string[] =>
  proseSentences(readText(text, languageId)).map(({ start, end }) => text.slice(start, end));

async function made(request: Partial<ActionRequest> & Pick<ActionRequest, 'action' | 'text'>): Promise<string> {
  const engine = Object.assign(new ScriptedEngine(), { knownParameters: () => 135e6 });
  const outcome = await runAction({ languageId: 'markdown', ...request }, engine, CancellationToken.None);
  if (outcome.kind !== 'proposal') return outcome.kind;
  expect(outcome.lost).toEqual([]);
  expect(outcome.checks.filter(({ passed }) => !passed)).toEqual([]);
  return outcome.text;
}

const minutes = `minutes 14 may, present: ana, kofi, jürgen
budget: kofi presented the figures, we are 4% over
the heating costs are the main reason
decided to postpone the new chairs until autumn
jürgen asks for a larger font, ana will change it by 20 may
next meeting 11 june, 6 pm, at kofi's place
`;

describe('sentences in small letters', () => {
  test.each<[text: string, count: number]>([
    ['i saw the slides. they look good. can you send them?', 3],
    ['sorry for that! i was away. it rained.\n\nsee you soon. bring a coat.', 5],
    ['it takes approx. ten minutes. we should leave at 5 p.m. on monday. ok?', 3],
    ['we met dr. webb. she liked it, e.g. the roof. the rest, etc. and so on, was fine.', 3],
    ['ich war krank. morgen bin ich da. kannst du kommen?', 3],
    ['je suis là. on commence. tu viens ?', 3],
    // capitals tell where sentences begin
    ['He said e.g. that. and this etc. and more went on.', 1],
    ['I use node.js. it is fast, approx. ten times. The rest is slow. We wait. It rains.', 4],
    ['The iPhone was new. eBay had it. The price was high. It sold. They left.', 4],
    ['wait... what is this... never mind.', 1],
    ['one sentence without any end', 1],
    ['', 0],
  ])('%j', (text, count) => {
    expect(sentencesIn(text)).toHaveLength(count);
  });

  test('offsets and letters are those of the text', () => {
    expect(sentencesIn('straße frei. über ihr regnet es. ende gut.')).toEqual([
      'straße frei.',
      'über ihr regnet es.',
      'ende gut.',
    ]);
    expect(sentencesIn('es regnet. ŉ is two letters as a capital. ende gut.')).toHaveLength(2);
  });
});

describe('lines of notes', () => {
  test.each<[text: string, areNotes: boolean]>([
    [minutes.trim(), true],
    ['Roof is done\nWindows are missing, Li will call the firm\nNext visit in May', true],
    // prose that is wrapped at a width
    ['the heating costs are the main\nreason why the budget has gone over\nand nobody knows how to pay', false],
    ['It was late, and the long road\nto the north was empty, so we\nwent home', false],
    // verse
    ['The kettle sings,\nthe window weeps upon the sill,\nthe cat', false],
    ['one\ntwo words', false],
  ])('%j', (text, areNotes) => {
    expect(noteLines(text, { start: 0, end: text.length }) !== undefined).toBe(areNotes);
  });

  test('each is a sentence of its own, for summaries, questions and lists', async () => {
    const reading = readText(minutes, 'plaintext');
    expect(proseSentences(reading)).toHaveLength(6);
    const summary = await extractiveSummary(reading, 'bullets');
    expect(summary!.sentences.length).toBeGreaterThan(1);
    expect(summary!.text).not.toContain('minutes 14 may');
    expect(answersTo(reading, 'When is the next meeting?').map(({ text }) => text)).toEqual([
      "next meeting 11 june, 6 pm, at kofi's place",
    ]);
    expect((await made({ action: 'bullets', text: minutes, languageId: 'plaintext' })).split('\n- ')).toHaveLength(6);
  });

  test('a text with whole sentences quotes no label or caption', async () => {
    const text = `Author: Webb and sons\nVersion: one of many\nLicence: as it is here\n\n${'The roof of the house is old. It was built by two brothers. Nobody has repaired it since. '.repeat(2)}`;
    const summary = await extractiveSummary(readText(text, 'markdown'), 'paragraph');
    expect(summary!.text).not.toMatch(/Author|Version|Licence/u);
  });

  test('a mail in small letters is summarized and becomes a list', async () => {
    const text =
      'hey all\n\nsorry for the late reply, i was away over the weekend. i had a look at the slides and i think they look pretty good. maybe we could drop the part about the budget, nobody will ask about it. the font on slide seven is too small.\n\nben\n';
    expect(await made({ action: 'summarize', text })).toContain('slides');
    expect((await made({ action: 'bullets', text })).match(/^- /gmu)).toHaveLength(4);
  });
});

describe('a paragraph that was laid out by breaks', () => {
  const lines = '<p>Flour: 500 g<br>\nWater: 350 ml<br/>\nSalt: 10 g<BR />\nYeast: 3 g</p>';
  const points = ['Flour: 500 g', 'Water: 350 ml', 'Salt: 10 g', 'Yeast: 3 g'];

  test('becomes points without them', async () => {
    const list = points.map((point) => `<li>${point}</li>`).join('\n');
    expect(await made({ action: 'bullets', text: lines, languageId: 'html' })).toBe(`<ul>\n${list}\n</ul>`);
    expect(await made({ action: 'numbered', text: lines, languageId: 'html' })).toBe(`<ol>\n${list}\n</ol>`);
    const sentences = '<p>We open at nine.<br>\nWe close at six.<br><br>\nOn Sundays<br>we rest.</p>';
    expect(await made({ action: 'bullets', text: sentences, languageId: 'html' })).toBe(
      '<ul>\n<li>We open at nine.</li>\n<li>We close at six.</li>\n<li>On Sundays<br>we rest.</li>\n</ul>',
    );
  });

  test('becomes cells without them', async () => {
    const table = await made({ action: 'table', text: lines, languageId: 'html' });
    expect(table).toContain('<tr><td>Flour</td><td>500 g</td></tr>');
    expect(table).not.toMatch(/<br/iu);
  });

  test('in Markdown two blanks or a backslash break a line, too', async () => {
    const text = 'Flour of the old mill  \nWater of the well  \nSalt, a little of it';
    expect(await made({ action: 'bullets', text })).toBe(
      '- Flour of the old mill\n- Water of the well\n- Salt, a little of it',
    );
    expect(await made({ action: 'bullets', text: text.replaceAll('  \n', '\\\n') })).toContain('- Water of the well\n');
  });

  test('is quoted without them', async () => {
    const text = '<p>We open at nine on all days of the week.<br>\nOn Saturdays we close at noon.<br></p>';
    const [answer] = answersTo(readText(text, 'html'), 'When do you close on Saturdays?');
    expect(answer!.text).toBe('On Saturdays we close at noon.');
  });
});

const sections = (heading: (title: string) => string, end = '') =>
  `${heading('Bread')}\nThe bakery on Mill Street bakes bread for the valley. The oven is heated with beech wood for six hours.\n\n${heading('Flour')}\nAll flour comes from two farms that grow old rye. The farms lie above the village.\n${end}`;

test.each<[languageId: string, text: string, point: RegExp]>([
  ['markdown', sections((title) => `# ${title}\n`), /^- /u],
  ['asciidoc', sections((title) => `== ${title}\n`), /^\* /u],
  ['restructuredtext', sections((title) => `${title}\n${'='.repeat(title.length)}\n`), /^- /u],
  ['org', sections((title) => `* ${title}`), /^- /u],
  ['typst', sections((title) => `= ${title}\n`), /^- /u],
  ['latex', sections((title) => `\\section{${title}}`), /^\\begin\{itemize\}\n {2}\\item /u],
  [
    'html',
    '<h2>Bread</h2>\n<p>The bakery on Mill Street bakes bread for the valley. The oven is heated with beech wood.</p>\n<h2>Flour</h2>\n<p>All flour comes from two farms that grow old rye. The farms lie above the village.</p>',
    /^<ul>\n<li>/u,
  ],
])('a summary in points and an outline are offered in %s', async (languageId, text, point) => {
  expect(await made({ action: 'summarize', text, languageId, form: 'bullets' })).toMatch(point);
  expect(await made({ action: 'summarize', text, languageId, form: 'outline' })).toMatch(point);
});

test('one sentence is told by the rules of its language', async () => {
  const text =
    'Vielen Dank für Ihre Nachricht. Wir schlagen Ihnen den 27. Mai um 9 Uhr vor. Die Reparatur am 3. Juni dauert zwei Stunden.';
  expect(await made({ action: 'summarize', text, form: 'sentence', textLanguage: 'de' })).toMatch(/Mai|Juni/u);
});

test('a paragraph of 300,000 lines is cut into them', () => {
  const text = 'call the office\n'.repeat(300_000);
  expect(brokenLines(text, { start: 0, end: text.length })).toHaveLength(300_000);
});

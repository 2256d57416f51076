import { expect, test } from 'vitest';
import { extractiveSummary, keyTerms } from '../../../../src/writing/selection/summary/extractiveSummary.ts';
import { keyPhrases, titlePhrases } from '../../../../src/writing/selection/summary/keyPhrases.ts';
import { passagesAbout } from '../../../../src/writing/selection/summary/passages.ts';
import { sectionsOf } from '../../../../src/writing/selection/summary/sections.ts';
import { leansOnPrevious, linkShare, speaksOfItself } from '../../../../src/writing/selection/summary/sentenceCues.ts';
import { contentStems } from '../../../../src/writing/selection/text/contentWords.ts';
import { reading } from './inMarkdown.ts';

const text = `# The bakery

The bakery on Mill Street has baked bread for the whole valley since 1921. It belongs to the same family. The building is old.
People know it well. Some say that the bread tastes of smoke. This may be true.

## The oven

The brick oven is heated with beech wood for six hours before the first loaf goes in. The oven has never been repaired.
It stands in the cellar. Nobody is allowed to touch it. The stones came from a quarry nearby.

## The flour

All flour comes from two farms that grow old varieties of rye and wheat without sprays. The farms lie uphill.
The flour is ground every week. However, the mill is loud. It shakes the house.
`;

test('a summary quotes, covers all sections and leaves out what leans on other sentences', async () => {
  const summary = (await extractiveSummary(reading(text), 'paragraph'))!;
  for (const { start, end, text: sentence } of summary.sentences) {
    expect(text.slice(start, end).replace(/\s+/gu, ' ')).toBe(sentence);
    expect(sentence).not.toMatch(/^(?:This|However)\b/u); // what it leans on is not there
  }
  expect(summary.sentences[0]!.text).toContain('Mill Street');
  const terms = keyTerms(sectionsOf(reading(text)));
  const named = new Set(contentStems(summary.text));
  const lead = new Set(
    contentStems(
      'The bakery on Mill Street has baked bread for the whole valley since 1921. It belongs to the same family. The building is old.',
    ),
  );
  const covered = (words: ReadonlySet<string>) =>
    [...terms].reduce((sum, [stem, weight]) => sum + (words.has(stem) ? weight : 0), 0);
  expect(covered(named)).toBeGreaterThanOrEqual(covered(lead));
  const bullets = new Set(contentStems((await extractiveSummary(reading(text), 'bullets'))!.text));
  expect(covered(bullets)).toBeGreaterThan(covered(lead));
});

test('the line below the title counts as a sentence, a fragment elsewhere does not', async () => {
  const readme = `# knot\n\n> Ties ropes of any length with two hands\n\nIt knows forty knots. They are drawn in ink.\n\n## Use\n\nA caption without end\n\nTake a rope. Hold both ends. Pull them gently. Let go at last.\n`;
  const summary = (await extractiveSummary(reading(readme), 'paragraph'))!;
  expect(summary.text).toMatch(/^Ties ropes of any length with two hands\./);
  expect(
    sectionsOf(reading(readme)).flatMap(({ sentences }) => sentences.map((sentence) => sentence.text)),
  ).not.toContain('A caption without end');
});

test('the wording of a sentence tells its place in a summary', () => {
  expect(['This paper shows how.', 'In this guide you learn it.', 'Here we propose a way.'].every(speaksOfItself)).toBe(
    true,
  );
  expect(['This shows how.', 'The paper is white.'].some(speaksOfItself)).toBe(false);
  expect(['This shows how.', 'However, it rained.', 'They left.'].every(leansOnPrevious)).toBe(true);
  expect(['This paper shows how.', 'Therapy helps.'].some(leansOnPrevious)).toBe(false);
  expect(linkShare('See [the map](https://example.org/a/long/way/to/go).')).toBeGreaterThan(0.9);
  expect(linkShare('There is no link in this sentence.')).toBe(0);
});

test('each form has its shape', async () => {
  expect((await extractiveSummary(reading(text), 'sentence'))!.sentences).toHaveLength(1);
  const bullets = (await extractiveSummary(reading(text), 'bullets'))!.text.split('\n');
  expect(bullets.length).toBeGreaterThanOrEqual(3);
  expect(bullets.every((line) => line.startsWith('- '))).toBe(true);
  const outline = (await extractiveSummary(reading(text), 'outline'))!.text.split('\n');
  expect(outline.map((line) => /^\s*- \*\*(.+?)\*\*/u.exec(line)?.[1])).toEqual([
    'The bakery',
    'The oven',
    'The flour',
  ]);
  expect(outline[1]).toMatch(/^ {2}- /u);
});

test('nothing to quote, and being stopped', async () => {
  expect(await extractiveSummary(reading('```\ncode.\n```\n'), 'paragraph')).toBeUndefined();
  expect(await extractiveSummary(reading(text), 'paragraph', async () => false)).toBeUndefined();
});

test('sections follow the headings, and parts of even size where there are none', () => {
  expect(sectionsOf(reading(text)).map(({ title, level }) => [title, level])).toEqual([
    ['The bakery', 1],
    ['The oven', 2],
    ['The flour', 2],
  ]);
  const plain = Array.from({ length: 50 }, (_, i) => `Paragraph number ${i} stands here alone.`).join('\n\n');
  expect(sectionsOf(reading(plain)).length).toBeGreaterThan(3);
});

test('a question finds its sentences', () => {
  const check = (question: string, expected: string) =>
    expect(
      passagesAbout(reading(text), question)
        .map((sentence) => sentence.text)
        .join(' '),
    ).toContain(expected);
  check('How is the oven heated?', 'beech wood');
  check('Where does the flour come from?', 'two farms');
  expect(passagesAbout(reading(text), 'What about submarines?')).toEqual([]);
});

test('key phrases name what a text is about', () => {
  expect(
    keyPhrases(text)
      .slice(0, 8)
      .map((phrase) => phrase.text.toLowerCase())
      .join(' '),
  ).toMatch(/oven|bakery|flour/u);
  expect(titlePhrases(text)[0]).toMatch(/^\p{Lu}/u);
  expect(titlePhrases('')).toEqual([]);
});

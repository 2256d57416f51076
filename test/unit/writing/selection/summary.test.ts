import { expect, test } from 'vitest';
import { extractiveSummary, keyTerms } from '../../../../src/writing/selection/summary/extractiveSummary.ts';
import { keyPhrases, titlePhrases } from '../../../../src/writing/selection/summary/keyPhrases.ts';
import { passagesAbout } from '../../../../src/writing/selection/summary/passages.ts';
import { sectionsOf } from '../../../../src/writing/selection/summary/sections.ts';
import {
  beginsSmall,
  greets,
  isFormal,
  isFragment,
  isWhole,
  leansOnPrevious,
  linkShare,
  speaksOfItself,
} from '../../../../src/writing/selection/summary/sentenceCues.ts';
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

test('a sentence that needs another one is known by its beginning, in four languages', () => {
  for (const sentence of [
    'However, it rained.',
    'In contrast, nothing was lost.',
    'In the latter case, nobody pays.',
    'In either case the door is shut.',
    'For each, a list is kept.',
    'However, in this chapter the door stays shut.',
    'Therefore, in this report nothing is said of it.',
    'These came from the second maker.',
    'For example, a week in August is taken.',
    'As a result, the plan failed.',
    'The former was sold.',
    'The latter is cheaper.',
    'On the other hand, nobody came.',
    'Many of these are old.',
    'After that, the door was locked.',
    'If not, we have to wait.',
    '“You never asked,” he said at last.',
    '“Where is it?” asked she.',
    'In the end his patience ran out.',
    'Dies hat sich nie geändert.',
    'Allerdings wurde das Dach erneuert.',
    'Dadurch schmeckt das Brot kräftiger und ist haltbar.',
    'Er ist nicht gekommen.',
    'Cependant, le nombre de marchands diminue dans les villes.',
    'Cela coûtera 12 000 euros par an.',
    'Elle est revenue dans les Alpes.',
    '但是学生可以免费办理。',
    '因此，原定的读书会改期。',
    '这是因为读者提出要求。',
    '此外还有两个房间。',
    '它由三个部分组成。',
  ])
    expect.soft(leansOnPrevious(sentence), sentence).toBe(true);
  for (const sentence of [
    'This paper shows how.',
    'Therapy helps.',
    'There are two ways to do so.',
    'Thanksgiving is in November.',
    'Hereford lies in England.',
    'My grandfather drew a map of every garden that he worked in.',
    'The nurse took off her coat.',
    'Nobody had thought that he would come back.',
    'Webb will write to the insurance company.',
    'Items are sorted by date.',
    'The ship’s name is Heron.',
    'Die Bäckerei backt Brot.',
    'Dieses Kapitel beschreibt die Bäckerei.',
    'Jeden Samstag gibt es eine Führung.',
    'Es gibt drei Wege in das Tal.',
    'Le marché se tient chaque samedi sur la place.',
    'Ce document décrit les étapes.',
    'Il y a deux moulins dans la vallée.',
    'Une décision sera prise en juin.',
    '图书馆从五月一日起延长开放时间。',
    '这篇文章介绍如何安装。',
    '本章说明基本概念。',
    '也许明年会开放。',
  ])
    expect.soft(leansOnPrevious(sentence), sentence).toBe(false);
});

test('a sentence that means something said before further on needs it, too', () => {
  for (const sentence of [
    'Children may not play in the courtyard during this time.',
    'The office is closed during that period.',
    'Nobody was at home at that time.',
    'The pump does not start in that case.',
    'The keys had been lost before that.',
    'A licence is needed for this.',
    'Users cannot log in after that.',
    'The price of these tickets has gone up.',
    'The difference between this pragma and cache_size is small.',
    'A copy of this key is kept in the office.',
    'The bread was always gone on the next Friday.',
    'The whole family left the next day.',
    'Nothing has changed since then.',
    'Water drips from there.',
    'The engineers knew nothing about that.',
    'Everything can be repaired in this way.',
    'The screws are too long for this pump.',
    'Ms. Webb sold the house for that reason.',
    'The team had finished by then.',
    'The meeting was held the same evening.',
    'The roof is made of these.',
    'Guests should not enter without those.',
  ])
    expect.soft(leansOnPrevious(sentence), sentence).toBe(true);
  for (const sentence of [
    'The roof will be repaired this year.',
    'Sales fell in this quarter.',
    'The fee has doubled since this spring.',
    'Nothing else is needed for this course.',
    'Licences are listed in this document.',
    'The purpose of this document is to explain the rules.',
    'For each key, a list is kept.',
    'In the case of fire, leave the house.',
    'In this chapter you learn to read it.',
    'The pool is closed in May, and children may not play there during this time.',
    'Wait until the lamp is green, because the pump does not start before that.',
    'Bees can do two things at the same time.',
    'The council said that the bridge is old.',
    'The garden is the largest in this town.',
    'Everybody knows that pumps wear out.',
  ])
    expect.soft(leansOnPrevious(sentence), sentence).toBe(false);
});

test('what is cut, a greeting, a label or a formality is no summary', () => {
  for (const sentence of [
    '“We will repair the bridge.',
    'Nobody will pay more.”',
    'The plan (see the map is good.',
    'The plan is good).',
    'It said "no.',
    '「你好。',
    '（见下文。',
    '«Non.',
    'He called „nein.',
    'The book 《红楼梦 is long.',
  ])
    expect.soft(isWhole(sentence), sentence).toBe(false);
  for (const sentence of [
    '“No,” said Ruth.',
    'The plan (by Ruth) is good.',
    'Take 1) the key and 2) the map.',
    'It was fun :)',
    'He called „nein“ and left.',
    'It’s ours.',
    'Use `f(` to begin.',
    '他说：“好。”',
    '（见下文）完成。',
    'It said "no" twice.',
  ])
    expect.soft(isWhole(sentence), sentence).toBe(true);
  const check = (test: (sentence: string) => boolean, sentences: readonly string[], expected: boolean) => {
    for (const sentence of sentences) expect.soft(test(sentence), sentence).toBe(expected);
  };
  check(
    greets,
    [
      ...['Thanks for the quick answer.', 'Dear Ruth!', 'Best regards.', '你好！', 'Liebe Grüße.', 'Merci beaucoup.'],
      ...[
        'Hi Anna, hope you are well.',
        'Hello everybody, thanks for coming!',
        'Hola a todos.',
        'Vielen Dank für Ihre Nachricht.',
      ],
      ...["Can't wait to see the final version!", 'I look forward to hearing from you.', 'Looking forward to Friday!'],
      ...[
        'I hope you are well.',
        'Hope this helps.',
        'Please feel free to call.',
        'Have a nice weekend!',
        'See you soon.',
      ],
    ],
    true,
  );
  check(
    greets,
    [
      'High tide is at noon.',
      'Hi, I’ve got a problem with the pump.',
      'Hello Ben, the lift in our house is broken.',
      'Hello is what the program prints on the screen when it starts for the first time.',
    ],
    false,
  );
  check(
    (sentence) => isFragment(sentence) || beginsSmall(sentence),
    [
      'call the plumber (boiler!!)',
      'buy milk.',
      'Present: Ruiz, Tanaka, Webb.',
      'and so on.',
      'See also the story of Mel.',
      '| was submitted for distribution to the community.',
      'Siehe auch Anhang A.',
      '参见附录。',
    ],
    true,
  );
  check(
    isFragment,
    [
      'knot is a library.',
      'npm will install packages.',
      'Result: nothing changed.',
      'Seen from afar it is small.',
      'Seeing is believing.',
      'Call the plumber.',
    ],
    false,
  );
  check(
    (sentence) => isFormal(sentence, ''),
    ['This document is placed in the public domain.', 'This project is licensed under MIT.'],
    true,
  );
  expect(isFormal('We thank Ana.', 'Acknowledgements')).toBe(true);
  expect(isFormal('The license server must run.', 'Setting up')).toBe(false);
  check(speaksOfItself, ['This document does not say why.', 'This section is short.'], false);
});

test('summaries of many kinds of text read on their own', async () => {
  const mail = `Hi team,\n\nThanks for the quick turnaround yesterday. The customer has asked us to move the launch to 10 March. They want to add a second language before it goes live. Ana will update the plan on Monday. If not, we have to tell them this week. I have attached their letter.\n\nBest regards,\nTom`;
  const minutes = `# Minutes\n\nPresent: Ruiz, Tanaka, Webb\n\nThe roof survey is finished. It cost 900 euros. Webb will write to the insurance company. This was accepted without a vote. The next meeting is on 8 June in the small hall. The chair thanked all members.`;
  const story = `“You never asked,” he said at last. “I would have told you.” Old Henrik had never spoken of the war before. On Thursdays his niece brought soup in a blue can. The harbour froze in 1947. That was the winter in which the ferry sank. But he came back.`;
  for (const form of ['sentence', 'paragraph', 'bullets'] as const)
    for (const [name, document] of Object.entries({ mail, minutes, story, text })) {
      const { sentences } = (await extractiveSummary(reading(document), form))!;
      for (const [i, sentence] of sentences.entries()) {
        const before = i > 0 ? document.slice(sentences[i - 1]!.end, sentence.start) : 'more';
        const isNext = form !== 'bullets' && before.trim() === '';
        expect.soft(leansOnPrevious(sentence.text) && !isNext, `${name}, ${form}: ${sentence.text}`).toBe(false);
        expect.soft(isWhole(sentence.text) && !greets(sentence.text), sentence.text).toBe(true);
        expect.soft(sentence.text).not.toMatch(/Present:/u);
      }
    }
});

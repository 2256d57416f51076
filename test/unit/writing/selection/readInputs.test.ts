// Kinds of faults that inputs of 31 texts and 250 single ones showed (docs/lab/actions.md), each with what is right beside it.
import { expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import { intentOf } from '../../../../src/writing/selection/intent.ts';
import { commitMessageOf } from '../../../../src/writing/selection/rules/commitSubject.ts';
import {
  formalWording,
  friendlyWording,
  plainWording,
  tightWording,
} from '../../../../src/writing/selection/rules/wordingRules.ts';
import { runAction } from '../../../../src/writing/selection/runAction.ts';
import type { ActionRequest } from '../../../../src/writing/selection/selectionAction.ts';
import { leansOnPrevious } from '../../../../src/writing/selection/summary/sentenceCues.ts';
import { inMarkdown } from './inMarkdown.ts';
import { ScriptedEngine } from './scriptedEngine.ts';

const wordings = {
  formal: inMarkdown(formalWording),
  friendly: inMarkdown(friendlyWording),
  simplify: inMarkdown(plainWording),
  shorten: inMarkdown(tightWording),
};

test.each<[action: keyof typeof wordings, text: string, expected?: string]>([
  // who writes, and to whom
  ['friendly', 'Write to the undersigned.', 'Write to me.'],
  ['friendly', 'Please contact the undersigned, or call.', 'Please contact me, or call.'],
  ['friendly', 'The undersigned will pay.', "I'll pay."],
  ['friendly', 'The undersigned members object.'],
  ['friendly', 'A copy was sent to the undersigned lawyers.'],
  ['friendly', 'The undersigned were present.'],
  ['friendly', 'The undersigned has read it.'],
  // a question ends as one
  ['friendly', 'I would be grateful if you could reply.', 'Could you please reply?'],
  ['friendly', 'Could you please call. It rains, therefore, a lot.'],
  // who has to, and what is needed
  ['friendly', 'Residents are required to sign.', 'Residents have to sign.'],
  ['simplify', 'You are required to pay.', 'You must pay.'],
  ['simplify', 'A key is required to open it.'],
  ['friendly', 'A permit is required to enter.'],
  ['friendly', 'You were **not** required to register.'],
  ['simplify', 'He was required to leave.'],
  ['friendly', 'They were requested to leave.'],
  ['friendly', 'Guests request to see it.'],
  // part of something
  ['shorten', 'The houses, a large number of which were old, fell.', 'The houses, many of which were old, fell.'],
  [
    'shorten',
    'The questions, the majority of which were easy, helped.',
    'The questions, most of which were easy, helped.',
  ],
  ['shorten', 'A great deal of it was lost.', 'Much of it was lost.'],
  ['formal', 'They have lots of it.'],
  ['formal', 'They have lots of the money.'],
  ['formal', 'There is lots of that about.'],
  ['formal', 'We saw lots of them.', 'We saw many of them.'],
  ['formal', 'We saw lots of our friends.', 'We saw many of our friends.'],
  ['shorten', 'A large number of people came.', 'Many people came.'],
  // where the short word would mean something else
  ['shorten', 'We meet on a daily basis.', 'We meet daily.'],
  ['shorten', 'On a daily basis things change.'],
  ['shorten', 'In winter, on a weekly basis, trips start.'],
  ['shorten', 'At the present moment in time, we wait.', 'Now, we wait.'],
  ['shorten', 'He literally translated it.'],
  ['shorten', 'Whether or not it rains, we go.'],
  ['shorten', 'He pays whether or not you come.'],
  ['shorten', 'We do not know whether or not it works.', 'We do not know whether it works.'],
  ['simplify', 'Whether or not it rains, we go.'],
  ['simplify', 'It depends on whether or not he comes.', 'It depends on whether he comes.'],
  ['shorten', 'He stayed for a period of ten years.', 'He stayed for ten years.'],
  ['shorten', 'Within a period of six months it failed.', 'Within six months it failed.'],
  ['shorten', 'They wore black for a period of mourning.'],
  ['shorten', 'It stood empty for a period of time.', 'It stood empty for some time.'],
  // what has no long form, and capitals
  ['formal', "It don't matter.", 'It does not matter.'],
  ['formal', "These don't work.", 'These do not work.'],
  ['formal', "Keys that don't fit are kept.", 'Keys that do not fit are kept.'],
  ['formal', "We keep those that don't help, and this we know.", 'We keep those that do not help, and this we know.'],
  ['formal', "That don't help.", 'That does not help.'],
  [
    'formal',
    "hi, i'm in. it cost £5 (not more). we wait on the 3rd. the rest is up to us. it's late.",
    'Hello, I am in. It cost £5 (not more). We wait on the 3rd. The rest is up to us. It is late.',
  ],
  ['formal', "hi, we know it. npm can't do it.", 'Hello, we know it. npm cannot do it.'],
  // one of them does not `do not`; names that begin small where the text minds capitals
  ['formal', "The other team don't want it."],
  ['formal', "Big talk don't help, they say."],
  ['formal', "The cat and the dog don't like it.", 'The cat and the dog do not like it.'],
  ['formal', "Most people don't care.", 'Most people do not care.'],
  ['formal', "We can't wait. pandas is slow. It sorts.", 'We cannot wait. pandas is slow. It sorts.'],
  ['formal', "It isn't right. apt-get fails. The rest is here.", 'It is not right. apt-get fails. The rest is here.'],
  ['formal', "We can't do it. it's late. It rains.", 'We cannot do it. It is late. It rains.'],
  ['formal', "we can't wait. pandas is slow. it sorts.", 'We cannot wait. Pandas is slow. It sorts.'],
  // words that the tables take for others
  ['simplify', 'Then the two additional fields are added.'],
  ['simplify', 'The supporting additional functions are here.'],
  ['simplify', 'It contains additional fields.', 'It contains more fields.'],
  ['simplify', 'He had come upon her knight.'],
  ['simplify', 'They have stopped regarding the team as another name.'],
  ['simplify', 'We use a policy with respect to the state.'],
  ['simplify', 'You can get information with respect to rights.', 'You can get information about rights.'],
  ['simplify', 'But the attempt itself produced a number of works.'],
  ['simplify', 'We will attempt to do it.', 'We will try to do it.'],
  ['simplify', 'The state requires hunters and drivers to have a licence.'],
  ['simplify', 'It would require employers to separate the two.'],
  ['simplify', 'This assumes or requires that packets are handled.'],
  ['simplify', 'The regulations require the inscription of each person.'],
  ['simplify', 'The server requires a disk.', 'The server needs a disk.'],
  ['friendly', 'You must ensure a fresh start.'],
  ['friendly', 'It may ensure her the house in town.'],
  ['friendly', 'You must ensure that it starts.', 'You must make sure that it starts.'],
  ['friendly', 'Please ensure you have a ticket.', 'Please make sure you have a ticket.'],
  ['friendly', 'I thank you for the kindness.'],
  ['friendly', 'Thank you for your letter.', 'Thanks for your letter.'],
  ['friendly', 'He requested the clerk to provide a list.'],
  ['friendly', 'He requested a list.', 'He asked for a list.'],
  ['friendly', 'He, who at present lived with him, was old.'],
  ['formal', "We can't see the U. S. from here.", 'We cannot see the U. S. from here.'],
  ['formal', "can u send it? we don't have it.", 'Could you send it? We do not have it.'],
  ['formal', "It isn't hi number 5.", 'It is not hi number 5.'],
  ['formal', "Hi Ann, I can't come.", 'Hello Ann, I cannot come.'],
  ['formal', "hey, i can't come", 'Hello, I cannot come'],
  ['formal', "You're asking for trouble.", 'You are asking for trouble.'],
  ['formal', "I'm going to find out more.", 'I am going to find out more.'],
  [
    'formal',
    "I can't use the println! macro here. It isn't so.",
    'I cannot use the println! macro here. It is not so.',
  ],
  // a thing that is required for something is needed for it
  ['simplify', 'The tools required to build it are here.', 'The tools needed to build it are here.'],
  ['friendly', 'It has the packages required to run.', 'It has the packages needed to run.'],
  ['simplify', 'You may be required to leave the room.'],
  ['simplify', 'Residents required to leave may come back.'],
  ['simplify', 'We must decide whether or not to go.', 'We must decide whether to go.'],
  ['simplify', 'He described whether or not it worked.', 'He described whether it worked.'],
])('%s: %s', (action, text, expected = text) => {
  expect(wordings[action](text)).toBe(expected);
});

async function made(request: Pick<ActionRequest, 'action' | 'text'> & Partial<ActionRequest>): Promise<string> {
  const engine = Object.assign(new ScriptedEngine(), { knownParameters: () => 135e6 });
  const outcome = await runAction({ languageId: 'markdown', ...request }, engine, CancellationToken.None);
  if (outcome.kind !== 'proposal') return outcome.kind;
  expect(outcome.lost).toEqual([]);
  return outcome.text;
}

const stanza =
  'He stands where the river forgets to run,\none leg in the water, the other in none,\nand waits till the';
const daffodils =
  "I wandered lonely as a cloud\nThat floats on high o'er vales and hills,\nWhen all at once I saw a crowd,\nA host, of golden daffodils;";

test.each<[text: string, expected: string]>([
  // verse is no list
  [`${stanza} morning has gone\nfor something that moves like a thought passed on.`, 'none'],
  [daffodils, 'none'],
  ['Two roads, one map,\nno signal, rain.\nYou said turn left.\nYou say it again.', 'none'],
  [
    'The fog comes\non little cat feet.\n\nIt sits looking\nover harbor and city\non silent haunches\nand then moves on.',
    'none',
  ],
  ['So much depends\nupon a red wheel barrow\nglazed with rain\nbeside the white chickens.', 'none'],
  // lists without marks are, and so is wrapped prose
  ['Call the bank.\nWrite to Ann.\nPay the bill.', '- Call the bank.\n- Write to Ann.\n- Pay the bill.'],
  [
    '2 kg apples,\n1 kg of pears,\n3 red onions,\nsome bread',
    '- 2 kg apples,\n- 1 kg of pears,\n- 3 red onions,\n- some bread',
  ],
  ['Buy milk\nCall Ann, then Bob\nFix the tap – ask Li', '- Buy milk\n- Call Ann, then Bob\n- Fix the tap – ask Li'],
  [
    'The meeting was short because\nthe chair was ill. We agreed\non the budget, and on the date\nof the next meeting. Tom will\nwrite to the council.',
    '- The meeting was short because the chair was ill.\n- We agreed on the budget, and on the date of the next meeting.\n- Tom will write to the council.',
  ],
  // whom a letter speaks to, and what stands below it
  ['To whom it may concern,\n\nIt rains. We wait.', 'To whom it may concern,\n\n- It rains.\n- We wait.'],
  [
    'Sehr geehrte Frau Dr. Lind,\n\nes regnet. Wir warten.',
    'Sehr geehrte Frau Dr. Lind,\n\n- es regnet.\n- Wir warten.',
  ],
  ['Dear reader, it rains. We wait.', '- Dear reader, it rains.\n- We wait.'],
  [
    'It rains. We wait.\n\nLars\n-- \nLars Ek | Roofs | 12',
    '- It rains.\n- We wait.\n\nLars\n-- \nLars Ek | Roofs | 12',
  ],
  // a degree is no initial
  ['It froze at -5 °C. Nobody came.', '- It froze at -5 °C.\n- Nobody came.'],
])('as bullets: %j', async (text, expected) => {
  expect(await made({ action: 'bullets', text, languageId: 'plaintext' })).toBe(expected);
});

test.each<[text: string, heads: string, instruction?: string]>([
  ['Name: Ana\nAge: 34\n\nName: Bert\nAge: 29', '| Name | Age |'],
  ['Name: Ana, Age: 34\nName: Bert, Age: 29', '| Name | Age |'],
  ['- Width: 3 m, Height: 2 m\n- Width: 4 m, Height: 1 m', '| Width | Height |'],
  ['Q: What is it? A: A tool.\nQ: Is it free? A: Yes: always.', '| Q           | A            |'],
  ['Mon: open\nTue: closed\nMon: open', '|     |        |'],
  ['Jan: 12\nFeb: 9', '| month | rain in mm |', 'columns: month, rain in mm'],
  ['Jan: 12\nFeb: 9', '| Month | Rain |', 'with columns Month and Rain'],
  ['Jan: 12\nFeb: 9', '| Name | Value |', 'Name, Value'],
  ['Note: it rains\nNote: bring a coat', 'none'],
])('the first row of a table of %j is %j', async (text, heads, instruction) => {
  expect((await made({ action: 'table', text, ...(instruction && { instruction }) })).split('\n')[0]).toBe(heads);
});

test('what is hidden in a value comes back into its cell', async () => {
  const text = 'Metal: gold, Density: $19.3$\nMetal: iron, Density: `7.9`';
  expect(await made({ action: 'table', text })).toMatch(/gold +\| \$19\.3\$[\s\S]*iron +\| `7\.9`/u);
});

const diff = (lines: string, { path = 'a.md', place = '' } = {}) =>
  `diff --git a/${path} b/${path}\nindex 1..2 100644\n--- a/${path}\n+++ b/${path}\n@@ -1,9 +1,9 @@ ${place}\n${lines}\n`;

test.each([
  ['Move “bananas” in a.md', diff('-- bananas\n - apples\n - pears\n+- bananas')],
  ['Move “bananas, pears” in a.md', diff('-- bananas\n-- pears\n - apples\n - figs\n+- bananas\n+- pears')],
  ['Replace “apples” with “bananas” in a.md', diff('-- apples\n+- bananas\n - pears')],
  [
    'Rename “Widgetly” to “Widgetry” in a.md',
    diff('-# Widgetly\n+# Widgetry\n \n-Get Widgetly here.\n+Get Widgetry here.'),
  ],
  [
    'Update parseDate in a.ts',
    diff('-  a\n+  b', { path: 'a.ts', place: 'export function parseDate(text: string) {' }),
  ],
  ['Update class Reader in a.py', diff('-  a\n+  b', { path: 'a.py', place: 'class Reader(Base):' })],
  ['Update a.test.ts', diff('-  a\n+  b', { path: 'a.test.ts', place: "describe('parseDate', () => {" })],
])('%s', (message, text) => {
  expect(commitMessageOf(text)).toBe(message);
});

test.each<[sentence: string, leans: boolean]>([
  ['There were five of them and one was called Button.', true],
  ['There are only six of them, so please share.', true],
  ['There are nine members, and two of them never come.', false],
  ['All that was set up will be lost, though.', true],
  ['Though it rained, the party was held.', false],
  ['Please tell her that the exams are over.', true],
  ['Please tell Ola that her exams are over.', false],
  ['“Not at all?” asked Ms Brandt.', true],
  ['“No,” said the judge.', true],
  ['“The flood is over,” said the mayor.', false],
])('%s leans on what was said before: %j', (sentence, leans) => {
  expect(leansOnPrevious(sentence)).toBe(leans);
});

test('the summary of a mail is not what it answers to', async () => {
  const text =
    '> Can you bring the projector on Thursday?\n\nThe projector is in the cupboard. Kim has its only key.\n';
  const summary = await made({ action: 'summarize', text, languageId: 'plaintext', form: 'sentence' });
  expect(summary).not.toContain('Thursday');
});

test.each<[question: string, text: string, answer: string]>([
  ['When did Ann move to Lund?', 'Ann moved to Berlin in 1930 and died in Lund.', 'none'],
  [
    'When did Ann move to Lund?',
    'Ann moved to Berlin. In 1950 Ann moved with Ida to Lund.',
    '> In 1950 Ann moved with Ida to Lund.',
  ],
  [
    'Why did they go to Spain?',
    'They left for Spain because it was cheap.',
    '> They left for Spain because it was cheap.',
  ],
])('%s %s', async (instruction, text, answer) => {
  expect(await made({ action: 'ask', text, instruction })).toBe(answer);
});

test.each<[wish: string, intent: ReturnType<typeof intentOf>]>([
  ['tl;dr', { action: 'summarize' }],
  ['Sum up.', { action: 'summarize' }],
  ['summarise this in one sentence', { action: 'summarize', form: 'sentence' }],
  ['Please give me the key points', { action: 'summarize', form: 'bullets' }],
  ['summarize the text in bullet points', { action: 'summarize', form: 'bullets' }],
  ['outline', { action: 'summarize', form: 'outline' }],
  ['总结一下', { action: 'summarize' }],
  ['make it sound less formal', { action: 'friendly' }],
  ['correct my English', { action: 'fix' }],
  ['use simpler words', { action: 'simplify' }],
  ['remove the filler words', { action: 'shorten' }],
  ['spell check', { action: 'fix' }],
  ['kürzer', { action: 'shorten' }],
  ['Korrigiere die Rechtschreibung', { action: 'fix' }],
  ["plus court s'il te plaît", { action: 'shorten' }],
  ['Bitte kürzer!', { action: 'shorten' }],
  ['be brief', { action: 'shorten' }],
  ['be brief about the price', undefined],
  ['改得正式一点', { action: 'formal' }],
  ['translate into Brazilian Portuguese', { action: 'translate', instruction: 'Brazilian Portuguese' }],
  // more than an action does, or less
  ['translate to French and shorten', undefined],
  ["don't make it shorter", undefined],
  ['summary of this in three bullet points', undefined],
  ['summarize the second paragraph for children', undefined],
  ['remove the key points', undefined],
  ['shorter and friendlier', undefined],
])('“%s”', (wish, intent) => {
  expect(intentOf(wish)).toEqual(intent);
});

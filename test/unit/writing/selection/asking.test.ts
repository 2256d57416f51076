import { expect, test } from 'vitest';
import { answersTo } from '../../../../src/writing/selection/asking/answers.ts';
import { questionKind } from '../../../../src/writing/selection/asking/questionKind.ts';
import { reading } from './inMarkdown.ts';

const club =
  'Ms. Haddad opened the meeting at 18:30 in the boat house. The treasurer, Igor Petrov, reported a loss of 420 euros. ' +
  'Eleven members voted for a new roof, because the old one leaks. The captain said that the regatta will take place on 7 July. ' +
  'The new boat, called “Heron”, was built by a firm in Emden and weighs 96 kg. The keys are in the blue cupboard. ' +
  'Repairs take about three weeks. Mia, who is fourteen years old, will steer. The race was watched by her grandmother. ' +
  'For questions call 0491 77320.';
const letter =
  'I arrived in Porto on Monday. My sister met me at the station. She lives there with two cats. We ate fish near the harbour. ' +
  'The train had been late since a tree had fallen on the line.';

test('quotes the sentence that answers, and nothing where the text does not say', () => {
  const check = (text: string, question: string, expected: RegExp | undefined) => {
    const answer = answersTo(reading(text), question)
      .map((sentence) => sentence.text)
      .join(' ');
    if (expected) expect.soft(answer, question).toMatch(expected);
    else expect.soft(answer, question).toBe('');
  };
  for (const [text, question, expected] of [
    // who
    [club, 'Who opened the meeting?', /Haddad/u],
    [club, 'Who is the treasurer?', /Petrov/u],
    [club, 'Who built the boat?', /Emden/u],
    [club, 'Who watched the race?', /grandmother/u],
    [club, 'Who will steer?', /Mia/u],
    [club, 'Who closed the meeting?', undefined],
    [club, 'Who is the mayor?', undefined],
    [club, 'Who is the captain?', undefined],
    [club, 'Who made the roof?', undefined],
    [club, 'Who paid for the boat?', undefined],
    [letter, 'Who met the author at the station?', /sister/u],
    [letter, 'Who drove the train?', undefined],
    [letter, 'Who caught the fish?', undefined],
    // what something is called
    [club, 'What is the name of the treasurer?', /Petrov/u],
    [club, 'What is the new boat called?', /Heron/u],
    [club, 'What is the name of the mayor?', undefined],
    [club, "What is the grandmother's name?", undefined],
    [letter, 'What is the name of the sister?', undefined],
    // when
    [club, 'When will the regatta take place?', /7 July/u],
    [club, 'When did the meeting open?', /18:30/u],
    [letter, 'When did the writer arrive?', /Monday/u],
    [club, 'When was the boat built?', undefined],
    [club, 'When was the cupboard painted?', undefined],
    [letter, 'When did the tree fall?', undefined],
    // where
    [club, 'Where are the keys?', /cupboard/u],
    [club, 'Where was the meeting opened?', /boat house/u],
    [letter, 'Where did they eat fish?', /harbour/u],
    [letter, 'Where does the sister live?', /there|station/u],
    [club, 'Where will the regatta take place?', undefined],
    [club, 'Where is the office?', undefined],
    // how many, how much, how old, how long
    [club, 'How many members voted?', /Eleven/u],
    [club, 'How old is Mia?', /fourteen/u],
    [club, 'How long do repairs take?', /three weeks/u],
    [letter, 'How many cats does the sister have?', /two cats/u],
    [club, 'How many boats are there?', undefined],
    [club, 'How many keys are in the cupboard?', undefined],
    [club, 'How much does the new boat cost?', undefined],
    [club, 'How old is the captain?', undefined],
    [letter, 'How many trees had fallen?', undefined],
    [letter, 'How long was the train?', undefined],
    // why
    [club, 'Why did the members vote for a new roof?', /leaks/u],
    [letter, 'Why was the train late?', /tree/u],
    [club, 'Why will Mia steer?', undefined],
    [letter, 'Why did they eat fish?', undefined],
    // numbers that are no quantities, and facts
    [club, 'What is the telephone number?', undefined],
    [club, 'What did the treasurer report?', /420/u],
    [club, 'Which engine does the boat have?', undefined],
    [letter, 'What had fallen on the line?', /tree/u],
    ['', 'Who?', undefined],
    [club, '???', undefined],
    ['办公室在星期三关门。王老师负责钥匙。', '办公室什么时候关门？', /星期三/u],
    ['办公室在星期三关门。王老师负责钥匙。', '图书馆什么时候关门？', undefined],
  ] as const)
    check(text, question, expected);
});

test('a question says what kind of answer it wants', () => {
  const check = (question: string, kind: string) => expect(questionKind(question), question).toBe(kind);
  check('Who came?', 'person');
  check('To whom does it belong?', 'person');
  check('What is the name of the dog?', 'nameOf');
  check('When does it open?', 'time');
  check('What is the deadline?', 'time');
  check('Where is it?', 'place');
  check('How many are there?', 'count');
  check('How much is a ticket?', 'money');
  check('What does it cost?', 'money');
  check('How old is she?', 'age');
  check('How long does it take?', 'duration');
  check('Why is it closed?', 'reason');
  check('What is the order number?', 'code');
  check('What did she say?', 'fact');
  check('多少钱？', 'money');
  check('为什么关门？', 'reason');
});

test('a long text is answered from in time that grows with its length alone', () => {
  const long = `${club}\n\n`.repeat(200);
  expect(answersTo(reading(long), 'Who is the mayor of the town?')).toEqual([]);
  expect(answersTo(reading(`${'a'.repeat(50_000)} ${'by '.repeat(20_000)}`), 'Who a by?')).toEqual([]);
});

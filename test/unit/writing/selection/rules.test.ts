import { expect, test } from 'vitest';
import { commitMessageOf } from '../../../../src/writing/selection/rules/commitSubject.ts';
import {
  barestWording,
  formalWording,
  friendlyWording,
  plainWording,
  tightWording,
} from '../../../../src/writing/selection/rules/wordingRules.ts';
import { inMarkdown } from './inMarkdown.ts';

const table =
  (change: (text: string) => string | undefined) =>
  (...rows: [input: string, expected: string | undefined][]) => {
    for (const [input, expected] of rows) expect({ input, text: change(input) }).toEqual({ input, text: expected });
  };

test('register changes word by word', () => {
  table(inMarkdown(formalWording))(
    ["We can't go, it's raining.", 'We cannot go, it is raining.'],
    ["It's been fun, but I gotta go.", 'It has been fun, but I have to go.'],
    ['“I gotta go,” he said.', '“I gotta go,” he said.'],
    ["I can't wait to see it.", 'I am eager to see it.'],
    ["We can't wait to see it.", 'We are eager to see it.'],
    ["Can't wait to see it!", 'Cannot wait to see it!'], // nobody is named who could be eager
    ["My sister can't wait for Monday.", 'My sister cannot wait for Monday.'],
    ["My sister can't wait to see it.", 'My sister cannot wait to see it.'],
    ["I've got to know him.", 'I have got to know him.'], // who knows whether he wants to or does
    ["You've gotta see it.", 'You have to see it.'],
    ["They've got better.", 'They have got better.'],
    ['Hello, can u send me the material by friday?', 'Hello, could you send me the material by Friday?'],
    ['hello, can u send me the material by friday?', 'Hello, could you send me the material by Friday?'],
    ['We ask for that you submit it.', 'We request that you submit it.'],
    ['We ask for a form.', 'We request a form.'],
    ['hey, they can’t come. pls use mine.', 'Hello, they cannot come. Please use mine.'],
    ['Pls see approx. ten of them.', 'Please see approx. ten of them.'],
    ["Don't you know? It's late.", "Don't you know? It is late."],
    // the same words in statements and in questions
    ['I looked for buttons that weren’t there.', 'I looked for buttons that were not there.'],
    ["It isn't the right door.", 'It is not the right door.'],
    ["We don't this time.", 'We do not this time.'],
    ["They didn't, the rain couldn't, I know.", 'They did not, the rain could not, I know.'],
    ["Why don't you come?", "Why don't you come?"],
    ["Isn't it strange", "Isn't it strange"],
    ["It's late, isn't it?", "It is late, isn't it?"],
    // capitals, but for points in small letters
    [
      "it isn't open at 5pm. the rest isn't there!! i can't come",
      'It is not open at 5pm. The rest is not there!! I cannot come',
    ],
    ["it isn't there... and we can't wait. ok", 'It is not there... and we cannot wait. Ok'],
    ["merge it, it's been waiting for a week", 'merge it, it has been waiting for a week'],
    ["we can't use it here", 'we cannot use it here'],
    ['hi, can u send it', 'Hello, could you send it'],
    ["Do you know that it isn't the door?", "Do you know that it isn't the door?"],
    ['There are lots of material here.', 'There are lots of material here.'],
    ["Run `can't` now.", "Run `can't` now."],
    ["Das ist nicht mit don't und der Hund auch nicht.", "Das ist nicht mit don't und der Hund auch nicht."],
  );
  table(inMarkdown(friendlyWording))(
    ['You are required to assist us. We do not wait.', "You have to help us. We don't wait."],
    ['There are 20 requests.', 'There are 20 requests.'],
    ['We request that you submit it.', 'We request that you submit it.'],
    ['What points at it will be lost.', 'What points at it will be lost.'],
    ['It is a matter, therefore, of weight.', "It's a matter, therefore, of weight."],
    ['However, all is not lost.', 'However, all is not lost.'],
    ['We regret to inform you that it is late.', "We're sorry to say that it's late."],
    ['That is how it is.', "That's how it is."],
    ['Two posts could not be filled, as they are made here.', "Two posts couldn't be filled, as they're made here."],
    ['We cannot stay. We are met.', "We can't stay. We're met."],
    ['He asks me to go, and I will not.', "He asks me to go, and I won't."],
    ['They will not go. It will not rain. We will go.', "They won't go. It won't rain. We'll go."],
    ['We will not only go. They have not only come.', 'We will not only go. They have not only come.'],
    ['It is done. It is faster.', "It is done. It's faster."], // who knows whether it has done it
    ['You know how good they are. They are.', 'You know how good they are. They are.'],
    ['He could not only sing, but also dance.', 'He could not only sing, but also dance.'],
  );
  table(inMarkdown(plainWording))(
    ['In order to utilize it, press the button prior to starting.', 'To use it, press the button before starting.'],
    ['We commenced it, as it necessitates care.', 'We started it, as it needs care.'],
    ['He is therefore late. Therefore, we left.', 'He is therefore late. So, we left.'],
    ['The use of this facility is free.', 'The use of this facility is free.'],
    ['The majority of the people left.', 'Most of the people left.'],
    ['A modified version is here.', 'A modified version is here.'],
    ['An additional page was added in addition to that.', 'Another page was added besides that.'],
  );
  const isSplit: [text: string, second?: string][] = [
    ['Remove the four screws on the back; the two upper ones are longer than the others.', 'The two'],
    ['Some said that he had left, others that he had died; the baker, who came on Fridays, said nothing.', 'The baker'],
    ['In this year the club has grown by a tenth; two of its teams have won a cup.', 'Two of'],
    ['Under the old rule all members were asked to vote; they may stay at home now.', 'They may'],
    ['She left the house at dawn without a word; but nobody in the whole street saw her.', 'But nobody'],
    ['Programs may have a folder of their own here; this is encouraged where there are many files.', 'This is'],
    // neither half may lean on the other, and short sentences are short enough
    ['He had seen it; she had not, as it was.'],
    ['Bones are found in the pits of the town; and bones disinterred in the great docks of Antwerp.'],
    ['Some say that he is a fool of a man; but feel that I must help him to it.'],
    ['If the left half of this sentence is a condition; the right half of it stays as it is.'],
    ['When properly to relax is the trial of judgment; and without my brother I think well of her.'],
    ['The whole crew was there on this day of days; the captain, the mate, the cook and the boy.'],
    ['No one would have believed in those years of peace; that as men busied themselves they were seen.'],
    ['“The two of us were there on that day; the others had left in the morning,” he told us.'],
    ['The one was red, of course, and very old; the other was blue; the last of them was green.'],
  ];
  const split = inMarkdown(plainWording);
  for (const [text, second] of isSplit) {
    const at = text.indexOf('; ');
    const halves = `${text.slice(0, at)}. ${text[at + 2]!.toUpperCase()}${text.slice(at + 3)}`;
    expect(split(text)).toBe(second === undefined ? text : halves);
    if (second !== undefined) expect(halves).toContain(`. ${second}`);
  }
  table(inMarkdown(tightWording))(
    ['It is really very good, in fact.', 'It is good, in fact.'],
    ['In fact, it is really good.', 'It is good.'],
    ['First, really', 'First, really'],
    ['There are, of course, some.', 'There are some.'],
    ['Use a tuple of (callable, data_keyword).', 'Use a tuple of (callable, data_keyword).'],
    ['He came (only on Sundays, if at all).', 'He came (only on Sundays, if at all).'],
    ['It was made (according to the inventor) here.', 'It was made (according to the inventor) here.'],
    ['It is a very different and very odd thing.', 'It is a very different and odd thing.'],
    ['It is not very good, rather than bad.', 'It is not very good, rather than bad.'],
    ['It should be noted that we met in order to talk (as usual).', 'We met to talk (as usual).'],
    ['The server (NASA, 1969) is quite slow.', 'The server (NASA, 1969) is slow.'],
    ['Please note that the door is closed.', 'The door is closed.'],
    ['When it is clear that it works, go on.', 'When it is clear that it works, go on.'],
    ['It is clear that it works.', 'It works.'],
    ['We note that it works.', 'We note that it works.'],
    ['I am writing to let you know that the room is free.', 'The room is free.'],
    ['The files that are stored in the folder are old.', 'The files stored in the folder are old.'],
    ['The people who are waiting for the bus are cold.', 'The people waiting for the bus are cold.'],
    ['All that is needed in it is here.', 'All that is needed in it is here.'],
    ['The one that is going to the fair is ill.', 'The one that is going to the fair is ill.'],
    ['Ms. Okoye, who is the owner of it, left.', 'Ms. Okoye, the owner of it, left.'],
    ['He left, which is a shame.', 'He left, which is a shame.'],
    [
      'In some cases, it fails. In some cases of measles it fails.',
      'Sometimes, it fails. In some cases of measles it fails.',
    ],
    ['We are going to school. We are going to leave soon.', 'We are going to school. We will leave soon.'],
    ['A total of five files were lost.', 'Five files were lost.'],
    [
      'A number of people came. A number of the rooms are free.',
      'Several people came. A number of the rooms are free.',
    ],
    ['The reason why he left is the fact that it rained.', 'The reason he left is the fact that it rained.'],
    ['He spent most of the time reading.', 'He spent most of the time reading.'],
    ['The rain had an impact on the harvest.', 'The rain affected the harvest.'],
    ['The shop is located in the old station.', 'The shop is in the old station.'],
    ['We would like to take this opportunity to thank you.', 'We thank you.'],
    ['Please do not hesitate to call us.', 'Please call us.'],
    ['Tell us whether it rained; furthermore, say when.', 'Tell us whether it rained; say when.'],
    ['Given the fact that it rained, we left.', 'Given that it rained, we left.'],
    ['The manner in which he speaks is odd.', 'How he speaks is odd.'],
    ['It was opened by means of a hammer.', 'It was opened with a hammer.'],
  );
  table(inMarkdown(barestWording))(
    // what an aside alone says stays
    ['We met (as usual on such days).', 'We met (as usual on such days).'],
    ['The old lamp was lit (they lit the old lamp).', 'The old lamp was lit.'],
    [
      'Copy it under version 2 or (at your option) any later one.',
      'Copy it under version 2 or (at your option) any later one.',
    ],
    ['He came (only on Sundays, if at all).', 'He came (only on Sundays, if at all).'],
    ['The keeper—a tall and silent man—lit the lamp.', 'The keeper—a tall and silent man—lit the lamp.'],
    ['The keeper—a keeper of lamps—lit the lamp.', 'The keeper lit the lamp.'],
    ['The keeper -- a keeper of lamps -- lit the lamp.', 'The keeper lit the lamp.'],
    ['The lamp—lit in 1969 by hand—is new.', 'The lamp—lit in 1969 by hand—is new.'],
    ['Come — if you must not wait — today.', 'Come — if you must not wait — today.'],
    [
      'It rained — all day long — and then — well, it stopped.',
      'It rained — all day long — and then — well, it stopped.',
    ],
    ['“It is—as far as I know—closed,” he said.', '“It is—as far as I know—closed,” he said.'],
    ['Use a tuple of (callable, data_keyword).', 'Use a tuple of (callable, data_keyword).'],
  );
});

test('a commit message says what changed where', () => {
  const diff = (path: string, extra = '') =>
    `diff --git a/${path} b/${path}\n${extra}--- a/${path}\n+++ b/${path}\n@@ -1,2 +1,3 @@ # Setup\n+new\n-old\n`;
  expect(commitMessageOf(diff('docs/setup.md'))).toBe('Replace “old” with “new” in setup.md');
  expect(commitMessageOf(diff('a.md', 'new file mode 100644\n'))).toBe('Add Setup in a.md');
  expect(commitMessageOf(diff('d/a.md') + diff('d/b.md'))).toBe(
    'Replace “old” with “new” in 2 files in d\n\n- d/a.md\n- d/b.md',
  );
  expect(commitMessageOf('no diff')).toBeUndefined();
  const many = Array.from({ length: 30 }, (_, i) => diff(`some/folder/with-a-rather-long-name-${i}.md`)).join('');
  expect(commitMessageOf(many)!.split('\n')[0]!.length).toBeLessThanOrEqual(72);
});

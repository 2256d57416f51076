import { expect, test } from 'vitest';
import { addsFaults } from '../../../../src/writing/selection/checks/grammarFaults.ts';
import { loadTagger } from '../../../../src/writing/selection/checks/tagger.ts';

const tag = await loadTagger();
const adds = (before: string, after: string) => addsFaults(before, after, tag);

test.each([
  ['number', 'We opened this facility.', 'We opened these facility.'],
  ['number', 'A lot of material is here.', 'Many material is here.'],
  ['number', 'We keep a lot of time free.', 'We keep many time free.'],
  ['number', 'Every result is new.', 'Every results is new.'],
  ['agreement', 'The results were good.', 'The results was good.'],
  ['agreement', 'He has a form.', 'He have a form.'],
  ['agreement', 'They were late.', 'They was late.'],
  ['preposition', 'We request that you submit it.', 'We ask for that you submit it.'],
  ['preposition', 'We ask you to submit it.', 'We ask for submit it.'],
  ['preposition', 'It is easy to use.', 'It is easy to used.'],
  ['preposition', 'We did it for them.', 'We did it for they.'],
  ['preposition', 'They use a tuple of (key, value) pairs.', 'They use a tuple of.'],
  ['auxiliary', 'He can go.', 'He can went.'],
  ['auxiliary', 'She does not go.', 'She does not goes.'],
  ['auxiliary', 'It will be used.', 'It will used to.'],
  ['article', 'It is a utility.', 'It is an utility.'],
  ['article', 'It is a very old house.', 'It is a old house.'],
  ['no noun', 'We saw the end of it.', 'We saw the of it.'],
  ['quantity', 'The majority of the people left.', 'Most the people left.'],
  ['quantity', 'A number of my friends left.', 'Many my friends left.'],
  ['comparison', 'It is easier than that.', 'It is more easier than that.'],
  ['doubled', 'We use what we have.', 'We use use what we have.'],
  ['object', 'We ask him to find it.', 'We request him to find it.'],
  ['object', 'We help him find it.', 'We assist him find it.'],
  ['object', 'We inform that it is late.', 'We tell that it is late.'],
  ['contraction', 'What points at it will be lost.', "What points at it'll be lost."],
  ['marks', 'First, it works.', 'First, , it works.'],
  ['marks', 'It works well.', 'It works .'],
  ['marks', 'It (now) works.', 'It () works.'],
  ['leftover', 'First, really, it works.', 'First,'],
  ['start', 'Really it works.', 'it works.'],
  ['verb', 'The house is very old here.', 'The house here.'],
  ['end', 'It works.', 'It works'],
])('a new fault of %s: %s > %s', (_, before, after) => {
  expect(adds(before, after)).toBe(true);
});

test.each([
  ['In order to use it, press the button.', 'To use it, press the button.'],
  ['A large number of results are here.', 'Many results are here.'],
  ['Prior to the start we met.', 'Before the start we met.'],
  ['We request a form.', 'We ask for a form.'],
  ["We don't know.", 'We do not know.'],
  ['Two posts could not be filled.', "Two posts couldn't be filled."],
  ['Two posts can not be filled.', 'Two posts cannot be filled.'],
  ['He is able to swim.', 'He can swim.'],
  ['It is a very old house.', 'It is an old house.'],
  ['It is really good.', 'It is good.'],
  ['It was used due to the fact that it rained.', 'It was used because it rained.'],
  ['The majority of the people left.', 'Most of the people left.'],
  ['Dear Sir, we regret to inform you that it is late.', "Hello, we're sorry to say that it is late."],
  ['these facility is old', 'these facility is really old'],
])('no new fault: %s > %s', (before, after) => {
  expect(adds(before, after)).toBe(false);
});

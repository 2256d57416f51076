import { expect, test } from 'vitest';
import { changesDuty, losesPictures } from '../../../../src/writing/selection/checks/duties.ts';

test.each([
  ['Passengers have to send the form.', 'It is recommended that we send the form.', true],
  ['Passengers have to send the form.', 'Passengers must send the form.', false],
  ['You must not open it.', 'You must open it.', true],
  ['You may not open it.', 'You may open it.', true],
  ['You may not open it.', 'You must not open it.', false],
  ['You may open it.', 'You should open it.', true],
  ['The door opens at nine.', 'The door must open at nine.', true],
  ['The door opens at nine.', 'At nine, the door opens.', false],
  ['Staff should wear a badge.', 'Staff wear a badge.', true],
  ['Staff should wear a badge.', 'It is advisable for staff to wear a badge.', false],
  ['They cannot come.', 'They are unable to come.', true], // in doubt the sentence stays
  ['The company will refund it.', 'We will refund it.', true],
  ['We will refund it.', 'It will be refunded.', false],
  ['He is required to sign.', 'He has to sign.', false],
  ['The file is needed.', 'You need the file.', true],
  ['The rule is optional.', 'The rule is mandatory.', true],
  ['I saw it.', 'You saw it.', true],
  ['Do not run.', 'Run.', true],
  ['People do not run here.', 'People run here.', true],
  ['The map does not show it.', 'The map shows it.', true],
])('%j → %j', (source, result, expected) => expect(changesDuty(source, result)).toBe(expected));

test('pictures stay', () => {
  expect(losesPictures('Well done 🎉!', 'Well done!')).toBe(true);
  expect(losesPictures('Well done 🎉!', 'Good work 🎉!')).toBe(false);
});

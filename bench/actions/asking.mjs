import { fifthFreshPassages } from './reading/fifthFreshPassages.mjs';
import { fourthFreshPassages } from './reading/fourthFreshPassages.mjs';
import { freshPassages } from './reading/freshPassages.mjs';
import { secondFreshPassages } from './reading/secondFreshPassages.mjs';
import { shapingPassages } from './reading/shapingPassages.mjs';
import { thirdFreshPassages } from './reading/thirdFreshPassages.mjs';

const sets = {
  shaping: shapingPassages,
  fresh: freshPassages,
  fresh2: secondFreshPassages,
  fresh3: thirdFreshPassages,
  fresh4: fourthFreshPassages,
  fresh5: fifthFreshPassages,
};

/**
 * How often the sentences that answer a question hold the answer, and how often a text that does not say is left alone.
 * @param {{ readWhole: Function, answersTo: Function }} product
 * @param {keyof typeof sets} set
 */
export function evaluateAsking({ readWhole, answersTo }, set) {
  if (!sets[set]) throw new Error(`There is no set ${set}; there are ${Object.keys(sets).join(', ')}.`);
  const rows = sets[set].flatMap(({ text, asked }) =>
    asked.map(([question, right]) => {
      const reading = readWhole(text, 'markdown');
      const answer = answersTo(reading, question)
        .map((/** @type {{ text: string }} */ sentence) => sentence.text)
        .join(' ');
      return { question, answerable: right !== undefined, answer, isRight: right ? right.test(answer) : answer === '' };
    }),
  );
  const answered = rows.filter(({ answer }) => answer !== '');
  const answerable = rows.filter((row) => row.answerable);
  const unanswerable = rows.filter((row) => !row.answerable);
  const count = (/** @type {typeof rows} */ of) => `${of.filter(({ isRight }) => isRight).length} of ${of.length}`;
  const markdown = [
    `answers given that are right: ${count(answered)}`,
    `answerable questions answered rightly: ${count(answerable)}`,
    `questions that the text does not answer, refused: ${count(unanswerable)}`,
  ].join('\n');
  return { rows, markdown };
}

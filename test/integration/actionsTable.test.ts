import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { actionCatalogue } from '../../src/writing/selection/actionCatalogue.ts';
import type { ActionId } from '../../src/writing/selection/selectionAction.ts';
import { DocumentInFront, previewTabs, run } from './documentInFront.ts';
import { eventually } from './eventually.ts';
import { personInSuite } from './personInSuite.ts';

/** One action on one passage of a document, from its proposal to every way in which that can end. */
interface Row {
  readonly action: ActionId;
  /** lines are joined by the document's line end */
  readonly passage: string;
  /** what is selected of it; all of it when left out */
  readonly selected?: string;
  readonly given?: object;
  /** what the passage becomes: exactly that, where fixed rules do the work, else what holds of it */
  readonly becomes: string | ((passage: string, original: string) => void);
  /** the passage with its first change alone, where there are several */
  readonly firstChange?: string;
}

const sentences = [
  'The keeper climbed the stairs every evening before the sun went down.',
  'He filled the lamp with oil and cleaned the glass with a soft cloth.',
  'The ships in the bay waited for his light until the morning.',
];
const prose = sentences.join(' ');
const longer = (passage: string, original: string) => {
  assert(passage.startsWith(original.trimEnd()), passage);
  assert(passage.length > original.length + 10, passage);
};
/** What a small model can say in other words, or with another comma. */
const simple = [
  'Bread, cheese and apples are on the table in the kitchen.',
  'The children played in the garden until it was dark, and then they went into the house and had soup.',
].join(' ');
const long = (person: string, thing: string, place: string) =>
  [
    `The old ${person} lived beside the ${place} and looked after the ${thing} as others look after a child.`,
    `Every morning the ${person} cleaned the ${thing}, and every evening the people of the ${place} came to see it.`,
    `When a storm came, the ${person} carried the ${thing} into the cellar and sat there until the wind was gone.`,
    `Nobody at the ${place} knew how old the ${thing} was, but everybody knew that the ${person} would never sell it.`,
    `One day a stranger came to the ${place}, asked for the ${person}, and wanted to look at the ${thing}.`,
  ].join(' ');

const rows: readonly Row[] = [
  {
    action: 'fix',
    passage: 'It is definately late. Nobody else was there at all, and we recieved nothing.',
    becomes: 'It is definitely late. Nobody else was there at all, and we received nothing.',
    firstChange: 'It is definitely late. Nobody else was there at all, and we recieved nothing.',
  },
  {
    action: 'shorten',
    passage: 'It should be noted that we met in order to talk (as usual on such days), see [the map](map.png) of 1969.',
    becomes: (passage, original) => {
      assert(passage.length < original.length * 0.8, passage);
      for (const kept of ['[the map](map.png)', '1969']) assert(passage.includes(kept), passage);
    },
  },
  {
    action: 'simplify',
    passage: 'In order to utilize it, press the red button twice prior to starting.',
    becomes: 'To use it, press the red button twice before starting.',
    firstChange: 'To use it, press the red button twice prior to starting.',
  },
  {
    action: 'formal',
    passage: "We can't go to the harbour in this weather, it's raining.",
    becomes: 'We cannot go to the harbour in this weather, it is raining.',
    firstChange: "We cannot go to the harbour in this weather, it's raining.",
  },
  {
    action: 'friendly',
    passage: 'You are required to come to the harbour early. We do not wait.',
    becomes: "You have to come to the harbour early. We don't wait.",
    firstChange: 'You have to come to the harbour early. We do not wait.',
  },
  { action: 'bullets', passage: prose, becomes: sentences.map((sentence) => `- ${sentence}`).join('\n') },
  {
    action: 'numbered',
    passage: prose,
    becomes: sentences.map((sentence, i) => `${i + 1}. ${sentence}`).join('\n'),
  },
  { action: 'prose', passage: '- bread\n- milk\n- eggs', becomes: 'Bread, milk, and eggs.' },
  {
    action: 'table',
    passage: '- Lamp: burns all night\n- Dog: sleeps on the stairs',
    becomes: (passage) =>
      assert.match(passage, /^\|.*\|\n\|[-| ]+\|\n\| Lamp +\| burns all night +\|\n\| Dog +\| sleeps/),
  },
  {
    action: 'headings',
    passage: [long('keeper', 'lamp', 'harbour'), long('painter', 'picture', 'river')].join('\n\n'),
    becomes: (passage, original) => {
      assert.match(passage, /^## \S/);
      assert.equal(passage.replaceAll(/^## .*\n\n/gm, ''), original);
    },
  },
  {
    action: 'summarize',
    passage: prose,
    given: { form: 'sentence' },
    becomes: (passage, original) => {
      const [before, below, ...others] = passage.split('\n\n');
      assert.equal(before, original);
      assert(sentences.includes(below!), below);
      assert.deepEqual(others, []);
    },
  },
  {
    action: 'rewrite',
    passage: simple,
    becomes: (passage, original) => {
      assert.notEqual(passage, original);
      assert(passage.length > original.length * 0.5 && passage.length < original.length * 2, passage);
    },
  },
  { action: 'expand', passage: prose, becomes: longer },
  { action: 'continue', passage: prose, becomes: longer },
  {
    action: 'custom',
    passage: simple,
    given: { instruction: 'Say it in other words.' },
    becomes: (passage, original) => assert.notEqual(passage, original),
  },
];

const lineEnds = { 'line feeds': '\n', 'carriage returns and line feeds': '\r\n' };
const above = '# Notes\n\nThis stays as it is.\n\n';
const below = '\n\nThis stays, too.\n';

describe('every action, byte by byte', () => {
  const person = personInSuite();

  it('is here or in a test of its own', () => {
    const ownTests: readonly ActionId[] = ['title', 'betterWord', 'ask', 'translate', 'commitMessage'];
    assert.deepEqual([...rows.map(({ action }) => action), ...ownTests].sort(), Object.keys(actionCatalogue).sort());
  });

  for (const [index, row] of rows.entries()) {
    const isByModel = actionCatalogue[row.action].ways.small[0] === 'model';
    // The model takes its time: its texts are looked at with one kind of line end each.
    const kinds = Object.entries(lineEnds).filter((_, kind) => !isByModel || kind === index % 2);
    for (const [name, lineEnd] of kinds) it(`${row.action}, with ${name}`, () => check(row, lineEnd));
  }

  async function check({ action, passage, given, becomes, firstChange }: Row, lineEnd: string): Promise<void> {
    const withEnds = (text: string) => text.replaceAll('\n', lineEnd);
    const original = withEnds(above + passage + below);
    const document = await DocumentInFront.open(original, [withEnds(passage)]);
    const act = async () => {
      await document.front();
      document.select(withEnds(passage));
      await run(`action.${action}`, { ...given, anyway: true }); // also what is not offered with this model
      const lenses = await document.proposal().catch((error: Error) => {
        assert.deepEqual(person.messages, [], error.message);
        throw error;
      });
      assert.deepEqual(person.messages, []);
      assert.equal(document.text, original);
      assert.equal(document.document.isDirty, false);
      if (actionCatalogue[action].ways.small[0] === 'model') assert.match(lenses[1]!, /Written by the model; check it/);
      return lenses;
    };
    const isUndone = async () => {
      await document.undo();
      await document.holds(original);
    };

    const shown = await act();
    if (firstChange !== undefined) {
      document.caretAt(withEnds(passage));
      await run('acceptChange');
      await document.holds(withEnds(above + firstChange + below));
      await isUndone();
    }
    await run('acceptProposal');
    const [start, end] = [withEnds(above), withEnds(below)];
    const { text } = document;
    assert(text.startsWith(start) && text.endsWith(end), text);
    assert.equal(text.replaceAll(lineEnd, '').search(/[\r\n]/), -1, 'line ends of two kinds');
    const examine = (changed: string) => {
      const result = changed.replaceAll(lineEnd, '\n');
      if (typeof becomes === 'string') assert.equal(result, becomes);
      else becomes(result, passage);
    };
    examine(text.slice(start.length, text.length - end.length));
    await document.holds(text);
    assert.deepEqual(await document.lenses(), []);
    await isUndone();
    if (actionCatalogue[action].output === 'insertBelow') assert.match(shown[1]!, /\d+ words read/);

    const lenses = await act();
    if (lenses.some((lens) => lens.includes('Insert Below'))) {
      await run('insertProposalBelow');
      const top = withEnds(`${above}${passage}\n\n`);
      assert(document.text.startsWith(top) && document.text.endsWith(end), document.text);
      examine(document.text.slice(top.length, document.text.length - end.length));
      await document.holds(document.text);
      await isUndone();
      await act();
    }
    await run('rejectProposal');
    await document.holds(original);
    assert.deepEqual(await document.lenses(), []);
    await eventually(() => assert.equal(previewTabs().length, 0));
    await run('acceptProposal');
    await document.holds(original);
  }
});

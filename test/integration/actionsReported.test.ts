import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { DocumentInFront, previewTabs, run } from './documentInFront.ts';
import { personInSuite } from './personInSuite.ts';

/** What first users met: worse grammar, another meaning, an answer that the text does not give. */
describe('what was reported of actions', () => {
  const person = personInSuite();

  const becomes: readonly (readonly [action: string, text: string, expected: string])[] = [
    ['formal', 'hello, can u send me the material by friday?', 'Hello, could you send me the material by Friday?'],
    [
      'simplify',
      'The utilization of these facilities is contingent upon the prior acquisition of a permit.',
      'The use of these facilities is contingent on the prior acquisition of a permit.',
    ],
  ];
  for (const [action, text, expected] of becomes) {
    it(`${action} leaves good grammar`, async () => {
      const document = await DocumentInFront.open(`${text}\n`, [text]);
      await run(`action.${action}`);
      await document.proposal();
      await run('acceptProposal');
      await document.holds(`${expected}\n`);
      assert.deepEqual(person.messages, []);
    });
  }

  it('friendly finds nothing rather than “ask for that you”', async () => {
    const text = 'We request that you submit the form by Friday.\n';
    const document = await DocumentInFront.open(text, [text.trimEnd()]);
    await run('action.friendly');
    await document.holds(text);
    assert.match(person.statusLines.join('\n'), /No change to suggest/);
  });

  it('rewrite is not done by a model that changes what a text says, and a larger one is a step away', async () => {
    const text = 'In my opinion the plan is good. We should start in May.\n';
    const document = await DocumentInFront.open(text, [text.trimEnd()]);
    await run('action.rewrite');
    await document.holds(text);
    assert.match(person.messages.join('\n'), /“Rewrite” needs a larger model/);
    assert.deepEqual(person.offered, ['Choose a Model for Actions…']);
  });

  it('a wish of one’s own that was not met is told, and the text stays', async () => {
    const text = 'In my opinion the plan is good. We should start in May.\n';
    const document = await DocumentInFront.open(text, [text.trimEnd()]);
    await run('action.custom', { instruction: 'Make it friendlier and shorter.' });
    await document.holds(text);
    assert.match(person.messages.join('\n'), /Nothing usable came out|needs a larger model/);
    assert.deepEqual(previewTabs(), []);
  });

  it('a question that the text does not answer gets no sentence about somebody else', async () => {
    const text = 'The librarian, Ms. Lee, opened the new room. Nobody from the town hall came to the opening.\n';
    const document = await DocumentInFront.open(text, [text.trimEnd()]);
    await run('action.ask', { instruction: 'What is the name of the mayor?' });
    await document.holds(text);
    assert.deepEqual(person.messages, ['The text does not say.']);
    assert.deepEqual(person.offered, []);
    assert.deepEqual(previewTabs(), []);
  });
});

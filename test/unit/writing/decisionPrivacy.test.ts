import { expect, test } from 'vitest';
import { resultOf } from '../../../src/writing/completion/decision.ts';
import { misspelling } from '../../../src/writing/completion/postprocess/confidence.ts';
import type { RuleContext } from '../../../src/writing/completion/postprocess/rule.ts';
import { Typist } from './support/typist.ts';

/** What is typed and what the model says; each leads to another decision. */
const secrets = /zebra|zebr|quokka|4711|wombat/i;

const places: readonly (readonly [drawn: string, script: readonly (string | readonly [string, number])[]])[] = [
  ['It was the zebra|', [[' quokka', 0.9], ' wombat']],
  ['It was the zebra |', [['quokka', 0.01]]],
  ['It was the zebbra|', [[' quokka', 0.9]]],
  ['It was the zebrra |', [['quokka', 0.9]]],
  ['zebra zebra zebra |', [['zebra', 0.9], ' zebra', ' zebra']],
  ['It was the | zebra', [['zebra', 0.9]]],
  ['It was zebr|a', [['zebra', 0.9]]],
  ['# zebra|', [['quokka', 0.9]]],
  ['`zebra|', [['quokka', 0.9]]],
  ['[zebra](quokka|', [['wombat', 0.9]]],
  ['---\ntitle: zebra|', [['quokka', 0.9]]],
  ['Call the zebra at |', [['4711', 0.9]]],
  ['As an AI zebra |', [['Sure, here is quokka', 0.9]]],
  ['zebra. |', [['Quokka', 0.9]]],
  ['teh zebra|', [['quokka', 0.9]]],
  ['我是 zebra|', [['quokka', 0.9]]],
  ['z|', [['zebra', 0.9]]],
  ['|', [['zebra', 0.9]]],
  [`${'zebra '.repeat(5000)}|`, [['quokka', 0.9]]],
  ['It was the zebra |', [['', 0.9]]],
];

test.each(places)('%j: what is kept of the decision holds none of the text', async (drawn, script) => {
  for (const request of [{}, { lastEdit: 'delete' as const }, { lastEdit: 'undo' as const }]) {
    const outcome = await new Typist(drawn, { script: () => script, request }).ask();
    expect(JSON.stringify(resultOf(outcome))).not.toMatch(secrets);
  }
});

test('a word that looks misspelt is not named', () => {
  const context = { healedLogprob: -25, before: 'It was the quokka' } as RuleContext;
  expect(misspelling('s', context)).toEqual({ drop: 'misspelt' });
});

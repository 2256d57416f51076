import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import { actionCatalogue } from '../../../../src/writing/selection/actionCatalogue.ts';
import type { ActionMeasurement } from '../../../../src/writing/selection/actionMeasurements.ts';
import { actionMeasurements } from '../../../../src/writing/selection/actionMeasurements.ts';
import { noteText } from '../../../../src/writing/selection/notes.ts';
import {
  isGoodEnough,
  offerOf,
  offerOfWritten,
  waysWith,
  whyNotOffered,
} from '../../../../src/writing/selection/offer.ts';
import { runAction } from '../../../../src/writing/selection/runAction.ts';
import type { ActionId } from '../../../../src/writing/selection/selectionAction.ts';
import { ScriptedEngine } from './scriptedEngine.ts';

const row = (more: Partial<ActionMeasurement>): ActionMeasurement => ({
  action: 'fix',
  models: 'small',
  language: 'en',
  read: 60,
  proposed: 50,
  grammarWorse: 0,
  meaningChanged: 0,
  does: 50,
  ...more,
});

test('an action is offered where what was read is good', () => {
  const check = (more: Partial<ActionMeasurement>, expected: boolean) =>
    expect(isGoodEnough(row(more)), JSON.stringify(more)).toBe(expected);
  check({}, true);
  check({ does: 40 }, true);
  check({ does: 39 }, false);
  check({ grammarWorse: 1 }, false);
  check({ meaningChanged: 1 }, true);
  check({ meaningChanged: 2 }, false);
  check({ read: 120, meaningChanged: 2 }, true);
  check({ proposed: 0, does: 0 }, false);
});

const writes = (id: ActionId, parameters: number) => waysWith(id, 'en', parameters).includes('model');

test('a model of the middle class writes only what it was measured to write well, and rules were not', () => {
  for (const { id, ways } of Object.values(actionCatalogue)) {
    for (const language of ['en', 'zh', 'de', undefined]) {
      const offer = offerOf(id, language, 1.5e9);
      expect(offer.kind, id).not.toBe('unmeasured');
      const small = offerOf(id, language, 135e6);
      const isByRules = !ways.small.includes('model') && small.kind === 'offered';
      if (isByRules) expect(waysWith(id, language, 1.5e9), id).toEqual(ways.small);
      if (isByRules) expect(offer, id).toEqual(small);
      if (offer.kind === 'offered') expect(isGoodEnough(offer.measured), id).toBe(true);
      if (offer.kind === 'offered' && !isByRules) expect(offer.measured.models, id).toBe('medium');
    }
  }
  expect(waysWith('fix', 'en', 1.99e9)).toEqual(['rules']);
  expect(waysWith('fix', 'en', 2e9)).toEqual(['model', 'rules']);
});

test.each([
  [135e6, { action: 'formal', way: 'rules' }],
  [1.5e9, { action: 'formal', way: 'rules' }],
  [8e9, { action: 'custom', way: 'model' }],
])(
  'a wish for what rules do well goes to the model only where it is large: %d parameters',
  async (parameters, done) => {
    const engine = new ScriptedEngine({ parameters, write: () => 'They do not know it, and it is cold.' });
    const request = { action: 'custom', languageId: 'markdown', text: "They don't know it, and it's cold." } as const;
    const outcome = await runAction(
      { ...request, instruction: 'Make it more formal.' },
      engine,
      CancellationToken.None,
    );
    expect(outcome).toMatchObject({ kind: 'proposal', ...done });
  },
);

test('a small model is offered what was measured for it, a large one what nobody has read, and says so', () => {
  for (const { id } of Object.values(actionCatalogue)) {
    const small = offerOf(id, 'en', 135e6);
    expect(small.kind, id).not.toBe('unmeasured');
    if (small.kind === 'offered') expect(isGoodEnough(small.measured)).toBe(true);
    if (!actionMeasurements.some(({ action, models }) => action === id && models === 'large'))
      expect(offerOf(id, 'en', 8e9).kind, id).toBe(writes(id, 8e9) ? 'unmeasured' : 'offered');
  }
  expect(offerOf('translate', 'en', 135e6).kind).toBe('needsLargerModel');
  expect(offerOf('translate', undefined, 135e6).kind).toBe('needsLargerModel');
  expect(offerOf('ask', 'en', 135e6).kind).toBe('offered');
  expect(offerOf('shorten', 'de', 135e6).kind).toBe('needsLargerModel');
});

test('what a model wrote in place of rules is not offered because the rules are', () => {
  const kindOf = (action: ActionId, parameters: number) => offerOfWritten(action, 'en', parameters).kind;
  expect(offerOf('fix', 'en', 135e6).kind).toBe('offered');
  expect(kindOf('fix', 135e6)).toBe('needsLargerModel');
  expect(kindOf('fix', 1.5e9)).toBe('needsLargerModel');
  expect(kindOf('fix', 8e9)).toBe('unmeasured');
  for (const parameters of [135e6, 1.5e9, 8e9])
    expect(kindOf('rewrite', parameters)).toBe(offerOf('rewrite', 'en', parameters).kind);
});

test('why an action is not offered is told with what was read', () => {
  const reason = (proposed: number, does: number) =>
    noteText(whyNotOffered('rewrite', { kind: 'needsLargerModel', measured: row({ proposed, does }) }, 135e6));
  expect(reason(27, 5)).toMatch(/^“Rewrite” needs a larger model: of 27 results .*, 5 did/);
  expect(reason(0, 0)).toMatch(/too small for “Rewrite” \(135 million parameters\)/);
  expect(noteText(whyNotOffered('rewrite', { kind: 'needsLargerModel' }, 135e6))).toMatch(/too small/);
});

test('every row counts what it can', () => {
  for (const each of actionMeasurements) {
    expect(each.proposed, each.action).toBeLessThanOrEqual(each.read);
    expect(each.does + each.grammarWorse, each.action).toBeLessThanOrEqual(each.proposed);
  }
});

test('README names what is offered with the built-in model, and nothing else', () => {
  const readme = readFileSync('README.md', 'utf8').replace(/\s+/gu, ' ');
  const [, named] = /\*\*Works on selected text\*\*: ([^.]+)\./u.exec(readme)!;
  const ids: Readonly<Record<string, ActionId>> = {
    'more formal': 'formal',
    friendlier: 'friendly',
    'numbered lists': 'numbered',
    'commit messages': 'commitMessage',
  };
  const actions = named!.split(/, | or /u).map((name) => ids[name] ?? (name as ActionId));
  const offered = Object.keys(actionCatalogue).filter((id) => offerOf(id as ActionId, 'en', 135e6).kind === 'offered');
  expect(actions.toSorted()).toEqual(offered.toSorted());
});

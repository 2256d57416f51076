import { expect, test } from 'vitest';
import {
  type CompletionSettings,
  completionSettingTable,
  defaultCompletionSettings,
  resolveCompletionSettings,
} from '../../../src/writing/completion/completionSettings.ts';
import { seen, Typist } from './support/typist.ts';

const story = 'It was a dark and stormy night, and the rain fell in torrents upon the roofs.\n\n'.repeat(40);

/** For each setting, a caret where changing it changes what is seen or what the model is asked. */
const effects: {
  readonly [Name in keyof CompletionSettings]: readonly [drawn: string, value: CompletionSettings[Name]];
} = {
  enabled: [`${story}And the |`, false],
  length: [`${story}And the |`, 'short'],
  maxNewTokens: [`${story}And the |`, 4],
  promptTokens: [`${story}And the |`, 100],
  minFirstWordProbability: [`${story}And the |`, 0.9],
  showing: [`${story}And the |`, 'calm'],
  midLine: [`${story}And the | of it`, false],
  spaceAfterWord: [`${story}And the |`, false],
  lookAhead: [`${story}And the |`, false],
  languages: [`${story}And the |`, { markdown: false }],
  zones: [`${story}# And the |`, { heading: false }],
  sampling: [`${story}And the |`, { ...defaultCompletionSettings.sampling, temperature: 0.7 }],
};

async function observed(drawn: string, settings: Partial<CompletionSettings>) {
  const script = () => [['wind', 0.7], ', ', 'howling', ' on'] as const;
  const typist = new Typist(drawn, { settings, script });
  const outcome = await typist.ask();
  typist.reads(outcome);
  return { seen: seen(outcome), asked: typist.generator.calls.map(({ request }) => request) };
}

test.each(Object.entries(effects))('%s has an effect', async (name, [drawn, value]) => {
  expect(await observed(drawn, { [name]: value })).not.toEqual(await observed(drawn, {}));
});

test('every setting is specified, with a default within its range', () => {
  expect(Object.keys(effects).sort()).toEqual([...Object.keys(completionSettingTable), 'sampling'].sort());
  expect(resolveCompletionSettings(defaultCompletionSettings)).toEqual(defaultCompletionSettings);
});

test('a value out of range is refused with the setting’s name and range', () => {
  const refused = (given: object, message: string) => expect(() => resolveCompletionSettings(given)).toThrow(message);
  refused({ maxNewTokens: 1 }, 'inkling.completion.maxNewTokens must be a whole number from 2 to 128');
  refused({ maxNewTokens: 2.5 }, 'whole number');
  refused({ minFirstWordProbability: Number.NaN }, 'from 0 to 1');
  refused({ showing: 'always' }, 'one of calm, normal, eager');
  refused({ length: 'book' }, 'one of short, sentence, paragraph');
  refused({ enabled: 'yes' }, 'true or false');
  refused({ languages: { markdown: 1 } }, 'an object of names');
  refused({ languages: ['markdown'] }, 'an object of names');
  refused({ zones: { proze: true } }, 'an object of prose, heading');
});

test('languages and zones that are not named keep their defaults', () => {
  const { languages, zones } = resolveCompletionSettings({ languages: { python: true }, zones: { math: true } });
  expect(languages).toMatchObject({ python: true, markdown: true, '*': false });
  expect(zones).toMatchObject({ math: true, prose: true, code: false });
});

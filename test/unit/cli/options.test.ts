import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import {
  addCorpusOptions,
  addTrainingOptions,
  givenCorpusOptions,
  givenTrainingOptions,
} from '../../../src/cli/commands/finetune.ts';
import { addModelOptions, addSamplingOptions, givenSamplingOptions } from '../../../src/cli/options.ts';
import { corpusOptionTable, defaultCorpusOptions } from '../../../src/protocol/corpus.ts';
import { engineOptionTable } from '../../../src/protocol/engineOptions.ts';
import { generationOptionTable } from '../../../src/protocol/generationOptions.ts';
import type { Option, OptionTable } from '../../../src/protocol/optionTable.ts';
import { trainingOptionTable } from '../../../src/protocol/trainingOptions.ts';

type Add = (command: Command) => Command;

const model: Add = (command) => addModelOptions(command, 'm');
const training: Add = (command) => addTrainingOptions(addCorpusOptions(model(command)));

/** What a command line gives; throws what a person would read. */
function parse(add: Add, ...flags: string[]): Record<string, unknown> {
  const command = add(new Command('x'))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  return command.parse(flags, { from: 'user' }).opts();
}

/** A flag with a value that is allowed, what it means, and values that are not. */
function examples(option: Option): { good: string; value: unknown; wrong: string[] } {
  switch (option.type) {
    case 'number': {
      const { minimum, maximum, integer } = option;
      const wrong = [`${minimum - 1}`, `${maximum * 2 + 1}`, 'many', '', ...(integer ? [`${minimum + 0.5}`] : [])];
      return { good: `${minimum}`, value: minimum, wrong };
    }
    case 'switch':
      return { good: 'no', value: false, wrong: ['maybe', 'true', ''] };
    case 'choice':
      return { good: option.choices.at(-1)!, value: option.choices.at(-1), wrong: ['constructor', ''] };
    case 'some':
      return { good: 'q, k', value: ['q', 'k'], wrong: ['q,q', 'q,head', ''] };
    case 'texts':
      return { good: 'a', value: ['a'], wrong: ['', 'a'.repeat(option.maxLength + 1)] };
    default:
      throw new Error(`no flag can be of type ${option.type}`);
  }
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const { idleUnloadMinutes, contextTokens, ...engine } = engineOptionTable;
const tables: readonly (readonly [string, Add, OptionTable])[] = [
  ['sampling', addSamplingOptions, generationOptionTable],
  ['model', model, engine],
  ['training', training, { ...trainingOptionTable, ...corpusOptionTable }],
];

describe.each(tables)('flags of %s', (_, add, table) => {
  test.each(Object.entries(table))('%s has its flag, its type and its range', (name, option) => {
    const flag = `--${kebab(name)}`;
    const { good, value, wrong } = examples(option);
    expect(parse(add, flag, good)[name]).toEqual(value);
    for (const text of wrong) expect(() => parse(add, flag, text), text).toThrow(flag);
  });
});

test('only what was given is passed on', () => {
  expect(givenSamplingOptions(parse(addSamplingOptions, '--top-k', '5', '--stop', 'a', '--stop', 'b'))).toEqual({
    topK: 5,
    stop: ['a', 'b'],
  });
  expect(givenTrainingOptions(parse(training, '--epochs', '2', '--strip-code', 'no'))).toEqual({
    epochs: 2,
    threads: 0,
  });
  expect(givenCorpusOptions(parse(training, '--strip-code', 'no', '--seed', '3', '--exclude', 'old'))).toEqual({
    stripCode: false,
    seed: 3,
    exclude: [...defaultCorpusOptions.exclude, 'old'],
  });
});

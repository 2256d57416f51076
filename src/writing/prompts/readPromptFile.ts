import { isMap, isScalar, type Pair, parseDocument, stringify } from 'yaml';
import { generationOptionTable } from '../../protocol/generationOptions.ts';
import { problemWith } from '../../protocol/optionTable.ts';
import type { ActionId } from '../selection/selectionAction.ts';
import type { OwnPrompt, PromptFault, PromptOptions, PromptProblem, PromptReading } from './ownPrompt.ts';
import { findPlaceholders, placeholderNames } from './placeholders.ts';

/** A file that is longer is not an instruction. */
const maxChars = 20_000;
const maxLineChars = 200;
const frontMatter = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)(?<=\n)---[ \t]*(?:\r?\n|$)/u;

/** The fields of the front matter that have a closed set of values. */
export const promptChoices = {
  input: ['selection', 'document'],
  output: ['replace', 'insertBelow', 'panel'],
} as const;

export const promptOptionNames = [
  'maxNewTokens',
  'temperature',
  'topK',
  'topP',
  'minP',
  'repetitionPenalty',
  'seed',
] as const;
type OptionName = (typeof promptOptionNames)[number];

/**
 * Reads a prompt file: YAML between two lines of `---`, then the instruction in plain text. Front matter that is left
 * out means the defaults, and the file's name as the title.
 */
export function readPromptFile(text: string, fileTitle: string): PromptReading {
  if (text.length > maxChars) return broken([{ start: 0, end: 0, fault: { code: 'tooLong', maximum: maxChars } }]);
  const match = frontMatter.exec(text);
  const bodyStart = match ? match[0].length : 0;
  const problems: PromptProblem[] = [];
  if (!match && /^\uFEFF?---/u.test(text)) {
    problems.push({ start: 0, end: 3, fault: { code: 'noEnd' } });
  }
  const fields = match ? readFields(match[1]!, match[0].indexOf(match[1]!, 3), problems) : {};
  const instruction = text.slice(bodyStart).trim();
  if (instruction === '') {
    const end = text.trimEnd().length;
    problems.push({ start: Math.max(0, end - 3), end, fault: { code: 'noInstruction' } });
  }
  for (const { name, start, end } of findPlaceholders(text.slice(bodyStart))) {
    if (placeholderNames.some((known) => known === name)) continue;
    const fault: PromptFault = { code: 'unknownPlaceholder', name, allowed: placeholderNames };
    problems.push({ start: bodyStart + start, end: bodyStart + end, fault });
  }
  if (problems.length > 0) return broken(problems);
  return { kind: 'prompt', prompt: { ...defaults, title: fileTitle, ...fields, instruction } };
}

const defaults = { description: '', input: 'selection', output: 'replace', options: {} } as const;

const broken = (problems: readonly PromptProblem[]): PromptReading => ({ kind: 'broken', problems });

/** One field of the front matter: its value, or what it should have been. */
type Field = { readonly value: unknown } | { readonly fault: PromptFault };

const text =
  (name: string) =>
  (value: unknown): Field =>
    typeof value === 'string' && value.trim() !== '' && !value.includes('\n') && value.length <= maxLineChars
      ? { value: value.trim() }
      : { fault: { code: 'noLine', name, maximum: maxLineChars } };

const choice =
  (name: string, allowed: readonly string[]) =>
  (value: unknown): Field =>
    allowed.some((each) => each === value) ? { value } : { fault: { code: 'noChoice', name, allowed } };

const fieldReaders: Readonly<Record<Exclude<keyof OwnPrompt, 'instruction' | 'options'>, (value: unknown) => Field>> = {
  title: text('title'),
  description: text('description'),
  input: choice('input', promptChoices.input),
  output: choice('output', promptChoices.output),
};
const fieldNames = [...Object.keys(fieldReaders), 'options'];

function readFields(yaml: string, offset: number, problems: PromptProblem[]): Partial<OwnPrompt> {
  const document = parseDocument(yaml, { prettyErrors: false, schema: 'core' });
  const report: Report = ([start, end], fault) => problems.push({ start: offset + start, end: offset + end, fault });
  for (const { pos, message } of [...document.errors, ...document.warnings]) {
    report(pos, { code: 'badYaml', detail: message });
  }
  if (document.errors.length > 0 || document.contents === null) return {};
  if (!isMap(document.contents)) {
    report([0, yaml.length], { code: 'noFields' });
    return {};
  }
  const fields: Record<string, unknown> = {};
  for (const pair of document.contents.items) {
    const { name, value, range } = readPair(pair);
    const read = Object.hasOwn(fieldReaders, name) ? fieldReaders[name as keyof typeof fieldReaders] : undefined;
    if (name === 'options') fields[name] = readOptions(pair, report);
    else if (!read) report(range, { code: 'unknownField', name, allowed: fieldNames });
    else {
      const field = read(value);
      if ('fault' in field) report(range, field.fault);
      else fields[name] = field.value;
    }
  }
  return fields;
}

/** @param range UTF-16 offsets into the YAML */
type Report = (range: readonly [start: number, end: number], fault: PromptFault) => unknown;

function readOptions({ value: node }: Pair, report: Report): PromptOptions {
  if (!isMap(node)) {
    report(rangeOf(node), { code: 'noOptions' });
    return {};
  }
  const options: Partial<Record<OptionName, number>> = {};
  for (const pair of node.items) {
    const { name, value, range } = readPair(pair);
    const known = promptOptionNames.find((each) => each === name);
    if (!known) report(range, { code: 'unknownField', name, allowed: promptOptionNames });
    else {
      const option = generationOptionTable[known];
      const { minimum, maximum, integer } = option;
      if (typeof value === 'number' && problemWith(option, value) === undefined) options[known] = value;
      else report(range, { code: 'noNumber', name, minimum, maximum, isWhole: integer });
    }
  }
  return options;
}

function readPair({ key, value }: Pair): { name: string; value: unknown; range: readonly [number, number] } {
  return {
    name: isScalar(key) ? String(key.value) : '',
    value: isScalar(value) ? value.value : undefined,
    range: isScalar(value) ? rangeOf(value) : rangeOf(key),
  };
}

function rangeOf(node: unknown): readonly [number, number] {
  const { range } = (node ?? {}) as { range?: readonly [number, number, number] | null };
  return range ? [range[0], range[1]] : [0, 0];
}

/**
 * What a new prompt tells the model, by the action that it starts from. In words that are recognized as that action
 * (selection/intent.ts), where there are any: a model that is too small for instructions does it all the same.
 */
export const firstInstructions: Readonly<Record<Exclude<ActionId, 'commitMessage'>, string>> = {
  summarize: 'Summarize the text. Say only what it says.',
  rewrite: 'Rewrite the text in other words.',
  shorten: 'Shorten the text.',
  expand: 'Expand the text.',
  fix: 'Correct the spelling and grammar of the text.',
  simplify: 'Rewrite the text in plainer words.',
  formal: 'Make the text more formal.',
  friendly: 'Make the text friendlier.',
  bullets: 'Turn the text into bullet points.',
  numbered: 'Turn the text into a numbered list.',
  prose: 'Turn the list into running text.',
  table: 'Turn the list into a table.',
  continue: 'Continue the text.',
  title: 'Write a title for the text.',
  headings: 'Write a heading for the text.',
  betterWord: 'Name ten words that could stand in place of the given one, separated by commas.',
  translate: 'Translate the text into {{wish}}.',
  ask: 'Answer the question from the text alone: {{wish}}',
  custom: '{{wish}}',
};

/** A prompt as the text of a file, with every field that a person may want to change. */
export function promptTemplate({ title, description, input, output, instruction }: OwnPrompt): string {
  return `---\n${stringify({ title, description, input, output, options: { temperature: 0.6 } })}---\n\n${instruction}\n`;
}

/** The file name of a prompt, without its ending: readable, and safe on every system. */
export function promptFileName(title: string): string {
  const words = title
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  const name = words.filter((word) => word !== '').join('-');
  return name.slice(0, 60) || 'prompt';
}

import { isObject, readJsonObject } from '../model/files/textFile.ts';
import { configuredKind } from '../model/pipelineFolder.ts';
import { InklingError, sentence } from '../protocol/errors.ts';
import { pipelineUses } from '../protocol/pipelines.ts';
import { isPlainName } from '../protocol/plainName.ts';
import type { ListedModel, ListedUse } from '../protocol/store.ts';

interface Field {
  readonly isOptional?: true;
  /** completes “NAME must be …” */
  readonly must: string;
  readonly accepts: (value: unknown) => boolean;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const matches = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value);
const isListOf = (accepts: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.length > 0 && value.every(accepts);
const isOneOf =
  (...known: readonly unknown[]) =>
  (value: unknown) =>
    known.includes(value);

const count = (unit: string): Field => ({
  must: `a whole number of ${unit}, at least 1`,
  accepts: (value) => Number.isSafeInteger(value) && (value as number) >= 1,
});

/** Every field of a model, in the order in which people write them. */
const fields: Readonly<Record<keyof ListedModel, Field>> = {
  name: { must: 'a plain name, such as qwen3-0.6b', accepts: (value) => isText(value) && isPlainName(value) },
  title: { must: 'the name that people know it by', accepts: isText },
  repository: { must: 'OWNER/NAME', accepts: matches(/^\w[\w.-]*\/\w[\w.-]*$/u) },
  revision: { isOptional: true, must: 'a commit of 40 hexadecimal digits', accepts: matches(/^[0-9a-f]{40}$/u) },
  file: { isOptional: true, must: 'the path of a .gguf file', accepts: matches(/^\w[\w./ -]*\.gguf$/iu) },
  sha256: {
    isOptional: true,
    must: 'checksums of 64 hexadecimal digits by file',
    accepts: (value) => isObject(value) && Object.values(value).every(matches(/^[0-9a-f]{64}$/u)),
  },
  quantize: { isOptional: true, must: '4, 8 or "none"', accepts: isOneOf(4, 8, 'none') },
  needsToken: { isOptional: true, must: 'true or false', accepts: (value) => typeof value === 'boolean' },
  architecture: { must: 'the one that its config.json names', accepts: isText },
  languages: {
    must: 'a list of language codes, such as en or zh',
    accepts: isListOf(matches(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u)),
  },
  licence: { must: 'the name of a licence', accepts: isText },
  millionParameters: count('millions'),
  downloadMb: count('megabytes'),
  diskMb: count('megabytes'),
  memoryMb: count('megabytes'),
  contextTokens: count('tokens'),
  for: { must: 'a list of what it does, such as "typing" or "translate"', accepts: isListOf(isText) },
  summary: {
    must: 'a sentence in English ("en"), and by language code in others',
    accepts: (value) => isObject(value) && isText(value['en']) && Object.values(value).every(isText),
  },
};

export interface ModelList {
  readonly models: readonly ListedModel[];
  /** a sentence for each entry that cannot be used, with its place and what is wrong */
  readonly problems: readonly string[];
}

/**
 * Reads a list of models. Entries that cannot be used are left out and told; the others hold.
 * @param runs names of the architectures that can be run
 * @returns nothing at all when there is no such file
 */
export function readModelList(path: string, runs: readonly string[]): ModelList {
  let entries: unknown;
  try {
    const json = readJsonObject(path);
    if (!json) return { models: [], problems: [] };
    entries = json['models'];
    if (!Array.isArray(entries)) throw new InklingError('modelBroken', sentence`${path} has no list "models".`);
  } catch (error) {
    return { models: [], problems: [(error as Error).message] };
  }
  const models: ListedModel[] = [];
  const problems: string[] = [];
  for (const [index, entry] of entries.entries()) {
    const problem = problemOf(entry, runs) ?? twice(entry, models);
    if (problem === undefined) models.push(entry as ListedModel);
    else problems.push(`${path}, model ${index + 1}${titleOf(entry)}: ${problem}.`);
  }
  return { models, problems };
}

function problemOf(entry: unknown, runs: readonly string[]): string | undefined {
  if (!isObject(entry)) return 'it is no object';
  const unknown = Object.keys(entry).find((key) => !Object.hasOwn(fields, key));
  if (unknown !== undefined) return `the field ${JSON.stringify(unknown)} is not known`;
  for (const [name, { isOptional, must, accepts }] of Object.entries(fields)) {
    if (!Object.hasOwn(entry, name)) {
      if (!isOptional) return `${name} is missing: it must be ${must}`;
    } else if (!accepts(entry[name])) return `${name} must be ${must}`;
  }
  const { architecture, for: uses } = entry as unknown as ListedModel;
  const possible = usesOf(architecture, runs);
  if (possible.length === 0) return `models of the kind ${architecture} cannot be run`;
  const strange = uses.find((use) => !possible.includes(use));
  if (strange === undefined) return undefined;
  return `${JSON.stringify(strange)} is nothing that a ${architecture} is for: ${possible.join(', ')}`;
}

/** [] for an architecture that is not known */
function usesOf(architecture: string, runs: readonly string[]): readonly ListedUse[] {
  if (runs.includes(architecture)) return ['typing', 'actions'];
  const kind = configuredKind({ architectures: [architecture] });
  if (kind === undefined) return [];
  return kind === 'text2text' ? pipelineUses : [kind];
}

const twice = (entry: unknown, models: readonly ListedModel[]): string | undefined =>
  models.some(({ name }) => name === (entry as ListedModel).name) ? 'another entry has the same name' : undefined;

const titleOf = (entry: unknown): string => (isObject(entry) && isText(entry['name']) ? ` (${entry['name']})` : '');

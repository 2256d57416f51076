import type { JsonObject } from '../model/files/textFile.ts';
import type { AdapterReport } from '../protocol/adapters.ts';
import { InklingError, sentence } from '../protocol/errors.ts';

type Check = (value: unknown) => boolean;

const isNumber: Check = (value) => typeof value === 'number';
const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isNumberOrNull: Check = (value) => value === null || typeof value === 'number';
const isOneOf =
  (...known: readonly string[]): Check =>
  (value) =>
    known.some((one) => one === value);
const isOptional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const isInterval: Check = (value) =>
  value === null || (Array.isArray(value) && value.length === 2 && value.every(isNumber));
const isObject =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, check]) => check((value as JsonObject)[name]));

const fit = isObject({ loss: isNumber, perplexity: isNumber });
const comparison = { tokens: isNumber, base: fit, adapted: fit, standardError: isNumber, isBetter: isFlag };
const figure = isObject({
  base: isNumberOrNull,
  adapted: isNumberOrNull,
  difference: isNumberOrNull,
  interval: isInterval,
});
const isReport = isObject({
  createdAt: isText,
  model: isText,
  split: isOneOf('test', 'validation'),
  texts: isNumber,
  strength: isOptional(isNumber),
  heldOut: isObject(comparison),
  comparedShare: isOptional(isNumber),
  unrelated: isOptional(isObject({ ...comparison, isWorse: isFlag })),
  writing: isOptional(
    isObject({
      stretches: isNumber,
      carets: isNumber,
      wordCarets: isNumber,
      keystrokesSaved: figure,
      netKeystrokesSaved: figure,
      precisionWhenShown: figure,
      wrongShow: figure,
      nextWords: isObject({ 1: figure, 2: figure, 3: figure }),
    }),
  ),
  blindTest: isOptional(isObject({ adapted: isNumber, base: isNumber, undecided: isNumber })),
});

/**
 * A report that was read from a file which anybody may have written.
 * @throws InklingError `modelBroken` when a field is missing or of another kind
 */
export function asAdapterReport(json: JsonObject, path: string): AdapterReport {
  if (isReport(json)) return json as unknown as AdapterReport;
  throw new InklingError('modelBroken', sentence`${path} is not a report of Inkling.`);
}

import { InklingError } from '../../protocol/errors.ts';
import { defaultGenerationOptions, type GenerationOptions } from '../../protocol/generationOptions.ts';
import { type ZoneKind, zoneKinds, zoneRules } from '../../text/zone.ts';

/** What a person can set about completions; each name is the setting `inkling.completion.NAME`. */
export interface CompletionSettings {
  /** false: no suggestion anywhere, not even on request */
  readonly enabled: boolean;
  /** how far a suggestion goes: to the end of the clause, of the sentence, or over several sentences */
  readonly length: 'short' | 'sentence' | 'paragraph';
  /** tokens decoded for a suggestion of length `sentence`; `short` takes half of it, `paragraph` four times as many */
  readonly maxNewTokens: number;
  /** about how many tokens of the text before the caret the model reads */
  readonly promptTokens: number;
  /** probability that the rest of a word must have under the caret; other places are scaled with it. 0 = show everything */
  readonly minFirstWordProbability: number;
  /** suggestions with text right of the caret on the same line */
  readonly midLine: boolean;
  /** while a suggestion is read, what would follow it is computed, so that it is there at once after an accept */
  readonly lookAhead: boolean;
  /** language ids; `*` stands for all that are not named */
  readonly languages: Readonly<Record<string, boolean>>;
  /** kinds of places within a text */
  readonly zones: Readonly<Partial<Record<ZoneKind, boolean>>>;
  /** the shared sampling options (`inkling.sampling.NAME`); the number of tokens is decided here */
  readonly sampling: Omit<GenerationOptions, 'maxNewTokens'>;
}

type Spec =
  | { readonly type: 'boolean'; readonly default: boolean }
  | { readonly type: 'choice'; readonly choices: readonly string[]; readonly default: string }
  | {
      readonly type: 'number';
      readonly minimum: number;
      readonly maximum: number;
      readonly integer: boolean;
      readonly default: number;
    }
  | { readonly type: 'switches'; readonly default: Readonly<Record<string, boolean>> };

/** Every setting once: type, range, default. Languages and zones that a person does not name keep their defaults. */
export const completionSettingSpecs = {
  enabled: { type: 'boolean', default: true },
  length: { type: 'choice', choices: ['short', 'sentence', 'paragraph'], default: 'sentence' },
  maxNewTokens: { type: 'number', minimum: 2, maximum: 128, integer: true, default: 16 },
  promptTokens: { type: 'number', minimum: 32, maximum: 4096, integer: true, default: 500 },
  minFirstWordProbability: { type: 'number', minimum: 0, maximum: 1, integer: false, default: 0.5 },
  midLine: { type: 'boolean', default: true },
  lookAhead: { type: 'boolean', default: true },
  languages: {
    type: 'switches',
    default: {
      markdown: true,
      mdx: true,
      quarto: true,
      rmd: true,
      plaintext: true,
      latex: true,
      tex: true,
      asciidoc: true,
      restructuredtext: true,
      typst: true,
      html: true,
      'git-commit': true,
      scminput: true,
      '*': false,
    },
  },
  zones: { type: 'switches', default: Object.fromEntries(zoneKinds.map((zone) => [zone, zoneRules[zone].enabled])) },
} as const satisfies Record<Exclude<keyof CompletionSettings, 'sampling'>, Spec>;

export const defaultCompletionSettings = resolveCompletionSettings({});

/**
 * Fills in defaults and checks types and ranges.
 * @throws InklingError `optionOutOfRange`, naming the setting and what it may be
 */
export function resolveCompletionSettings(given: Partial<CompletionSettings>): CompletionSettings {
  const entries = Object.entries(completionSettingSpecs).map(([name, spec]) => [
    name,
    resolved(name, spec, given[name as keyof CompletionSettings]),
  ]);
  const { maxNewTokens: _, ...sampling } = defaultGenerationOptions;
  return { ...Object.fromEntries(entries), sampling: { ...sampling, ...given.sampling } };
}

function resolved(name: string, spec: Spec, value: unknown): unknown {
  if (value === undefined) return spec.default;
  switch (spec.type) {
    case 'boolean':
      if (typeof value === 'boolean') return value;
      throw outOfRange(name, 'true or false');
    case 'choice':
      if (spec.choices.includes(value as string)) return value;
      throw outOfRange(name, spec.choices.join(', '));
    case 'number':
      if (typeof value === 'number' && value >= spec.minimum && value <= spec.maximum) {
        if (!spec.integer || Number.isInteger(value)) return value;
      }
      throw outOfRange(name, `a ${spec.integer ? 'whole ' : ''}number from ${spec.minimum} to ${spec.maximum}`);
    case 'switches':
      if (typeof value === 'object' && value !== null && Object.values(value).every((on) => typeof on === 'boolean')) {
        return { ...spec.default, ...value };
      }
      throw outOfRange(name, 'an object of names with true or false');
  }
}

/** These stand beside `inkling.completion.*`: they are switches of the whole extension. */
const general = new Set(['enabled', 'languages']);

const outOfRange = (name: string, expected: string) =>
  new InklingError('optionOutOfRange', `inkling.${general.has(name) ? '' : 'completion.'}${name} must be ${expected}`);

/** Whether suggestions are on for a language id. */
export function languageEnabled({ languages }: CompletionSettings, languageId: string): boolean {
  return languages[languageId] ?? languages['*'] ?? false;
}

export function zoneEnabled({ zones }: CompletionSettings, zone: ZoneKind): boolean {
  return zones[zone] ?? zoneRules[zone].enabled;
}

import { InklingError } from './errors.ts';

/** Which text a fine-tuning run learns from: one name in settings, on the wire, on the command line and in the corpus. */
export interface CorpusOptions {
  /** globs relative to the folder, `/` between parts, at any depth without a `/`; [] = every file with a prose extension */
  readonly include: readonly string[];
  /** globs of files and folders that are left out, whatever `include` says */
  readonly exclude: readonly string[];
  /** leave out what git ignores */
  readonly useGitignore: boolean;
  /** leave out YAML and TOML headers, LaTeX preambles, attribute lists at the top */
  readonly stripFrontMatter: boolean;
  /** leave out code blocks, verbatim environments, comments in markup */
  readonly stripCode: boolean;
  /** leave out paragraphs that repeat an earlier one almost word for word */
  readonly dropDuplicates: boolean;
  /** part of the characters kept for choosing when to stop; 0 = none */
  readonly validationFraction: number;
  /** part of the characters kept for the final comparison; 0 = none */
  readonly testFraction: number;
  /** larger files are left out: they are data rather than prose */
  readonly maxFileMegabytes: number;
  /** of all files together; beyond it a random choice of files is taken */
  readonly maxTotalMegabytes: number;
  /** UTF-16 units of cleaned text; with less, fine-tuning is refused */
  readonly minCharacters: number;
  /** decides which files belong to which split */
  readonly seed: number;
}

interface NumberSpec {
  readonly minimum: number;
  readonly maximum: number;
  readonly default: number;
  readonly integer: boolean;
}

type NumericCorpusOption =
  | 'validationFraction'
  | 'testFraction'
  | 'maxFileMegabytes'
  | 'maxTotalMegabytes'
  | 'minCharacters'
  | 'seed';

/** Range and default of every numeric option. */
export const corpusOptionSpecs: Readonly<Record<NumericCorpusOption, NumberSpec>> = {
  validationFraction: { minimum: 0, maximum: 0.4, default: 0.1, integer: false },
  testFraction: { minimum: 0, maximum: 0.4, default: 0.1, integer: false },
  maxFileMegabytes: { minimum: 0.001, maximum: 100, default: 8, integer: false },
  maxTotalMegabytes: { minimum: 0.001, maximum: 1000, default: 32, integer: false },
  minCharacters: { minimum: 1, maximum: 1e9, default: 20_000, integer: true },
  seed: { minimum: 0, maximum: 2 ** 32 - 1, default: 0, integer: true },
};

export const defaultCorpusOptions: CorpusOptions = {
  ...(Object.fromEntries(Object.entries(corpusOptionSpecs).map(([name, spec]) => [name, spec.default])) as Record<
    NumericCorpusOption,
    number
  >),
  include: [],
  exclude: ['node_modules', 'bower_components', 'site-packages', '__pycache__', 'vendor'],
  useGitignore: true,
  stripFrontMatter: true,
  stripCode: true,
  dropDuplicates: true,
};

/**
 * Fills in defaults and checks every range.
 * @throws InklingError `optionOutOfRange`, naming the option and its range
 */
export function resolveCorpusOptions(given: Partial<CorpusOptions>): CorpusOptions {
  const options = { ...defaultCorpusOptions, ...given };
  for (const [name, spec] of Object.entries(corpusOptionSpecs) as [NumericCorpusOption, NumberSpec][]) {
    const value = options[name];
    const ok = typeof value === 'number' && value >= spec.minimum && value <= spec.maximum;
    if (!ok || (spec.integer && !Number.isInteger(value))) {
      const kind = spec.integer ? 'a whole number' : 'a number';
      throw outOfRange(`${name} must be ${kind} from ${spec.minimum} to ${spec.maximum}, not ${String(value)}`);
    }
  }
  for (const name of ['include', 'exclude'] as const) {
    const globs = options[name];
    if (!Array.isArray(globs) || globs.some((glob) => typeof glob !== 'string' || glob === '')) {
      throw outOfRange(`${name} must be a list of globs such as "notes/**/*.md"`);
    }
  }
  return options;
}

const outOfRange = (message: string) => new InklingError('optionOutOfRange', message);

/** Learnt from · decides when to stop · compared before and after, never seen otherwise. */
export type Split = 'train' | 'validation' | 'test';

/** Why a file is left out, as a closed set. */
export type ExclusionReason =
  | 'gitignore'
  | 'excluded' // by `exclude`
  | 'symbolicLink' // never followed: what it points at may lie outside the workspace, or form a loop
  | 'tooLarge'
  | 'overBudget' // all files together exceed `maxTotalMegabytes`
  | 'unreadable' // permission, vanished
  | 'changing' // written to while it was read
  | 'binary'
  | 'generated' // made by a program, or minified
  | 'boilerplate' // licences, requirement lists: in nobody's voice
  | 'credentials' // by its name
  | 'notProse' // mostly figures and signs
  | 'empty'; // nothing is left after cleaning

/** Why a paragraph is left out, as a closed set. */
export type DropReason =
  | 'secret' // holds a key, token or password
  | 'duplicate'
  | 'invalidCharacters' // bytes that are no UTF-8
  | 'embeddedData'; // a run of hundreds of characters without a blank

/** What a fine-tuning run would learn from, for the writer to see before it starts. Holds names and counts, no text. */
export interface CorpusReport {
  readonly files: readonly {
    readonly path: string;
    readonly languageId: string;
    readonly splits: readonly Split[];
    /** UTF-16 units of cleaned text */
    readonly characters: number;
    readonly tokens: number;
  }[];
  /** files with a prose name that are left out, and folders, which end in `/`; at most 1,000 */
  readonly excluded: readonly { readonly path: string; readonly reason: ExclusionReason }[];
  readonly excludedCounts: Readonly<Partial<Record<ExclusionReason, number>>>;
  /** paragraphs */
  readonly droppedCounts: Readonly<Partial<Record<DropReason, number>>>;
  /** UTF-16 units of front matter and code that were left out */
  readonly strippedCharacters: number;
  readonly splits: Readonly<
    Record<Split, { readonly documents: number; readonly characters: number; readonly tokens: number }>
  >;
  /** `section`: too few files to keep whole ones apart, so that parts of one file are in different splits */
  readonly splitBy: 'file' | 'section';
  /** SHA-256 over the names, the splits and the text, in hexadecimal: the same data has the same digest */
  readonly digest: string;
}

import { defaultsOf, type OptionsOf, onOff, real, resolveOptions, type TextsOption, whole } from './optionTable.ts';

const globs = (value: readonly string[], meaning: string): TextsOption => ({
  type: 'texts',
  default: value,
  of: 'globs such as notes/**/*.md',
  maxItems: 1000,
  maxLength: 1000,
  meaning,
});

/**
 * Which text a fine-tuning run learns from: one name in settings, on the wire, on the command line and in the corpus.
 * Globs are relative to the folder, with `/` between parts, at any depth without a `/`.
 */
export const corpusOptionTable = {
  include: globs([], 'globs of files to read; empty = every file with a prose extension'),
  exclude: globs(
    ['node_modules', 'bower_components', 'site-packages', '__pycache__', 'vendor'],
    'globs of files and folders to leave out, whatever is included',
  ),
  useGitignore: onOff(true, 'leave out what git ignores'),
  stripFrontMatter: onOff(true, 'leave out YAML and TOML headers, LaTeX preambles, attribute lists at the top'),
  stripCode: onOff(true, 'leave out code blocks, verbatim environments, comments in markup'),
  dropDuplicates: onOff(true, 'leave out paragraphs that repeat an earlier one almost word for word'),
  validationFraction: real(0, 0.4, 0.1, 'share', 'of the characters kept for choosing when to stop; 0 = none'),
  testFraction: real(0, 0.4, 0.1, 'share', 'of the characters kept for the final comparison; 0 = none'),
  maxFileMegabytes: real(0.001, 100, 8, 'MB', 'larger files are left out: they are data rather than prose'),
  maxTotalMegabytes: real(0.001, 1000, 32, 'MB', 'of all files; beyond it a random choice of files is taken'),
  minCharacters: whole(1, 1e9, 20_000, 'characters', 'of cleaned text; with less, fine-tuning is refused'),
  seed: whole(0, 2 ** 32 - 1, 0, '', 'decides which files belong to which split'),
} as const;

export type CorpusOptions = OptionsOf<typeof corpusOptionTable>;

export const defaultCorpusOptions: CorpusOptions = defaultsOf(corpusOptionTable);

/**
 * Fills in defaults and checks every range.
 * @throws InklingError `optionOutOfRange`, naming the option and its range
 */
export const resolveCorpusOptions = (given: Partial<CorpusOptions>): CorpusOptions =>
  resolveOptions(corpusOptionTable, given);

/** Learned from · decides when to stop · compared before and after, never seen otherwise. */
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

/** How a workspace is read for the writer's own words: about a million tokens, eight megabytes of memory. */
export const ownWordsCorpus: Partial<CorpusOptions> = { maxTotalMegabytes: 4 };

/** How a repository's subjects are written, as far as a new one can follow. */
export interface CommitStyle {
  /** before the subject: `docs: `; '' for none */
  readonly prefix: string;
  readonly beginsSmall: boolean;
  readonly endsWithStop: boolean;
  readonly tense: 'imperative' | 'past' | 'third';
  readonly language: 'en' | 'zh';
}

const plainStyle: CommitStyle = {
  prefix: '',
  beginsSmall: false,
  endsWithStop: false,
  tense: 'imperative',
  language: 'en',
};

/** With fewer nothing can be said of a habit. */
const fewest = 3;
/** Of all subjects: a habit. */
const habit = 0.5;

const typed = /^(?:(\w+)(?:\([^)]*\))?!?|\[(\w[\w -]*)\]|([\p{L}\w./-]+)):?\s+/u;
/** Prefixes that a change of texts can have, whatever else is in the log. */
const ofTexts = /^\W*(?:docs?|documentation|文档)\b/iu;
const ofReadme = /^\W*readme\b/iu;
const thirdPerson =
  /^(?:adds|removes|fixes|updates|renames|changes|makes|moves|replaces|uses|describes|corrects|says|shows|explains|improves|rewords)\b/iu;
const past = /^(?:\p{L}+ed|made|wrote|rewrote|said|gave|put|cut)\b/iu;

/** Whether a subject that begins so has said which file it is about. */
export const namesFile = (prefix: string, path: string): boolean =>
  ofReadme.test(prefix) && ofReadme.test(path.split('/').at(-1)!);

/** @param subjects of earlier commits, newest first; @param paths of the changed files; @param isText whether these are all texts */
export function styleOf(subjects: readonly string[], paths: readonly string[], isText: boolean): CommitStyle {
  const own = subjects
    .map((subject) => subject.trim())
    .filter((subject) => subject !== '' && !/^(?:Merge|Revert) /u.test(subject));
  if (own.length < fewest) return plainStyle;
  const isHabit = (test: (subject: string) => boolean) => own.filter(test).length > habit * own.length;
  const isPrefixed = isHabit((subject) => prefixOf(subject) !== '');
  const texts = own.map((subject) => (isPrefixed ? subject.slice(prefixOf(subject).length) : subject));
  const suits = (prefix: string) => ofTexts.test(prefix) || paths.every((path) => namesFile(prefix, path));
  const share = (pattern: RegExp) => texts.filter((text) => pattern.test(text)).length / texts.length;
  return {
    prefix: isPrefixed && isText ? usual(own.map(prefixOf).filter(suits)) : '',
    beginsSmall: share(/^\p{Ll}/u) > habit,
    endsWithStop: share(/[.。]$/u) > habit,
    tense: share(thirdPerson) > habit ? 'third' : share(past) > habit ? 'past' : 'imperative',
    language: share(/\p{Script=Han}/u) > habit ? 'zh' : 'en',
  };
}

/** `docs: `, `fix(ui): `, `[docs] `, `README: `: one word and a mark, never a sentence. */
function prefixOf(subject: string): string {
  const found = typed.exec(subject)?.[0] ?? '';
  return /[:\]]\s+$/u.test(found) ? found : '';
}

/** The most frequent one without a scope, which belongs to its own commit. */
function usual(prefixes: readonly string[]): string {
  const bare = prefixes.map((prefix) => prefix.replace(/\([^()]*\)/u, '').replace('!', ''));
  const counts = new Map<string, number>();
  for (const prefix of bare) counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}

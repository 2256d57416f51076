import { CommitPhrases, cut, zhVerbs } from './commitPhrases.ts';
import { type CommitStyle, namesFile, styleOf } from './commitStyle.ts';
import { type FileChange, fileChanges } from './gitDiff.ts';
import type { ProseChange } from './proseChange.ts';
import { isProseFile, proseChanges, titleOf } from './proseChanges.ts';

const subjectColumns = 72;
const maxListed = 20;
/** Of one file: more is the diff again. */
const maxTold = 4;

/** A file with what can be said of its text. */
interface Told {
  readonly file: FileChange;
  readonly changes: readonly ProseChange[];
}

/**
 * Subject and body of a commit message: what happened to headings, terms and sentences, where it is prose, else what
 * changed where.
 * @param earlier subjects of the repository's commits, newest first: the style to keep to
 * @returns undefined without a diff
 */
export function commitMessageOf(diff: string, earlier: readonly string[] = []): string | undefined {
  const files = fileChanges(diff);
  if (files === undefined) return undefined;
  const paths = files.map(({ path }) => path);
  const writer = new MessageWriter(styleOf(earlier, paths, paths.every(isProseFile)));
  const told = files.map((file) => {
    const isRead = isProseFile(file.path) && file.verb === 'Update' && file.what === undefined;
    return { file, changes: isRead ? proseChanges(file) : [] };
  });
  const subject = writer.subject(told);
  const body = bodyOf(told, subject, writer);
  return body.length > 0 ? `${subject}\n\n${body.join('\n')}` : subject;
}

function bodyOf(told: readonly Told[], subject: string, writer: MessageWriter): string[] {
  const [only] = told;
  if (told.length === 1) {
    const { file, changes } = only!;
    const isNamed = subject.includes(nameOf(file.path)) || namesFile(subject, file.path);
    const said = changes.filter(isSaid);
    if (said.length > 1)
      return [
        ...(isNamed ? [] : [`${file.path}:`]),
        ...said.slice(0, maxTold).map((change) => `- ${writer.phrases.of(change)}`),
      ];
    return isNamed ? [] : [`- ${writer.file(file)} (${amount(file)})`];
  }
  const shown = told.slice(0, maxListed).map(({ file, changes }) => {
    const said = changes.filter(isSaid).map((change) => writer.phrases.of(change));
    return { file, said: said.slice(0, 2).join('; '), isOne: said.length === 1 };
  });
  // what happened to all of them stands in the subject
  const isShared =
    told.length > 1 && shown[0]!.said !== '' && shown.every(({ said, isOne }) => isOne && said === shown[0]!.said);
  const lines = shown.map(({ file, said }) =>
    isShared ? `- ${file.path}` : said ? `- ${file.path}: ${said}` : `- ${writer.file(file)} (${amount(file)})`,
  );
  return told.length > maxListed ? [...lines, writer.more(told.length - maxListed)] : lines;
}

/** That a text was reworded says nothing where nobody knows where in it. */
const isSaid = (change: ProseChange): boolean => change.kind !== 'reworded' || change.section !== undefined;

const amount = ({ what, added, removed, oldPath }: FileChange): string => {
  if (what !== undefined) return what;
  return added + removed > 0 ? `+${added} −${removed}` : oldPath === undefined ? 'empty' : 'no line changed';
};

/** Writes in the style of a repository. */
class MessageWriter {
  readonly phrases: CommitPhrases;
  readonly #style: CommitStyle;

  constructor(style: CommitStyle) {
    this.#style = style;
    this.phrases = new CommitPhrases(style);
  }

  /** The first that fits says most. */
  subject(told: readonly Told[]): string {
    const room = subjectColumns - this.#style.prefix.length - (this.#style.endsWithStop ? 1 : 0);
    const choices = told.length === 1 ? this.#ofOne(told[0]!, room) : this.#ofSeveral(told, room);
    const found = choices.find((choice) => choice !== '' && choice.length <= room) ?? cut(choices.at(-1)!, room);
    const { prefix, beginsSmall, endsWithStop, language } = this.#style;
    const text = beginsSmall ? found.slice(0, 1).toLowerCase() + found.slice(1) : found;
    return `${prefix}${text}${endsWithStop && !text.endsWith('…') ? (language === 'zh' ? '。' : '.') : ''}`;
  }

  more(count: number): string {
    return this.#style.language === 'zh' ? `- 另有 ${count} 个文件` : `- and ${count} more`;
  }

  file({ verb, path, oldPath }: FileChange): string {
    if (oldPath === undefined) return this.phrases.say(verb, path, `${zhVerbs[verb]} ${path}`);
    return this.phrases.say(verb, `${oldPath} to ${path}`, `将 ${oldPath} ${zhVerbs[verb]}为 ${path}`);
  }

  #ofOne({ file, changes }: Told, room: number): string[] {
    const [first, second] = changes;
    const isNamed = namesFile(this.#style.prefix, file.path);
    const where = isNamed ? '' : nameOf(file.path);
    const name = first && !isSaid(first) && !isNamed ? file.path : where; // all that the message can say is where
    const title = file.verb === 'Add' && isProseFile(file.path) ? titleOf(file) : undefined;
    return [
      first && second && isTelling(first) && isTelling(second)
        ? `${this.phrases.of(first, '', room)}${this.#style.language === 'zh' ? '；' : '; '}${small(this.phrases.of(second, name, room))}`
        : '',
      first ? this.phrases.of(first, name, room) : '',
      first ? this.phrases.of(first, where, room) : '',
      first ? this.phrases.of(first, '', room) : '',
      title === undefined
        ? ''
        : this.phrases.say('Add', `${nameOf(file.path)}: ${title}`, `添加 ${nameOf(file.path)}：${title}`),
      ...this.#nameChoices(file),
    ];
  }

  #nameChoices(file: FileChange): string[] {
    const { verb, path, oldPath, places, what } = file;
    const name = nameOf(path);
    const place = placeOf(places[0], path);
    const isRenamed = oldPath !== undefined && nameOf(oldPath) !== name;
    return [
      isRenamed
        ? this.phrases.say(verb, `${nameOf(oldPath)} to ${name}`, `将 ${nameOf(oldPath)} ${zhVerbs[verb]}为 ${name}`)
        : '',
      ...(oldPath !== undefined && !isRenamed && verb === 'Rename'
        ? [
            this.phrases.say('Move', `${oldPath} to ${path}`, `将 ${oldPath} 移到 ${path}`),
            this.phrases.say(
              'Move',
              `${name} to ${folderOf(path) || 'the top folder'}`,
              `将 ${name} 移到 ${folderOf(path) || '顶层目录'}`,
            ),
          ]
        : []),
      what === 'mode' ? this.phrases.say(verb, `mode of ${name}`, `更改 ${name} 的权限`) : '',
      place && oldPath === undefined
        ? this.phrases.say(verb, `${place} in ${name}`, `${zhVerbs[verb]} ${name} 中的 ${place}`)
        : '',
      this.phrases.say(verb, path, `${zhVerbs[verb]} ${path}`),
      this.phrases.say(verb, name, `${zhVerbs[verb]} ${name}`),
    ];
  }

  #ofSeveral(told: readonly Told[], room: number): string[] {
    const files = told.map(({ file }) => file);
    const verb = new Set(files.map((file) => file.verb)).size === 1 ? files[0]!.verb : 'Update';
    const paths = files.map(({ path }) => path);
    const names = paths.map(nameOf);
    const folder = commonFolder(paths);
    const inFolder = folder === '' ? '' : ` in ${folder}`;
    const many = this.phrases.say(verb, `${files.length} files`, `${zhVerbs[verb]} ${files.length} 个文件`);
    return [
      this.#shared(told, `${files.length} files${inFolder}`, room),
      this.#shared(told, `${files.length} files`, room),
      files.length <= 3
        ? this.phrases.say(
            verb,
            `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`,
            `${zhVerbs[verb]} ${names.join('、')}`,
          )
        : '',
      folder === ''
        ? ''
        : this.phrases.say(
            verb,
            `${files.length} files in ${folder}`,
            `${zhVerbs[verb]} ${folder} 中的 ${files.length} 个文件`,
          ),
      many,
    ];
  }

  /** What happened to each of the files, or to most of what changed; '' for nothing of the kind. */
  #shared(told: readonly Told[], where: string, room: number): string {
    const lists = told.map(({ changes }) => changes.map((change) => this.phrases.of(change)));
    const common = told[0]!.changes.find((change) => lists.every((list) => list.includes(this.phrases.of(change))));
    if (common) return this.phrases.of(common, where, room);
    const kinds = told.map(({ changes }) => changes[0]?.kind);
    const isPlain =
      kinds[0] === 'spelling' ||
      kinds[0] === 'links' ||
      kinds[0] === 'punctuation' ||
      kinds[0] === 'rewrapped' ||
      kinds[0] === 'figures' ||
      kinds[0] === 'blanks' ||
      kinds[0] === 'markup' ||
      kinds[0] === 'code';
    if (isPlain && kinds.every((kind) => kind === kinds[0]))
      return this.phrases.of({ kind: kinds[0] as 'links' }, where, room);
    const [best, ...others] = [...told].filter(({ changes }) => changes[0] && isTelling(changes[0]));
    return best && others.length === 0 ? this.phrases.of(best.changes[0]!, nameOf(best.file.path), room) : '';
  }
}

/** Says what it is about; the others only say of what kind it is. */
const isTelling = ({ kind }: ProseChange): boolean =>
  !['reworded', 'punctuation', 'rewrapped', 'figures', 'links', 'spelling', 'blanks', 'markup', 'code'].includes(kind);

const small = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);

/** What Git names behind a hunk's numbers: of a text only a heading says where one is. */
function placeOf(place: string | undefined, path: string): string | undefined {
  if (place === undefined || (isProseFile(path) && !/^(?:[#=]|\\(?:sub)*section)/u.test(place))) return undefined;
  const name = place
    .replace(/^#+\s*/u, '')
    .replace(/[{(:].*/su, '')
    .replace(
      /^(?:(?:export|default|declare|async|public|private|protected|static|pub)\s+)*(?:function|def|fn|func)\s+(?=\S)/u,
      '',
    )
    .trim();
  return namesNothing.test(name) ? undefined : name;
}

/** What stands before the brackets of a block that has no name of its own. */
const namesNothing = /^(?:describe|it|test|suite|if|for|while|switch|return|else|try|with)$/u;

const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/');
const nameOf = (path: string): string => path.split('/').at(-1) || path;

function commonFolder(paths: readonly string[]): string {
  const parts = paths.map((path) => path.split('/').slice(0, -1));
  const shared: string[] = [];
  for (const [i, part] of parts[0]!.entries()) {
    if (!parts.every((folders) => folders[i] === part)) break;
    shared.push(part);
  }
  return shared.join('/');
}

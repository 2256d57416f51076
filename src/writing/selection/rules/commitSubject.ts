import { type FileChange, fileChanges } from './gitDiff.ts';

const subjectColumns = 72;
const maxListed = 20;

/** Subject and body of a commit message that says what a diff changes where, and no more. Undefined without a diff. */
export function commitMessageOf(diff: string): string | undefined {
  const files = fileChanges(diff);
  if (files === undefined) return undefined;
  const body = files.length > 1 ? files.slice(0, maxListed).map((file) => `- ${told(file)} (${amount(file)})`) : [];
  if (files.length > maxListed) body.push(`- and ${files.length - maxListed} more`);
  const subject = subjectOf(files);
  const isCut = files.length === 1 && !subject.includes(nameOf(files[0]!.path));
  if (isCut) body.push(`- ${told(files[0]!)} (${amount(files[0]!)})`);
  return body.length > 0 ? `${subject}\n\n${body.join('\n')}` : subject;
}

const told = ({ verb, path, oldPath }: FileChange): string =>
  oldPath === undefined ? `${verb} ${path}` : `${verb} ${oldPath} to ${path}`;

const amount = ({ what, added, removed, oldPath }: FileChange): string => {
  if (what !== undefined) return what;
  return added + removed > 0 ? `+${added} −${removed}` : oldPath === undefined ? 'empty' : 'no line changed';
};

function subjectOf(files: readonly FileChange[]): string {
  const [first] = files;
  const verbs = new Set(files.map(({ verb }) => verb));
  const verb = verbs.size === 1 ? first!.verb : 'Update';
  if (files.length === 1) return subjectOfOne(first!);
  const names = files.map(({ path }) => nameOf(path));
  const listed = `${verb} ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  if (files.length <= 3 && fits(listed)) return listed;
  const folder = commonFolder(files.map(({ path }) => path));
  const inFolder = `${verb} ${files.length} files in ${folder}`;
  return folder !== '' && fits(inFolder) ? inFolder : `${verb} ${files.length} files`;
}

function subjectOfOne({ verb, path, oldPath, places, what }: FileChange): string {
  const name = nameOf(path);
  const place = places[0]
    ?.replace(/^#+\s*/u, '')
    .replace(/[{(:].*$/u, '')
    .trim();
  const moved = oldPath !== undefined && nameOf(oldPath) !== name ? `${verb} ${nameOf(oldPath)} to ${name}` : '';
  const candidates = [
    moved,
    what === 'mode' ? `${verb} mode of ${name}` : '',
    place && oldPath === undefined ? `${verb} ${place} in ${name}` : '',
    `${verb} ${path}`,
    `${verb} ${name}`,
  ];
  return candidates.find((candidate) => candidate !== '' && fits(candidate)) ?? `${verb} ${cut(name)}`;
}

const fits = (subject: string): boolean => subject.length <= subjectColumns;

/** The beginning of a name that is too long for a subject, at the border of a character. */
const cut = (name: string): string => `${name.slice(0, subjectColumns - 10).replace(/[\uD800-\uDBFF]$/u, '')}…`;

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

/** What a diff in git's format does to one file. */
interface FileChange {
  readonly path: string;
  readonly verb: 'Add' | 'Remove' | 'Rename' | 'Update';
  readonly added: number;
  readonly removed: number;
  /** headings and definitions near the changed lines, as git names them after the hunk's numbers */
  readonly places: readonly string[];
}

const subjectColumns = 72;

/** Subject and body of a commit message that says what a diff changes where, and no more. Undefined without a diff. */
export function commitMessageOf(diff: string): string | undefined {
  const files = fileChanges(diff);
  if (files.length === 0) return undefined;
  const subject = subjectOf(files);
  const body =
    files.length > 1
      ? files.slice(0, 20).map(({ verb, path, added, removed }) => `- ${verb} ${path} (+${added} −${removed})`)
      : [];
  if (files.length > 20) body.push(`- and ${files.length - 20} more`);
  return body.length > 0 ? `${subject}\n\n${body.join('\n')}` : subject;
}

function fileChanges(diff: string): FileChange[] {
  return diff
    .split(/^(?=diff --git )/mu)
    .filter((part) => part.startsWith('diff --git '))
    .map((part) => {
      const path = /^diff --git a\/.* b\/(.*)$/mu.exec(part)?.[1] ?? '';
      const verb = /^new file/mu.test(part)
        ? 'Add'
        : /^deleted file/mu.test(part)
          ? 'Remove'
          : /^rename to/mu.test(part)
            ? 'Rename'
            : 'Update';
      const places = [...part.matchAll(/^@@ [^@]* @@ (.+)$/gmu)].map((match) => match[1]!.trim());
      return {
        path,
        verb,
        places,
        added: part.match(/^\+(?!\+\+)/gmu)?.length ?? 0,
        removed: part.match(/^-(?!--)/gmu)?.length ?? 0,
      };
    });
}

function subjectOf(files: readonly FileChange[]): string {
  const [first] = files;
  const verbs = new Set(files.map(({ verb }) => verb));
  const verb = verbs.size === 1 ? first!.verb : 'Update';
  const name = (path: string) => path.split('/').at(-1)!;
  if (files.length === 1) {
    const place = first!.places[0]
      ?.replace(/^#+\s*/u, '')
      .replace(/[{(:].*$/u, '')
      .trim();
    const detailed = place ? `${verb} ${place} in ${name(first!.path)}` : `${verb} ${name(first!.path)}`;
    return detailed.length <= subjectColumns ? detailed : `${verb} ${name(first!.path)}`.slice(0, subjectColumns);
  }
  const names = files.map(({ path }) => name(path));
  const listed = `${verb} ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  if (files.length <= 3 && listed.length <= subjectColumns) return listed;
  const folder = commonFolder(files.map(({ path }) => path));
  return `${verb} ${files.length} files${folder === '' ? '' : ` in ${folder}`}`.slice(0, subjectColumns);
}

function commonFolder(paths: readonly string[]): string {
  const parts = paths.map((path) => path.split('/').slice(0, -1));
  const shared: string[] = [];
  for (const [i, part] of parts[0]!.entries()) {
    if (!parts.every((folders) => folders[i] === part)) break;
    shared.push(part);
  }
  return shared.join('/');
}

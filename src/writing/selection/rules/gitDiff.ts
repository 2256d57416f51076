import { parsePatch, type StructuredPatch } from 'diff';

/** Lines that changed, with those around them. */
export interface Hunk {
  /** as Git names it behind the hunk's numbers; '' for none */
  readonly place: string;
  /** each with its sign */
  readonly lines: readonly string[];
}

/** What a diff in Git's format does to one file. */
export interface FileChange {
  /** unquoted and without the prefix (`a/`, `i/`, none …); never empty */
  readonly path: string;
  /** of a renamed or copied file: where it was */
  readonly oldPath?: string;
  readonly verb: 'Add' | 'Remove' | 'Rename' | 'Copy' | 'Update';
  /** lines, as `git diff --numstat` counts them; of a combined diff against the first parent */
  readonly added: number;
  readonly removed: number;
  /** what changed where no lines are counted */
  readonly what?: 'binary' | 'mode' | 'submodule';
  /** headings and definitions near the changed lines, as Git names them behind the hunk's numbers */
  readonly places: readonly string[];
  /** of a combined diff, or where no lines are counted: none */
  readonly hunks: readonly Hunk[];
}

/**
 * The files of a diff in order, each once. Lines of content never begin with the `d` or `S` of a header, so the diff
 * falls apart at headers; names and flags of a header are read by the library.
 * @returns undefined for what is no diff, or holds a file whose name cannot be told
 */
export function fileChanges(diff: string): FileChange[] | undefined {
  const files = new Map<string, FileChange>();
  for (const part of diff.replace(/\r\n/gu, '\n').split(/^(?=diff --(?:git|cc|combined) |Submodule \S)/mu)) {
    const isHeaded = /^(?:diff --|Submodule )/u.test(part);
    const changes = isHeaded ? [fileChange(part)] : plainChanges(part);
    for (const change of changes) {
      if (change === undefined || change.path === '') return undefined;
      const known = files.get(change.path); // of a file that became a link, Git tells twice
      files.set(change.path, known ? together(known, change) : change);
    }
  }
  return files.size > 0 ? [...files.values()] : undefined;
}

const together = (a: FileChange, b: FileChange): FileChange => ({
  ...a,
  verb: 'Update',
  added: a.added + b.added,
  removed: a.removed + b.removed,
  places: [...a.places, ...b.places],
  hunks: [...a.hunks, ...b.hunks],
});

function fileChange(part: string): FileChange | undefined {
  if (part.startsWith('Submodule ')) return submoduleChange(part);
  const firstHunk = /^(?:@@|GIT binary patch$|Binary files )/mu.exec(part)?.index ?? part.length;
  const header = part.slice(0, firstHunk);
  const flags = parsed(header.replace(/^(?:---|\+\+\+) .*\n?/gmu, ''))[0];
  const names = header.startsWith('diff --git ') ? gitNames(header, flags) : { path: combinedName(header) };
  if (names.path === '') return undefined;
  const counted = countedHunks(part.slice(firstHunk));
  const isBinary = firstHunk < part.length && part[firstHunk] !== '@';
  const what = isBinary ? 'binary' : firstHunk === part.length && /^old mode /mu.test(header) ? 'mode' : undefined;
  return { ...names, verb: verbOf(flags, header), ...counted, ...(what && { what }) };
}

function verbOf(flags: StructuredPatch | undefined, header: string): FileChange['verb'] {
  if (flags?.isRename) return 'Rename';
  if (flags?.isCopy) return 'Copy';
  if (/^new file mode /mu.test(header)) return 'Add';
  return /^deleted file mode /mu.test(header) ? 'Remove' : 'Update';
}

/** A line of content begins with a sign for each version that the new one is compared with, whatever follows. */
function countedHunks(text: string): Pick<FileChange, 'added' | 'removed' | 'places' | 'hunks'> {
  const hunks = text.startsWith('@@') ? readHunks(text) : [];
  const lines = hunks.flatMap((hunk) => hunk.lines);
  return {
    added: lines.filter((line) => line.startsWith('+')).length,
    removed: lines.filter((line) => line.startsWith('-')).length,
    places: hunks.flatMap(({ place }) => place || []),
    hunks: hunks.filter(({ versions }) => versions === 1).map(({ place, lines: all }) => ({ place, lines: all })),
  };
}

/** Each ends where its header says: the signature of a mail begins with a sign, too. */
function readHunks(text: string): (Hunk & { readonly versions: number })[] {
  const hunks: { place: string; lines: string[]; versions: number }[] = [];
  let left: number[] = []; // lines of each old version and of the new one
  for (const line of text.split('\n')) {
    const header = /^(@@+) ([-+,\d ]+) @@+ ?(.*)/u.exec(line);
    if (header) {
      left = header[2]!.split(' ').map((range) => Number(range.split(',')[1] ?? 1));
      hunks.push({ place: header[3]!.trim(), lines: [], versions: header[1]!.length - 1 });
    } else if (/^[-+ ]/u.test(line) && left.some((count) => count > 0)) {
      hunks.at(-1)!.lines.push(line);
      left = left.map((count, i) => (isInVersion(line, i, left.length - 1) ? count - 1 : count));
    } else if (line === '') left = left.map((count) => count - 1); // a blank line whose sign was eaten
  }
  return hunks;
}

/** @param version those before the last one are old */
function isInVersion(line: string, version: number, last: number): boolean {
  return version === last ? !line.slice(0, last).includes('-') : line[version] !== '+';
}

type Names = Pick<FileChange, 'path' | 'oldPath'>;

/** Without `---` and `+++` lines the library gives a rename the prefixes `a/` and `b/`. */
function gitNames(header: string, flags: StructuredPatch | undefined): Names {
  if ((flags?.isRename || flags?.isCopy) && flags.oldFileName && flags.newFileName) {
    return { oldPath: bare(flags.oldFileName.slice(2)), path: bare(flags.newFileName.slice(2)) };
  }
  const line = /^diff --git (.*)/u.exec(header)![1]!;
  if (line.startsWith('"')) return { path: bare(sharedName(flags?.oldFileName, flags?.newFileName) ?? '') };
  // The same name stands there twice, with prefixes that are nearly always of one length.
  const middle = (line.length - 1) / 2;
  const atMiddle = line[middle] === ' ' ? sharedName(line.slice(0, middle), line.slice(middle + 1)) : undefined;
  return { path: bare(atMiddle ?? nameOfFileLines(header) ?? longestShared(line) ?? '') };
}

/** `a/x` and `b/x` share `x`; two equal names have no prefix. */
function sharedName(old: string | undefined, now: string | undefined): string | undefined {
  if (!old || !now) return undefined;
  if (old === now) return now;
  let length = 0;
  while (length < Math.min(old.length, now.length) && old.at(-1 - length) === now.at(-1 - length)) length++;
  const shared = now.slice(now.length - length);
  const slash = shared.indexOf('/'); // the prefixes may share letters of their own: `left/`, `right/`
  return slash < 0 || slash === shared.length - 1 ? undefined : shared.slice(slash + 1);
}

/** Of two files that were compared without a repository: the new one. */
function nameOfFileLines(header: string): string | undefined {
  const old = /^--- ([^\t\n]*)/mu.exec(header)?.[1];
  const now = /^\+\+\+ ([^\t\n]*)/mu.exec(header)?.[1];
  if (!old || !now) return undefined;
  const name = now === '/dev/null' ? old : now;
  return sharedName(old, now) ?? (old === '/dev/null' || now === '/dev/null' ? undefined : withoutPrefix(name));
}

const withoutPrefix = (name: string): string => name.replace(/^[abciwo12]\//u, '');

/** With prefixes of two lengths: the cut after which the two names share most. */
function longestShared(line: string): string | undefined {
  let best: string | undefined;
  for (let at = line.indexOf(' '), tries = 0; at >= 0 && tries < 50; at = line.indexOf(' ', at + 1), tries++) {
    const shared = sharedName(line.slice(0, at), line.slice(at + 1));
    if (shared !== undefined && shared.length > (best?.length ?? 0)) best = shared;
  }
  return best;
}

/** `diff --cc NAME`, without a prefix. */
function combinedName(header: string): string {
  const name = /^diff --(?:cc|combined) (.*)/u.exec(header)![1]!;
  return bare(name.startsWith('"') ? (parsed(`diff --git ${name} ${name}`)[0]?.newFileName ?? '') : name);
}

/** `Submodule lib/parts 1234567..89abcde:`, as the option `--submodule=log` gives it. */
function submoduleChange(part: string): FileChange | undefined {
  const match = /^Submodule (.+?) (?:([0-9a-f]{7,})\.{2,3}([0-9a-f]{7,})|contains )(.*)/u.exec(part);
  if (!match) return undefined;
  const verb = /^0+$/u.test(match[2] ?? '1') ? 'Add' : /^0+$/u.test(match[3] ?? '1') ? 'Remove' : 'Update';
  return { path: match[1]!, verb, added: 0, removed: 0, places: [], hunks: [], what: 'submodule' };
}

/** Files of a unified diff without Git's headers; nothing for text that is none. */
function plainChanges(text: string): (FileChange | undefined)[] {
  if (!/^--- .+\n\+\+\+ .+\n@@ /mu.test(text)) return [];
  return parsed(text).map(({ oldFileName: old = '', newFileName: now = '', hunks }) => {
    const lines = hunks.flatMap((hunk) => hunk.lines);
    const name = now === '/dev/null' ? old : now;
    return {
      path: bare(sharedName(old, now) ?? withoutPrefix(name)),
      verb: old === '/dev/null' ? 'Add' : now === '/dev/null' ? 'Remove' : 'Update',
      added: lines.filter((line) => line.startsWith('+')).length,
      removed: lines.filter((line) => line.startsWith('-')).length,
      places: [],
      hunks: hunks.map(({ lines: all }) => ({ place: '', lines: all })),
    };
  });
}

/** What the library throws at is no diff that anything can be said about. */
function parsed(text: string): StructuredPatch[] {
  try {
    return parsePatch(text);
  } catch {
    return [];
  }
}

/** On one line: a name may hold anything. */
const bare = (name: string): string =>
  name.replace(/\p{Cc}/gu, (character) => ({ '\n': '\\n', '\t': '\\t', '\r': '\\r' })[character] ?? '\uFFFD');

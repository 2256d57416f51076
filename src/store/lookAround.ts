import { opendirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Somebody may have linked a whole disk there: so many folders are read, and so much of each. */
const mostFolders = 5_000;
const mostEntries = 10_000;
/** Folders below a place that are looked into. */
const mostDepth = 5;

interface Entries {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}
const nothing: Entries = { files: [], folders: [] };

/** What lies in a place of another program. Links are followed; what is read twice, by whatever name, is read once. */
export class LookAround {
  readonly #known = new Map<string, Entries>();
  readonly #mostFolders: number;

  constructor(most = mostFolders) {
    this.#mostFolders = most;
  }

  /** how many folders have been read */
  get folders(): number {
    return this.#known.size;
  }

  /** Names in a folder, in order; none where there is no such folder, it may not be read, or enough have been read. */
  read(folder: string): Entries {
    const real = realPathOf(folder);
    if (real === undefined) return nothing;
    const known = this.#known.get(real);
    if (known) return known;
    if (this.#known.size >= this.#mostFolders) return nothing;
    const entries = entriesOf(real);
    this.#known.set(real, entries);
    return entries;
  }

  /** Every folder of a tree, the place itself first; one that several names lead to is given once. */
  *below(place: string): Generator<string> {
    const given = new Set<string>();
    const waiting = [{ folder: place, depth: 0 }];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { folder, depth } = next;
      const real = realPathOf(folder);
      if (real === undefined || given.has(real)) continue;
      given.add(real);
      yield folder;
      if (depth === mostDepth) continue;
      const { folders } = this.read(folder);
      waiting.push(...folders.toReversed().map((name) => ({ folder: join(folder, name), depth: depth + 1 })));
    }
  }
}

/** undefined for a link that leads nowhere, or in a circle */
function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function entriesOf(folder: string): Entries {
  const files: string[] = [];
  const folders: string[] = [];
  try {
    const directory = opendirSync(folder);
    try {
      for (let count = 0; count < mostEntries; count++) {
        const entry = directory.readSync();
        if (!entry) break;
        const found = entry.isSymbolicLink() ? statOf(join(folder, entry.name)) : entry;
        if (found?.isFile()) files.push(entry.name);
        else if (found?.isDirectory()) folders.push(entry.name);
      }
    } finally {
      directory.closeSync();
    }
  } catch {
    // it is no folder, or may not be read: what has been seen of it counts
  }
  return { files: files.sort(), folders: folders.sort() };
}

function statOf(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined; // a circle of links
  }
}

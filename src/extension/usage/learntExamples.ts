import { appendFile, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { withoutLastWord } from '../../writing/completion/segment.ts';
import { survives } from '../../writing/usage/survives.ts';
import { serialQueue, withFileLock } from '../serialQueue.ts';

/** A suggestion, and what stands in its place some time later. */
export interface LearntExample {
  /** ISO 8601 */
  readonly at: string;
  /** accepted and still there, or not */
  readonly kind: 'accepted' | 'rejected';
  /** of the document, below the workspace's folder */
  readonly path: string;
  readonly languageId: string;
  /** the end of the text before it */
  readonly before: string;
  readonly suggested: string;
  /** what the writer has there */
  readonly written: string;
}

const maxBytes = 1_000_000;

/**
 * Examples of a workspace as JSON lines, one each, so that a person can read, change and delete them in an editor. When
 * there is more than a megabyte, the older half goes.
 */
export class LearntExamples {
  readonly path: string;
  readonly #inTurn = serialQueue();

  /** @param path need not exist, nor its folder */
  constructor(path: string) {
    this.path = path;
  }

  add(example: LearntExample): Promise<void> {
    return this.#alone(async () => {
      await appendFile(this.path, `${JSON.stringify(example)}\n`);
      if ((await stat(this.path)).size <= maxBytes) return;
      const lines = await this.#lines();
      await this.#replace(newestWithin(lines, maxBytes / 2));
    });
  }

  /** Oldest first. Lines that are no examples any more are passed over. */
  read(): Promise<LearntExample[]> {
    return this.#inTurn(async () => (await this.#lines()).map(parsed).filter((example) => example !== undefined));
  }

  remove(example: LearntExample): Promise<void> {
    const line = JSON.stringify(example);
    return this.#alone(async () => {
      const lines = await this.#lines();
      await this.#replace(lines.filter((one) => JSON.stringify(parsed(one)) !== line));
    });
  }

  clear(): Promise<void> {
    return this.#alone(() => rm(this.path, { force: true }));
  }

  /** Neither this window nor another writes the file meanwhile. */
  #alone(work: () => Promise<void>): Promise<void> {
    return this.#inTurn(() => withFileLock(this.path, work));
  }

  async #lines(): Promise<string[]> {
    const text = await readFile(this.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    return text.split('\n').filter((line) => line.trim() !== '');
  }

  async #replace(lines: readonly string[]): Promise<void> {
    const temporary = `${this.path}.writing`;
    await writeFile(temporary, lines.map((line) => `${line}\n`).join(''));
    await rename(temporary, this.path);
  }
}

function newestWithin(lines: readonly string[], bytes: number): string[] {
  const kept: string[] = [];
  let room = bytes;
  for (const line of [...lines].reverse()) {
    room -= Buffer.byteLength(line) + 1;
    if (room < 0) break;
    kept.unshift(line);
  }
  return kept;
}

function parsed(line: string): LearntExample | undefined {
  try {
    const { at, kind, path: of, languageId, before, suggested, written } = JSON.parse(line) as LearntExample;
    const texts = [at, of, languageId, before, suggested, written];
    const isExample = (kind === 'accepted' || kind === 'rejected') && texts.every((text) => typeof text === 'string');
    return isExample ? { at, kind, path: of, languageId, before, suggested, written } : undefined;
  } catch {
    return undefined;
  }
}

/** In UTF-16 units. */
const beforeCharacters = 300;
const writtenCharacters = 200;

/** A look at a document's text where a suggestion was accepted or passed over. */
interface LookedAt {
  readonly kind: 'accepted' | 'rejected';
  readonly text: string;
  /** where the suggestion stood */
  readonly start: number;
  /** the end of what was accepted of it */
  readonly end: number;
  readonly suggested: string;
}

type ExampleText = Pick<LearntExample, 'kind' | 'before' | 'suggested' | 'written'>;

/**
 * What there is to learn: what was accepted and stayed, or what the writer has put there instead.
 * @returns undefined when nothing stands there
 */
export function exampleOf({ kind, text, start, end, suggested }: LookedAt): ExampleText | undefined {
  const standing = text.slice(start, end);
  const isKept = kind === 'accepted' && survives(suggested, standing);
  const written = isKept ? standing : restOfLine(text, start);
  if (written.trim() === '') return undefined;
  const before = wholeWords(text.slice(Math.max(0, start - beforeCharacters), start), start > beforeCharacters);
  return { kind: isKept ? 'accepted' : 'rejected', before, suggested, written };
}

/** Without the word at the end when it may be only the beginning of one. */
function restOfLine(text: string, start: number): string {
  const lineEnd = text.slice(start).search(/\r?\n/u);
  const rest = lineEnd < 0 ? text.slice(start) : text.slice(start, start + lineEnd);
  return rest.length <= writtenCharacters ? rest : withoutLastWord(rest.slice(0, writtenCharacters));
}

const wholeWords = (text: string, isCut: boolean): string => (isCut ? text.replace(/^\S*\s+/u, '') : text);

import type { ActionRequest } from '../selectionAction.ts';
import { dialectOf } from './dialect.ts';
import { readWhole } from './reading.ts';

type Place = Pick<ActionRequest, 'text' | 'languageId' | 'before'>;

/**
 * The level of a heading that comes to stand above the selection: the document's title where no heading stands above,
 * else one below the heading there, or one like it where text stands between.
 */
export function levelAbove({ before = '', languageId }: Place): number {
  const above = lastHeading(before, languageId);
  if (!above) return 1;
  return above.level === 1 || above.isNext ? above.level + 1 : above.level;
}

/** The level of headings within the selection: one below the heading that they stand under. */
export function levelWithin({ text, before = '', languageId }: Place): number {
  const own = readWhole(text, languageId).blocks.find(({ kind }) => kind === 'heading');
  const level = own ? levelOf(own.level, languageId) : (lastHeading(before, languageId)?.level ?? 1);
  return level + 1;
}

/** True when the selection begins with a title of its own. */
export function beginsWithTitle({ text, languageId }: Place): boolean {
  const [first] = readWhole(text, languageId).blocks.filter(({ kind }) => kind !== 'blank' && kind !== 'frontMatter');
  return first?.kind === 'heading';
}

/** What stands before the text may give it its title. */
const namesTitle = /^(?:title\s*[:=]|=\s+\S|#\+title:)/imu;

interface HeadingAbove {
  readonly level: number;
  /** nothing stands between */
  readonly isNext: boolean;
}

function lastHeading(before: string, languageId: string): HeadingAbove | undefined {
  const { blocks } = readWhole(before, languageId);
  const found =
    blocks.findLast(({ kind }) => kind === 'heading') ??
    blocks.find(({ kind, start, end }) => kind === 'frontMatter' && namesTitle.test(before.slice(start, end)));
  if (found?.kind === 'frontMatter') return { level: 1, isNext: before.slice(found.end).trim() === '' };
  return found && { level: levelOf(found.level, languageId), isNext: before.slice(found.end).trim() === '' };
}

const levelOf = (found: number, languageId: string): number => dialectOf(languageId).levelOf?.(found) ?? found;

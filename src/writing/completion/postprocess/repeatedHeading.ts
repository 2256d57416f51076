import type { Block } from '../../../text/block.ts';
import { readText } from '../../../text/readText.ts';
import type { Rule } from './rule.ts';

/**
 * A heading that stands beside this one already is not offered again: who begins another “Con…” below the same title does not
 * mean the one that is there. Under another title it may be meant (“Added” of each version), and so it may where the
 * author has it twice.
 */
export const repeatedHeading: Rule = (text, { zone, before, languageId, caret }) => {
  if (zone !== 'heading') return text;
  const [line] = text.split('\n', 1);
  const isAnywhere = before.toLowerCase().includes(bareTitle(line!));
  if (!isAnywhere) return text; // a text is read only where it may be so
  const reading = readText(before + line + caret.lineSuffix, languageId);
  const headings = reading.blocks.filter(({ kind, start }) => kind === 'heading' && start <= before.length);
  const heading = headings.pop();
  if (heading === undefined || heading.end < before.length) return text;
  const titleOf = ({ contentStart, contentEnd }: Block) => bareTitle(reading.text.slice(contentStart, contentEnd));
  const title = titleOf(heading);
  const parent = headings.findLastIndex(({ level }) => level < heading.level);
  const beside = headings.slice(parent + 1).filter((other) => other.level === heading.level);
  return beside.filter((other) => titleOf(other) === title).length === 1 ? { drop: 'repeatsText' } : text;
};

const bareTitle = (title: string): string => title.replace(/[\s.:]{1,60}$/u, '').toLowerCase();

import type { TextReading } from '../../../text/block.ts';
import { languageOfText } from '../../../text/language.ts';
import { unwrapped } from '../../../text/sentences.ts';
import { joinedLines, needsBlank } from '../../../text/unspaced.ts';
import { type Note, note } from '../notes.ts';
import { type FlatList, flatList } from '../text/listItems.ts';
import { wordCount } from '../text/words.ts';
import type { Edit } from '../wordChanges.ts';
import { capitalized } from './phraseTable.ts';

/** An item that begins with a capital and has this many words is a sentence without its full stop. */
const minSentenceWords = 5;
const conjunctions: Readonly<Record<string, string>> = {
  en: 'and',
  de: 'und',
  fr: 'et',
  es: 'y',
  it: 'e',
  pt: 'e',
  nl: 'en',
};

export interface ProseEdit {
  readonly edit: Edit;
  readonly notes: readonly Note[];
}

/** A list as running text in its place: sentences follow each other, fragments are joined with commas. */
export function proseEdit(reading: TextReading): ProseEdit | { readonly why: Note } {
  const list = flatList(reading);
  if ('why' in list) return list;
  const items = list.items.map((block) => unwrapped(reading, block));
  const lead = list.lead ? unwrapped(reading, list.lead) : '';
  const numbers = list.items.map(({ containers }) => containers.at(-1)!).filter(({ ordered }) => ordered);
  const edit = paragraphInPlace(reading, list, joinedItems(lead, items, languageOfText(reading.text) ?? 'en'));
  const gone = numbers.map(({ marker }) => /[\p{L}\p{N}#]+/u.exec(marker)?.[0] ?? marker.trim()).join(', ');
  return { edit, notes: numbers.length > 0 ? [note('numbersGone', gone)] : [] };
}

/** A paragraph in the place of a list and the line that leads to it. */
export function paragraphInPlace({ languageId }: TextReading, { lead, start, end }: FlatList, words: string): Edit {
  const isHtml = languageId === 'html';
  const from = (isHtml ? lead?.start : lead?.contentStart) ?? start;
  return { start: from, end, replacement: isHtml ? `<p>${words}</p>` : words };
}

function joinedItems(lead: string, items: readonly string[], language: string): string {
  const isSentence = (item: string) =>
    /[.!?。！？]["”’」』)]*$/u.test(item) || (/^\p{Lu}/u.test(item) && wordCount(item) >= minSentenceWords);
  // Who begins every fragment with a capital may mean names: within a sentence the capitals would be wrong or right.
  if (items.some((item) => isSentence(item) || /^\p{Lu}/u.test(item))) {
    const sentences = items.map((item) => capitalized(ended(item)));
    const opening = lead === '' ? [] : [lead.replace(/:$/u, '.')];
    return [...opening, ...sentences].reduce(joinedLines);
  }
  const fragments = items.map((item) => item.replace(/[.,;、，；。]$/u, ''));
  const joined = ended(enumerated(fragments, language));
  if (lead === '') return capitalized(joined);
  const colon = /[:：]$/u.test(lead) ? lead : `${lead.replace(/[.。]$/u, '')}:`;
  return joinedLines(colon, joined);
}

function enumerated(fragments: readonly string[], language: string): string {
  if (!needsBlank(fragments[0]!, fragments[1]!)) return fragments.join('、');
  const isArabic = /\p{Script=Arabic}/u.test(fragments[0]!);
  const mark = fragments.some((item) => /[,،]/u.test(item)) ? (isArabic ? '؛' : ';') : isArabic ? '،' : ',';
  const conjunction = conjunctions[language];
  if (conjunction === undefined) return fragments.join(`${mark} `);
  const hasMark = fragments.length > 2 && (language === 'en' || mark === ';');
  return `${fragments.slice(0, -1).join(`${mark} `)}${hasMark ? mark : ''} ${conjunction} ${fragments.at(-1)}`;
}

/** With the mark that its script ends sentences with. */
const ended = (item: string): string => {
  if (/[.!?:。！？：…]["”’」』)]*$/u.test(item)) return item;
  return `${item.replace(/[,;]$/u, '')}${needsBlank(item.replace(/(?<!["'”’」』)\]])["'”’」』)\]]+$/u, ''), '字') ? '.' : '。'}`;
};

import { isOneSentence } from '../../../text/sentenceEnd.ts';
import type { ActionRequest } from '../selectionAction.ts';
import type { Form } from './resultChecks.ts';

/** A line of a list, in any markup. */
const bulletLine = /^[ \t]*(?:(?:[-+]|\*{1,9}|\\item) \S|\\(?:begin|end)\{itemize\}|<\/?(?:ul|li)>)/u;
const bullets: Form = { test: (text) => text !== '' && linesOf(text).every((line) => bulletLine.test(line)) };
const oneLine = /^[^\n]{1,120}$/u;
const commit = /^[^\n]{1,72}(?:\n\n(?:.|\n)*)?$/u;

/** undefined = anything */
export function formOf({ action, form, textLanguage }: ActionRequest): Form | undefined {
  const oneSentence: Form = { test: (text) => text !== '' && isOneSentence(text, textLanguage) };
  if (action === 'summarize')
    return form === 'sentence' ? oneSentence : form === 'bullets' || form === 'outline' ? bullets : undefined;
  if (action === 'title') return oneLine;
  if (action === 'betterWord') return /^\S+(?: \S+){0,2}$/u;
  if (action === 'commitMessage') return commit;
  return undefined;
}

export const itemMark = /^[ \t]*(?:[-*+•]|\d{1,4}[.)、]|\\item\b|<li>|#\.)[ \t]*(?:\[[ xX]\][ \t]+)?(?=\S)/u;
const numberMark = /^[ \t]*\d{1,4}[.)、][ \t]*(?=\S)/u;
/** A point beyond doubt, where a text may hold other things, too. */
const point = /^[ \t]*(?:(?:[-*+•]|\d{1,4}[.)])[ \t]+|\d{1,4}、)(?=\S)/gmu;
const numberedPoint = /^[ \t]*\d{1,4}(?:[.)][ \t]+|、)(?=\S)/gmu;
export const itemCount = (text: string, of: 'any' | 'numbered' = 'any'): number =>
  text.match(of === 'any' ? point : numberedPoint)?.length ?? 0;
export const linesOf = (text: string): string[] => text.split(/\r?\n/u).filter((line) => line.trim() !== '');

/** Every line is a point, goes on with one, leads to the list or is markup. */
export const isAllList = (text: string): boolean =>
  linesOf(text).filter((line) => itemMark.test(line)).length > 1 &&
  linesOf(text).every((line) => itemMark.test(line) || /^(?:[ \t]|[#<\\|[+=.])|[:：][ \t]*$/u.test(line));

/** From 1 on, one after the other; the same number at all of them is Markdown's short form. */
export function isNumbered(text: string): boolean {
  if (/\\begin\{enumerate\}|<ol>/u.test(text)) return isAllList(text);
  const isCountedByMarkup = /^(?:\.|#\.|\+)[ \t]/mu.test(text) && !linesOf(text).some((line) => numberMark.test(line));
  if (isCountedByMarkup) return linesOf(text).length > 1;
  const numbers = linesOf(text).flatMap((line) => Number(/^(\d{1,4})[.)、]/u.exec(line)?.[1] ?? []));
  const goesUp = numbers.every((each, i) => each === 1 || each === numbers[i - 1]! + 1 || each === numbers[i - 1]);
  return numbers.length > 1 && numbers[0] === 1 && goesUp && isAllList(text);
}

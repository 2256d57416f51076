import type { ActionRequest } from '../selectionAction.ts';
import { type Form, isOneSentence } from './resultChecks.ts';

const bullets = /^(?:[ \t]*(?:(?:[-*+]|\\item) \S.*|\\(?:begin|end)\{itemize\}[ \t]*)(?:\r?\n|$))+$/u;
const oneLine = /^[^\n]{1,120}$/u;
const oneSentence: Form = { test: (text) => text !== '' && isOneSentence(text) };
const commit = /^[^\n]{1,72}(?:\n\n(?:.|\n)*)?$/u;

/** undefined = anything */
export function formOf({ action, form }: ActionRequest): Form | undefined {
  if (action === 'summarize')
    return form === 'sentence' ? oneSentence : form === 'bullets' || form === 'outline' ? bullets : undefined;
  if (action === 'title') return oneLine;
  if (action === 'betterWord') return /^\S+(?: \S+){0,2}$/u;
  if (action === 'commitMessage') return commit;
  return undefined;
}

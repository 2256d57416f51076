import { l10n } from 'vscode';
import type { ActionId, SummaryForm } from '../../writing/selection/selectionAction.ts';

/** What an action is called, in the person's language. */
export function actionTitle(action: ActionId): string {
  const titles: Readonly<Record<ActionId, () => string>> = {
    summarize: () => l10n.t('Summarize'),
    rewrite: () => l10n.t('Rewrite'),
    shorten: () => l10n.t('Shorten'),
    expand: () => l10n.t('Expand'),
    fix: () => l10n.t('Fix spelling and grammar'),
    simplify: () => l10n.t('Simplify'),
    formal: () => l10n.t('More formal'),
    friendly: () => l10n.t('Friendlier'),
    bullets: () => l10n.t('Turn into bullets'),
    numbered: () => l10n.t('Turn into a numbered list'),
    prose: () => l10n.t('Turn into prose'),
    table: () => l10n.t('Turn into a table'),
    continue: () => l10n.t('Continue'),
    title: () => l10n.t('Suggest a title'),
    headings: () => l10n.t('Add headings'),
    betterWord: () => l10n.t('Better word'),
    translate: () => l10n.t('Translate'),
    ask: () => l10n.t('Ask about the text'),
    custom: () => l10n.t('Your own instruction'),
    commitMessage: () => l10n.t('Commit message'),
  };
  return titles[action]();
}

/** What it does, in one phrase. */
export function actionDescription(action: ActionId): string {
  const descriptions: Readonly<Record<ActionId, () => string>> = {
    summarize: () => l10n.t('The gist in a sentence, a paragraph, bullets or an outline'),
    rewrite: () => l10n.t('The same in other words'),
    shorten: () => l10n.t('Filler and repetitions out; what says something stays'),
    expand: () => l10n.t('A sentence or two more for each paragraph'),
    fix: () => l10n.t('Mistakes only; what is right stays'),
    simplify: () => l10n.t('Plainer words, shorter sentences'),
    formal: () => l10n.t('As one writes to strangers'),
    friendly: () => l10n.t('As one writes to people one likes'),
    bullets: () => l10n.t('One point per line'),
    numbered: () => l10n.t('Sentences or bullets as numbered points'),
    prose: () => l10n.t('A list as running text'),
    table: () => l10n.t('A list with a common pattern as rows'),
    continue: () => l10n.t('What might come next'),
    title: () => l10n.t('Titles to choose from'),
    headings: () => l10n.t('A heading above each part of a long text'),
    betterWord: () => l10n.t('Words that fit in this place'),
    translate: () => l10n.t('Into the language that you name'),
    ask: () => l10n.t('An answer from the text'),
    custom: () => l10n.t('Whatever you ask for'),
    commitMessage: () => l10n.t('From the staged changes'),
  };
  return descriptions[action]();
}

/** What is to be typed before an action that needs words of the person's. */
export function instructionPrompt(action: ActionId): string {
  if (action === 'ask') return l10n.t('What do you want to know?');
  if (action === 'table') return l10n.t('Names of the columns, separated by commas');
  if (action === 'translate') return l10n.t('Into which language?');
  return l10n.t('What should become of the text?');
}

export function formTitle(form: SummaryForm): string {
  const titles: Readonly<Record<SummaryForm, () => string>> = {
    sentence: () => l10n.t('One sentence'),
    paragraph: () => l10n.t('A paragraph'),
    bullets: () => l10n.t('Bullets'),
    outline: () => l10n.t('An outline'),
  };
  return titles[form]();
}

import type { BlindTestView, FineTuningView, RevealedPair } from '../../protocol/fineTuningPages.ts';
import { formatCount, l10n } from '../editorHost.ts';
import { button, element, facts, type Section, type Send } from '../element.ts';

/** Two continuations of the writer's own text: which is better? Only at the end it is told which was which. */
export function blindTestSection(send: Send): Section {
  const inner = element('div');
  const root = element('section', { hidden: true }, element('h2', {}, l10n.t('Judge for yourself')), inner);
  let shown: string | undefined;
  return {
    root,
    update(view) {
      root.hidden = view.phase !== 'done' || !view.report;
      const key = JSON.stringify(view.blindTest ?? null);
      if (root.hidden || key === shown) return;
      const hadFocus = inner.contains(document.activeElement);
      shown = key;
      inner.replaceChildren(...content(view, send));
      if (hadFocus) inner.querySelector('button')?.focus(); // the next question: the keyboard stays where it was
    },
  };
}

function content({ blindTest }: FineTuningView, send: Send): HTMLElement[] {
  if (!blindTest) {
    const start = button(l10n.t('Compare without knowing which is which'), () => send({ kind: 'startBlindTest' }));
    return [
      element('p', {}, l10n.t('Choose the better of two continuations a few times, then see whose they were.')),
      element('div', { className: 'buttons' }, start),
    ];
  }
  switch (blindTest.kind) {
    case 'preparing':
      return [element('p', { role: 'status' }, l10n.t('Both are writing …'))];
    case 'asking':
      return question(blindTest, send);
    case 'answered':
      return answer(blindTest);
  }
}

function question(asked: Extract<BlindTestView, { kind: 'asking' }>, send: Send): HTMLElement[] {
  const side = (name: 'left' | 'right', text: string) =>
    element(
      'div',
      {},
      element('p', { className: 'continuation' }, text),
      button(name === 'left' ? l10n.t('The left one') : l10n.t('The right one'), () =>
        send({ kind: 'prefer', side: name }),
      ),
    );
  const neither = button(l10n.t('I cannot tell'), () => send({ kind: 'prefer', side: 'neither' }));
  return [
    element(
      'p',
      { role: 'status' },
      l10n.t('{0} of {1}: which goes on better?', formatCount(asked.index + 1), formatCount(asked.count)),
    ),
    element('p', { className: 'prompt' }, `… ${asked.prompt}`),
    element('div', { className: 'pair' }, side('left', asked.left), side('right', asked.right)),
    element('div', { className: 'buttons' }, neither),
  ];
}

function answer({ result, pairs }: Extract<BlindTestView, { kind: 'answered' }>): HTMLElement[] {
  const { adapted, base, undecided } = result;
  if (pairs.length === 0) return [element('p', {}, l10n.t('Both continue all the texts in the same way.'))];
  return [
    facts([
      [l10n.t('You preferred the adapter'), formatCount(adapted)],
      [l10n.t('You preferred the model without it'), formatCount(base)],
      [l10n.t('You could not tell'), formatCount(undecided)],
    ]),
    ...pairs.map(revealed),
  ];
}

function revealed({ prompt, base, adapted, choice }: RevealedPair): HTMLElement {
  const mark = (of: RevealedPair['choice']) => (choice === of ? ` ✓ ${l10n.t('chosen')}` : '');
  const side = (title: string, text: string) =>
    element('div', {}, element('h3', {}, title), element('p', { className: 'continuation' }, text));
  return element(
    'article',
    { className: 'sample' },
    element('p', { className: 'prompt' }, `… ${prompt}`),
    element(
      'div',
      { className: 'pair' },
      side(l10n.t('Without the adapter') + mark('base'), base),
      side(l10n.t('With the adapter') + mark('adapted'), adapted),
    ),
  );
}

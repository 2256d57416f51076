import type { AdapterReport } from '../../protocol/adapters.ts';
import type { BlindTestView, FineTuningView, RevealedPair, WritingSample } from '../../protocol/fineTuningPages.ts';
import { formatCount, formatPercent, l10n } from '../editorHost.ts';
import { button, derivedSection, element, facts, type Section, type Send } from '../element.ts';
import { reportTable } from '../reportTable.ts';

/** Before and after on texts that were kept apart, and the switch. */
export function resultSection(send: Send): Section {
  const proof = element('div');
  const typing = element('p', { className: 'note' });
  const state = element('p', { className: 'status' });
  const on = button(l10n.t('Turn On'), () => send({ kind: 'switchAdapter', on: true }), 'primary');
  const off = button(l10n.t('Turn Off'), () => send({ kind: 'switchAdapter', on: false }));
  const all = button(l10n.t('All Adapters'), () => send({ kind: 'openAdapters' }));
  const row = element('div', { className: 'buttons' }, on, off, all);
  const parts = [element('h2', {}, l10n.t('Does it help?')), proof, typing, state, row];
  const root = element('section', { hidden: true }, ...parts);
  return {
    root,
    update(view) {
      root.hidden = view.phase !== 'done';
      if (root.hidden) return;
      proof.replaceChildren(...(view.report ? proofOf(view.report) : [noProof()]));
      typing.hidden = view.proof === undefined;
      typing.textContent = l10n.t(
        'How much typing it would have saved is being measured: {0}. It will be added to the report.',
        formatPercent(view.proof?.fraction ?? 0),
      );
      state.textContent = stateOf(view);
      on.hidden = view.isSwitchedOn;
      off.hidden = !view.isSwitchedOn;
    },
  };
}

const noProof = () => element('p', {}, l10n.t('Nothing was compared: whether the adapter helps is not known.'));

function proofOf(report: AdapterReport): HTMLElement[] {
  const { heldOut, comparedShare = 1, texts, split } = report;
  const { base, adapted, tokens, isBetter } = heldOut;
  const gain = formatPercent(1 - adapted.perplexity / base.perplexity);
  const verdict = isBetter
    ? l10n.t('Yes: it predicts your unseen texts clearly better (perplexity −{0}).', gain)
    : l10n.t('No: it predicts your unseen texts no better than before. More text may help.');
  const measured =
    texts === 1
      ? l10n.t('Measured on {0} tokens of a text that was kept apart.', formatCount(tokens))
      : l10n.t('Measured on {0} tokens of {1} texts that were kept apart.', formatCount(tokens), formatCount(texts));
  const caveat = l10n.t('They also decided when to stop, so the figures are a little too good.');
  return [
    element('p', { className: isBetter ? 'verdict better' : 'verdict' }, verdict),
    reportTable(report),
    element('p', { className: 'note' }, measured, split === 'validation' ? ` ${caveat}` : ''),
    ...(comparedShare < 1
      ? [
          element(
            'p',
            { className: 'note' },
            l10n.t(
              '{0} of the texts were compared: the time for it was up, or you stopped it.',
              formatPercent(comparedShare),
            ),
          ),
        ]
      : []),
    ...(report.unrelated?.isWorse
      ? [element('p', { className: 'problem' }, l10n.t('It writes texts of other kinds worse than before.'))]
      : []),
  ];
}

function stateOf({ isSwitchedOn, report }: FineTuningView): string {
  if (isSwitchedOn) return l10n.t('It is in use in this workspace.');
  return report && !report.heldOut.isBetter
    ? l10n.t('It is not in use: only what helps is turned on by itself.')
    : l10n.t('It is not in use.');
}

/** The same beginnings, continued by the model as it was and as it is. */
export const samplesSection = (): Section =>
  derivedSection(
    l10n.t('How it writes'),
    ({ samples }) => (samples.length > 0 ? samples : undefined),
    (samples) => [
      element('p', { className: 'note' }, l10n.t('Texts of yours that are not learned from, continued by the model.')),
      ...samples.map(sample),
    ],
  );

function sample({ prompt, before, after, step }: WritingSample): HTMLElement {
  const at = step === undefined ? l10n.t('After') : l10n.t('After step {0}', formatCount(step));
  return element(
    'article',
    { className: 'sample' },
    element('p', { className: 'prompt' }, `… ${prompt}`),
    element('div', { className: 'pair' }, continuation(l10n.t('Before'), before), continuation(at, after)),
  );
}

function continuation(title: string, text: string | undefined): HTMLElement {
  return element('div', {}, element('h3', {}, title), element('p', { className: 'continuation' }, text ?? '…'));
}

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
    const start = button(l10n.t('Compare Without Knowing Which Is Which'), () => send({ kind: 'startBlindTest' }));
    return [
      element('p', {}, l10n.t('Choose the better of two continuations a few times, then see whose they were.')),
      element('div', { className: 'buttons' }, start),
    ];
  }
  switch (blindTest.kind) {
    case 'preparing':
      return [element('p', { role: 'status' }, l10n.t('Both are writing…'))];
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

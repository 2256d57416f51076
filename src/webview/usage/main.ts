/** The page of statistics: counts of what became of suggestions. It keeps nothing; what it shows comes from the extension. */
import {
  type Horizon,
  horizons,
  type Outcome,
  outcomes,
  type SuggestionPlace,
  type UsageFigures,
  type UsagePageAction,
  type UsagePageUpdate,
  type UsageSpan,
  type UsageView,
  usageSpans,
} from '../../protocol/usagePage.ts';
import { connect, formatCount, formatPercent, l10n } from '../editorHost.ts';
import { button, element, table } from '../element.ts';
import { weeksChart } from './weeksChart.ts';

const host = connect<UsagePageAction, UsagePageUpdate>(({ view, texts }) => {
  l10n.use(texts);
  const focused = document.activeElement?.id;
  const isOpen = document.querySelector('details')?.open ?? false;
  document.body.replaceChildren(page(view));
  const weeks = document.querySelector('details');
  if (weeks) weeks.open = isOpen;
  if (focused) document.getElementById(focused)?.focus();
});
host.send({ kind: 'opened' });

const page = (view: UsageView | undefined): HTMLElement =>
  element(
    'main',
    {},
    element('h1', {}, l10n.t('Suggestion Statistics')),
    element('p', { className: 'note' }, l10n.t('Only counts, no text. They stay on this machine.')),
    ...(view ? sections(view) : [element('p', { className: 'note' }, l10n.t('Reading…'))]),
  );

function sections(view: UsageView): (HTMLElement | undefined)[] {
  const { problem, setAside, spans } = view;
  const unreadable = l10n.t('The counts cannot be read at present; nothing was deleted. {0}', problem ?? '');
  const damaged = l10n.t(
    'The file of counts was damaged. What could be read of it counts on; the file itself was put aside as {0}.',
    setAside ?? '',
  );
  return [
    problem === undefined ? undefined : element('p', { className: 'problem', role: 'alert' }, unreadable),
    setAside === undefined ? undefined : element('p', { className: 'problem', role: 'alert' }, damaged),
    ...(spans.all.shown > 0 ? countSections(view) : problem === undefined ? [nothingCounted()] : []),
    ...learntSection(view),
    ...forgetSection(),
  ];
}

const nothingCounted = (): HTMLElement =>
  element('p', {}, l10n.t('Nothing has been counted yet. Write for a while, and open this page again.'));

function countSections({ spans, weeks, languages, places }: UsageView): HTMLElement[] {
  const { week } = spans;
  const headline = l10n.t(
    'In the last 7 days {0} suggestions were shown, and accepting them saved {1} keystrokes.',
    formatCount(week.shown),
    formatCount(week.keysSaved),
  );
  return [
    element('p', { className: 'verdict' }, headline),
    element('h2', {}, l10n.t('What became of suggestions')),
    outcomeTable(spans),
    element(
      'p',
      { className: 'note' },
      l10n.t(
        'Keystrokes saved are the characters that you accepted, less one key for each accept and one for each suggestion that you ignored.',
      ),
    ),
    element('h2', {}, l10n.t('Kept')),
    keptTable(spans),
    element(
      'p',
      { className: 'note' },
      l10n.t('A text is kept while two thirds of its words still stand. Documents closed before then are not counted.'),
    ),
    element('h2', {}, l10n.t('Week by week')),
    weeksChart(weeks),
    element('h2', {}, l10n.t('By place')),
    groupTable(
      l10n.t('By place'),
      l10n.t('Place'),
      places.map(({ place, figures }) => ({ name: placeTexts[place](), figures })),
    ),
    element('h2', {}, l10n.t('By language')),
    groupTable(l10n.t('By language'), l10n.t('Language'), languages),
  ];
}

const spanTexts: Readonly<Record<UsageSpan, () => string>> = {
  week: () => l10n.t('Last 7 days'),
  month: () => l10n.t('Last 30 days'),
  all: () => l10n.t('All time'),
};

const outcomeTexts: Readonly<Record<Outcome, () => string>> = {
  takenWhole: () => l10n.t('Accepted as a whole'),
  takenPart: () => l10n.t('Accepted in part'),
  takenBack: () => l10n.t('Accepted and undone'),
  typedSame: () => l10n.t('Typed the same by hand'),
  passedOver: () => l10n.t('Ignored'),
  left: () => l10n.t('Left: the caret moved on'),
  unread: () => l10n.t('Gone within 0.3 seconds'),
};

const placeTexts: Readonly<Record<SuggestionPlace, () => string>> = {
  midWord: () => l10n.t('Inside a word'),
  wordEnd: () => l10n.t('At the end of a word'),
  afterSpace: () => l10n.t('After a space'),
  sentenceStart: () => l10n.t('At the start of a sentence'),
  unspaced: () => l10n.t('In a script without spaces'),
};

function outcomeTable(spans: UsageView['spans']): HTMLElement {
  const row = (name: string, value: (figures: UsageFigures) => string) => [
    name,
    ...usageSpans.map((span) => value(spans[span])),
  ];
  return table(
    l10n.t('What became of suggestions'),
    [l10n.t('Outcome'), ...usageSpans.map((span) => spanTexts[span]())],
    [
      row(l10n.t('Shown'), ({ shown }) => formatCount(shown)),
      ...outcomes.map((outcome) =>
        row(outcomeTexts[outcome](), (figures) => shareOf(figures.outcomes[outcome], figures.shown)),
      ),
      row(l10n.t('Keystrokes saved'), ({ keysSaved }) => formatCount(keysSaved)),
    ],
  );
}

const horizonTexts: Readonly<Record<Horizon, () => string>> = {
  30: () => l10n.t('After 30 seconds'),
  120: () => l10n.t('After 2 minutes'),
  600: () => l10n.t('After 10 minutes'),
};

const keptTable = (spans: UsageView['spans']): HTMLElement =>
  table(
    l10n.t('Kept'),
    [l10n.t('When'), ...usageSpans.map((span) => spanTexts[span]())],
    horizons.map((horizon) => [
      horizonTexts[horizon](),
      ...usageSpans.map((span) => {
        const { kept, of } = spans[span].kept[horizon];
        return of === 0 ? '–' : l10n.t('{0} of {1}', formatCount(kept), formatCount(of));
      }),
    ]),
  );

interface Group {
  readonly name: string;
  readonly figures: UsageFigures;
}

/** Of all time; without groups in which nothing was shown. */
function groupTable(caption: string, what: string, groups: readonly Group[]): HTMLElement {
  const heading = [
    what,
    l10n.t('Shown'),
    l10n.t('Accepted'),
    l10n.t('Typed the same by hand'),
    l10n.t('Ignored'),
    l10n.t('Keystrokes saved'),
  ];
  const rows = groups
    .filter(({ figures }) => figures.shown > 0)
    .map(({ name, figures: { shown, outcomes: each, keysSaved } }) => [
      name,
      formatCount(shown),
      shareOf(each.takenWhole + each.takenPart, shown),
      shareOf(each.typedSame, shown),
      shareOf(each.passedOver, shown),
      formatCount(keysSaved),
    ]);
  return rows.length === 0
    ? element('p', { className: 'note' }, l10n.t('Not known of what was counted so far.'))
    : element('div', { className: 'narrow' }, table(caption, heading, rows));
}

const shareOf = (count: number, shown: number): string =>
  count === 0 ? '0' : `${formatCount(count)} (${formatPercent(count / shown)})`;

function learntSection({ learnt }: UsageView): HTMLElement[] {
  if (!learnt) return [];
  const { taken, corrected, isLearning } = learnt;
  const text =
    taken + corrected > 0
      ? l10n.t(
          'For fine-tuning, {0} passages that you accepted and {1} that you wrote otherwise are kept in this workspace.',
          formatCount(taken),
          formatCount(corrected),
        )
      : isLearning
        ? l10n.t('For fine-tuning, nothing is kept in this workspace yet.')
        : l10n.t('There is nothing: learning from use is turned off (inkling.learnFromUse).');
  const show = Object.assign(
    button(l10n.t('Show Them…'), () => host.send({ kind: 'showLearnt' })),
    { id: 'showLearnt' },
  );
  return [
    element('h2', {}, l10n.t('Kept for learning')),
    element('p', {}, text),
    ...(taken + corrected > 0 ? [element('div', { className: 'buttons' }, show)] : []),
  ];
}

function forgetSection(): HTMLElement[] {
  const forget = Object.assign(
    button(l10n.t('Forget Everything…'), () => host.send({ kind: 'forget' })),
    { id: 'forget' },
  );
  return [element('div', { className: 'buttons' }, forget)];
}

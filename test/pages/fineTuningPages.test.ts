// The pages of fine-tuning and of adapters alone in a browser: each phase, in three themes, two languages and a narrow window.
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../scripts/editor/launchBrowser.mjs';
import type { AdapterDetails, AdapterReport, PairedFigure } from '../../src/protocol/adapters.ts';
import type { CorpusReport } from '../../src/protocol/corpus.ts';
import type { AdaptersView, FineTuningView } from '../../src/protocol/fineTuningPages.ts';
import { type DoneEvent, type PlanEvent, planNote, type StepEvent } from '../../src/protocol/training.ts';
import { appearances, faultsOf, openPageAlone, sentBy } from '../support/pageAlone.ts';
import { pictureOfWhole } from '../support/wholePage.ts';

const root = path.resolve(import.meta.dirname, '../..');

const corpus: CorpusReport = {
  files: [
    {
      path: 'notes/harbor.md',
      languageId: 'markdown',
      splits: ['train', 'validation'],
      characters: 8_000,
      tokens: 2_000,
    },
    {
      path: 'notes/a-rather-long-name-of-a-text.md',
      languageId: 'markdown',
      splits: ['test'],
      characters: 4_000,
      tokens: 990,
    },
  ],
  excluded: [
    { path: 'notes/LICENSE.md', reason: 'boilerplate' },
    { path: 'drafts/', reason: 'gitignore' },
  ],
  excludedCounts: { boilerplate: 1, gitignore: 12 },
  droppedCounts: { duplicate: 3, secret: 1 },
  strippedCharacters: 1_250,
  splits: {
    train: { documents: 12, characters: 60_000, tokens: 15_000 },
    validation: { documents: 2, characters: 8_000, tokens: 2_000 },
    test: { documents: 1, characters: 4_000, tokens: 990 },
  },
  splitBy: 'file',
  digest: 'ab'.repeat(32),
};
const plan: PlanEvent = {
  event: 'plan',
  memoryMode: 'lean',
  sequenceLength: 256,
  totalSteps: 120,
  sequencesPerEpoch: 60,
  trainedParameters: 2_442_240,
  residentMb: 1_480,
  estimatedSeconds: 410,
  notes: [planNote('littleMemory', 1480, 900, 256), planNote('layersTwice', 2000)],
};
const steps: StepEvent[] = Array.from({ length: 40 }, (_, i) => ({
  event: 'step',
  step: i + 1,
  totalSteps: 120,
  epoch: i / 60,
  loss: 3.4 - i / 60,
  learningRate: 0.002 * (1 - i / 120),
  gradNorm: 1,
  tokensPerSecond: 412,
  etaSeconds: 3 * (120 - i),
}));
const figure = (base: number, adapted: number): PairedFigure => ({
  ...{ base, adapted, difference: adapted - base },
  interval: [adapted - base - 0.01, adapted - base + 0.01],
});
const fit = (loss: number) => ({ loss, perplexity: Math.exp(loss) });
const report: AdapterReport = {
  createdAt: '2026-03-20T12:00:00Z',
  model: 'smollm2-135m-instruct',
  split: 'validation',
  texts: 3,
  strength: 1,
  comparedShare: 0.4,
  heldOut: { tokens: 2_990, base: fit(3.31), adapted: fit(2.97), standardError: 0.01, isBetter: true },
  unrelated: { tokens: 900, base: fit(3.4), adapted: fit(3.6), standardError: 0.02, isBetter: false, isWorse: true },
  writing: {
    ...{ stretches: 12, characters: 4_000, carets: 900, wordCarets: 300 },
    keystrokesSaved: figure(0.27, 0.33),
    netKeystrokesSaved: figure(0.21, 0.29),
    precisionWhenShown: figure(0.7, 0.74),
    wrongShow: figure(0.03, 0.02),
    nextWords: { 1: figure(0.29, 0.33), 2: figure(0.1, 0.13), 3: figure(0.04, 0.05) },
  },
  blindTest: { adapted: 5, base: 2, undecided: 1 },
};
const samples = [
  { prompt: 'The boat came home', before: 'and the', after: 'late, with wet nets.', step: 40 },
  { prompt: 'In the morning', before: 'he was' },
];
const common: FineTuningView = {
  ...{ phase: 'planning', name: 'My voice', isBusy: false, steps: [], evaluations: [], samples: [] },
  ...{ isSwitchedOn: false, isTooLittle: false, canResume: false },
};
const learning = {
  ...common,
  corpus,
  plan,
  steps,
  samples,
  evaluations: [
    { step: 20, validationLoss: 3.2 },
    { step: 40, validationLoss: 3.05 },
  ],
};
const done: DoneEvent = {
  event: 'done',
  reason: 'completed',
  ...{ step: 120, epoch: 2, validationLoss: 2.9, perplexityBefore: 27.4, perplexityAfter: 19.5 },
  ...{ adapter: '/adapters/My voice', seconds: 400 },
};
const finished: FineTuningView = { ...learning, phase: 'done', done, report, isSwitchedOn: true };
const pairs = (['base', 'adapted', 'neither'] as const).map((choice) => ({
  ...{ prompt: 'The boat', base: 'came.', adapted: 'lay still.', choice },
}));

const phases: readonly [name: string, view: FineTuningView][] = [
  ['reads texts', { ...common, preparation: { stage: 'texts', fraction: 0.4 } }],
  ['gets the model ready', { ...common, corpus, preparation: { stage: 'model' } }],
  ['may be started', { ...common, phase: 'ready', corpus, plan, kept: { count: 1, areUsed: true } }],
  ['learns', { ...learning, phase: 'running' }],
  ['is paused', { ...learning, phase: 'paused' }],
  ['compares', { ...learning, phase: 'proving', proof: { kind: 'texts', fraction: 0.3, secondsLeft: 45 } }],
  ['is done', finished],
  ['is done, and still measures', { ...finished, proof: { kind: 'typing', fraction: 0.5, secondsLeft: 20 } }],
  [
    'is done and does not help',
    {
      ...finished,
      isSwitchedOn: false,
      report: { ...report, texts: 1, heldOut: { ...report.heldOut, isBetter: false } },
    },
  ],
  [
    'asks which is better',
    {
      ...finished,
      blindTest: { kind: 'asking', index: 0, count: 8, prompt: 'The boat', left: 'came.', right: 'lay still.' },
    },
  ],
  [
    'was judged',
    { ...finished, blindTest: { kind: 'answered', result: { adapted: 1, base: 1, undecided: 1 }, pairs } },
  ],
  [
    'failed',
    { ...learning, phase: 'failed', problem: 'There is not enough memory. Close other programs.', canResume: true },
  ],
  [
    'has too little text',
    { ...common, phase: 'failed', problem: 'There is too little text to learn from.', isTooLittle: true },
  ],
  ['was discarded', { ...common, phase: 'discarded' }],
];

/** What more is to be seen of than of others: the rest is looked at in one appearance. */
const fullest = ['may be started', 'learns', 'is done', 'asks which is better', 'failed'];

const adapter = (name: string, more: Partial<AdapterDetails> = {}): AdapterDetails => ({
  ...{
    name,
    folder: `/adapters/${name}`,
    base: 'smollm2-135m-instruct',
    createdAt: '2026-03-20T12:00:00Z',
    steps: 120,
  },
  ...{ rank: 8, sizeBytes: 9e6, isUsable: true, report, alpha: 16, targets: ['q_proj'], parameters: 2_442_240 },
  ...{ dataDigest: 'ab'.repeat(32), options: { learningRate: 0.002, loraRank: 8 } },
  ...more,
});
const [voice, notes] = [
  adapter('My voice'),
  adapter('Notes', { options: { learningRate: 0.001, loraRank: 8 }, report: { ...report } }),
];
const broken = adapter('Broken', { isUsable: false, problem: 'The adapter is empty.' });
const adapters: AdaptersView = {
  ...{
    model: 'smollm2-135m-instruct',
    adapters: [voice, notes, broken],
    inUse: voice.folder,
    strength: 1,
    isReadOnly: false,
  },
  ticked: [voice.folder, notes.folder],
  comparison: {
    left: voice,
    right: notes,
    samples: { isWriting: true, texts: [{ prompt: 'The boat', base: 'came.', left: 'lay.' }] },
  },
};
const none: AdaptersView = { ...adapters, adapters: [], inUse: '', ticked: [], isReadOnly: true };

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe.each(appearances)('in %s, %s, %i pixels wide', (theme, language, width) => {
  const looksRight = async (page: 'fineTuning' | 'adapters', view: unknown, name: string) => {
    const opened = await openPageAlone(browser, page, { view, theme, language, width });
    for (const summary of await opened.locator('summary:visible').all()) await summary.click();
    const picture = `out/ui/${page}-${name.replaceAll(/\W+/gu, '-')}-${theme}-${language}-${width}.png`;
    await pictureOfWhole(opened, path.join(root, picture));
    expect(await faultsOf(opened), name).toEqual([]);
    expect(await opened.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(width);
    await opened.close();
  };

  test('fine-tuning is in nobody’s way', async () => {
    for (const [name, view] of phases) {
      const isLookedAt = width === 1000 && theme === 'light';
      if (isLookedAt || fullest.includes(name)) await looksRight('fineTuning', view, name);
    }
  });

  test('adapters are in nobody’s way', async () => {
    await looksRight('adapters', adapters, 'compared');
    await looksRight('adapters', none, 'none');
  });
});

test('fine-tuning is begun, paused and judged by keys', async () => {
  const pressed = async (name: string, button: string) => {
    const page = await openPageAlone(browser, 'fineTuning', { view: phases.find(([phase]) => phase === name)![1] });
    await page.getByRole('button', { name: button, exact: true }).focus();
    await page.keyboard.press('Enter');
    const sent = await sentBy(page);
    await page.close();
    return sent;
  };
  expect(await pressed('may be started', 'Start')).toEqual([{ kind: 'start' }]);
  expect(await pressed('learns', 'Pause')).toEqual([{ kind: 'pause' }]);
  expect(await pressed('asks which is better', 'The left one')).toEqual([{ kind: 'prefer', side: 'left' }]);
});

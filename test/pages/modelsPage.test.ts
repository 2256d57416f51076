// The page of models alone in a browser: in three themes, two languages and a narrow window, by keyboard, and for people
// who have it read to them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../scripts/editor/launchBrowser.mjs';
import type { ModelsView } from '../../src/protocol/modelsPage.ts';
import type { ListedModel } from '../../src/protocol/store.ts';
import { appearances, faultsOf, openPageAlone, sentBy } from '../support/pageAlone.ts';
import { pictureOfWhole } from '../support/wholePage.ts';

const root = path.resolve(import.meta.dirname, '../..');
const { models: listed }: { models: ListedModel[] } = JSON.parse(
  readFileSync(path.join(root, 'media/models.json'), 'utf8'),
);

const bundled = {
  name: 'smollm2-135m-instruct',
  modelFolder: '/models/smollm2-135m-instruct',
  architecture: 'LlamaForCausalLM',
  parameters: 134_515_008,
  sizeBytes: 98e6,
  licence: 'apache-2.0',
  contextTokens: 8192,
  isBundled: true,
  isElsewhere: false,
  usedFor: ['typing', 'actions'],
  languages: ['en'],
  check: 'right',
  speed: { readTokensPerSecond: 812.4, writtenTokensPerSecond: 58.3, memoryMb: 342 },
  savings: { share: 0.187, interval: [0.12, 0.254] },
} as const;

/** It suggests nothing. */
const { savings: _, ...translating } = bundled;

const full: ModelsView = {
  installed: [
    bundled,
    {
      ...bundled,
      name: 'mine',
      modelFolder: '/own/mine',
      isBundled: false,
      usedFor: [],
      speed: 'measuring',
      savings: 'measuring',
      check: { problem: 'model.safetensors has a wrong checksum' },
    },
    {
      ...bundled,
      name: 'notes',
      modelFolder: '/own/notes',
      isBundled: false,
      usedFor: [],
      problem: 'config.json is not valid JSON.',
    },
    {
      ...translating,
      name: 'opus-mt-en-de',
      modelFolder: '/own/opus-mt-en-de',
      architecture: 'MarianMTModel',
      parameters: 0,
      contextTokens: 512,
      isBundled: false,
      usedFor: [],
      languages: ['en', 'de'],
      pipeline: { kind: 'text2text', uses: ['translate'], languages: { from: 'en', to: 'de' } },
    },
    {
      ...bundled,
      name: 'qwen3-0.6b-onnx',
      modelFolder: '/hub/models--someone--qwen3/snapshots/0123abc',
      isBundled: false,
      isElsewhere: true,
      usedFor: ['actions'],
      chatTemplateProblem: 'The model’s chat template cannot be used: it does not come to an end.',
    },
  ],
  recommended: {
    machine: { memoryMb: 16_000, cores: 4, freeDiskMb: 120_000 },
    models: listed.map((model, i) => ({
      ...model,
      fit: (['good', 'good', 'slow', 'tooLittleMemory'] as const)[i % 4]!,
    })),
    problems: ['recommended.json, model 2: title is missing: it must be the name that people know it by.'],
  },
  found: [
    { name: 'gemma-3-1b-it', path: '/ollama/blobs/sha256-1', from: 'Ollama', sizeBytes: 8.1e8, architecture: 'gemma3' },
    {
      name: 'qwen3-0.6b-onnx',
      path: '/hub/models--someone--qwen3/snapshots/0123abc',
      from: 'Hugging Face',
      sizeBytes: 6.1e8,
      architecture: 'Qwen3ForCausalLM',
      runsThere: true,
    },
    {
      name: 'mamba',
      path: '/lm/mamba.gguf',
      from: 'LM Studio',
      sizeBytes: 9e8,
      architecture: 'mamba',
      problem: 'Models of the kind "mamba" cannot be run.',
    },
  ],
  searched: [
    { id: 'someone/open-1b', downloads: 12_345, isGated: false },
    { id: 'someone/closed-1b', downloads: 7, isGated: true },
  ],
  transfers: [
    {
      name: 'granite-4.0-350m-base',
      title: 'Granite 4.0 350M Base',
      stage: 'fetch',
      done: 3e8,
      total: 7.05e8,
      state: 'running',
    },
    {
      name: 'other',
      title: 'someone/other',
      stage: 'fetch',
      done: 0,
      total: 0,
      state: 'stopped',
      problem: 'huggingface.co cannot be reached: its name is not known, or the network is off.',
    },
  ],
  devices: {
    devices: [
      { name: 'webgpu', available: false, reason: 'WebGPU finds no adapter.' },
      { name: 'cpu', available: true, reason: 'Always works; threads by default: 3.' },
    ],
    chosen: 'cpu',
  },
  hub: 'https://huggingface.co',
  hasToken: false,
  isReadOnly: false,
};
const quiet: ModelsView = { transfers: [], hub: 'https://huggingface.co', hasToken: true, isReadOnly: false };

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe.each(appearances)('in %s, %s, %i pixels wide', (theme, language, width) => {
  test('nothing is in the way of anybody, and nothing is cut off', async () => {
    const page = await openPageAlone(browser, 'models', { view: full, theme, language, width });
    await pictureOfWhole(page, path.join(root, `out/ui/models-${theme}-${language}-${width}.png`));
    expect(await page.getByText('apache-2.0', { exact: true }).count()).toBe(0); // as the license writes itself
    expect(await faultsOf(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.close();
  });

  test('also before anything is known', async () => {
    const page = await openPageAlone(browser, 'models', { view: quiet, theme, language, width });
    expect(await faultsOf(page)).toEqual([]);
    await page.close();
  });
});

test('by keyboard alone everything can be reached and pressed, in the order in which it is read', async () => {
  const page = await openPageAlone(browser, 'models', { view: full });
  const all = await page
    .locator('button:enabled, input:enabled, a, summary')
    .evaluateAll((elements) => elements.map(({ id }) => id));
  expect(all).toContain('install qwen3-0.6b-base');
  expect(new Set(all).size).toBe(all.length);
  const reached: string[] = [];
  for (const _ of all) {
    await page.keyboard.press('Tab');
    reached.push(await page.evaluate(() => document.activeElement!.id));
  }
  expect(reached).toEqual(all);
  await page.locator('[id="install qwen3-0.6b-base"]').focus();
  await page.keyboard.press('Enter');
  await page.locator('[id="use typing /own/mine"]').focus();
  await page.keyboard.press('Space');
  await page.locator('#repository').fill('gran');
  await page.keyboard.press('Enter');
  await page.locator('#repository').fill('');
  await page.locator('#repository').focus();
  await page.keyboard.type('someone/else');
  await page.keyboard.press('Enter');
  expect(await sentBy(page)).toEqual([
    { kind: 'install', name: 'qwen3-0.6b-base' },
    { kind: 'use', folder: '/own/mine', for: 'typing' },
    { kind: 'search', words: 'gran' },
    { kind: 'install', name: 'someone/else' },
  ]);
});

test('what begins is shown where it is, and can be stopped at once by a key', async () => {
  const page = await openPageAlone(browser, 'models', { view: { ...full, transfers: [] } });
  await page.locator('#repository').fill('someone/else');
  const running = { name: 'else', title: 'someone/else', stage: 'fetch', done: 0, total: 0, state: 'running' } as const;
  const update = { view: { ...full, transfers: [running] }, texts: {} };
  await page.evaluate((message) => globalThis.postMessage(message, '*'), update);
  const card = page.getByRole('region', { name: 'someone/else' });
  await card.waitFor();
  await expect.poll(() => card.evaluate((made) => made.getBoundingClientRect().top >= 0)).toBe(true);
  expect(await page.locator('#repository').inputValue()).toBe('');
  await page.keyboard.press('Enter');
  expect(await sentBy(page)).toEqual([{ kind: 'stop', name: 'else' }]);
});

test('what cannot be done cannot be pressed', async () => {
  const page = await openPageAlone(browser, 'models', { view: { ...full, isReadOnly: true } });
  const enabled = await page
    .locator('button:enabled')
    .evaluateAll((elements) => elements.map(({ id }) => id.split(' ')[0]));
  expect([...new Set(enabled)].sort()).toEqual(['show', 'verify']);
  const open = await openPageAlone(browser, 'models', { view: full });
  for (const id of [
    'use typing /own/notes',
    'measure /own/mine',
    'whatItSaves /own/mine',
    `install ${listed[3]!.name}`,
  ]) {
    expect(await open.locator(`[id="${id}"]`).isDisabled(), id).toBe(true);
  }
  for (const folder of ['/models/smollm2-135m-instruct', '/hub/models--someone--qwen3/snapshots/0123abc']) {
    for (const kind of ['remove', 'move']) expect(await open.locator(`[id="${kind} ${folder}"]`).count(), kind).toBe(0);
  }
});

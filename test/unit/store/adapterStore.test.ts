import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { modelFingerprint } from '../../../src/model/modelFingerprint.ts';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import type { AdapterReport } from '../../../src/protocol/adapters.ts';
import {
  addAdapter,
  copyAdapter,
  listAdapters,
  removeAdapter,
  renameAdapter,
  saveReport,
  showAdapter,
} from '../../../src/store/adapterStore.ts';
import { goldenPath } from '../../golden/goldenFiles.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const source = goldenPath('training/adapter');
const modelFolder = goldenPath('tiny-llama');
const { config, weights } = openModelFolder(modelFolder);
const provenance = {
  name: 'voice',
  createdAt: '2026-01-01T00:00:00.000Z',
  base: { name: 'tiny-llama', fingerprint: modelFingerprint(config, weights) },
  dataDigest: 'd',
  options: {},
  steps: 20,
  versions: {},
};
const fit = { loss: 3, perplexity: 20 };
const heldOut = { tokens: 900, base: fit, adapted: fit, standardError: 0.1, isBetter: false };
const figure = { base: 0.1, adapted: 0.2, difference: 0.1, interval: [0, 0.2] };
const report = {
  createdAt: '2026-01-01T00:00:00.000Z',
  model: 'tiny-llama',
  split: 'test',
  texts: 3,
  strength: 0.8,
  heldOut,
  unrelated: { ...heldOut, isWorse: false },
  writing: {
    stretches: 2,
    characters: 100,
    carets: 90,
    keystrokesSaved: figure,
    netKeystrokesSaved: figure,
    precisionWhenShown: { base: null, adapted: null, difference: null, interval: null },
    wrongShow: figure,
    wordCarets: 20,
    nextWords: { 1: figure, 2: figure, 3: figure },
  },
  blindTest: { adapted: 3, base: 2, undecided: 1 },
};

/** A folder of adapters with one named `voice`, beside a folder that is somebody else's. */
async function store() {
  const root = await temporaryFolder();
  const adaptersFolder = join(root, 'adapters');
  const foreign = join(root, 'voice');
  mkdirSync(adaptersFolder);
  cpSync(source, join(adaptersFolder, 'voice'), { recursive: true });
  writeFileSync(join(adaptersFolder, 'voice', 'inkling-adapter.json'), JSON.stringify(provenance));
  cpSync(source, foreign, { recursive: true });
  writeFileSync(join(foreign, 'notes.md'), 'mine');
  return { root, adaptersFolder, foreign };
}

const contents = (folder: string): Record<string, string> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'latin1')]));

const noNames = ['', '.', '..', '../voice', './voice', '/', 'a/../voice', '..\\voice', 'x\0', 'nul', 'voice.run'];

describe('removing', () => {
  test('takes an adapter of the store away, and only that', async () => {
    const { adaptersFolder, foreign } = await store();
    const before = contents(foreign);
    expect(removeAdapter({ adaptersFolder, name: 'voice' })).toEqual({ folder: join(adaptersFolder, 'voice') });
    expect(readdirSync(adaptersFolder)).toEqual([]);
    expect(contents(foreign)).toEqual(before);
  });

  test.each(noNames)('of %j is refused', async (name) => {
    const { root, adaptersFolder, foreign } = await store();
    const before = contents(foreign);
    for (const folder of [adaptersFolder, join(adaptersFolder, 'voice')]) {
      expect(() => removeAdapter({ adaptersFolder: folder, name })).toThrow(/cannot be the name|There is no adapter/);
    }
    expect(contents(foreign)).toEqual(before);
    expect(readdirSync(join(root, 'adapters', 'voice'))).toHaveLength(3);
  });

  test('never looks into the current folder', async () => {
    const { root, adaptersFolder, foreign } = await store();
    renameSync(join(adaptersFolder, 'voice'), join(adaptersFolder, 'other'));
    const here = process.cwd();
    process.chdir(root);
    try {
      expect(() => removeAdapter({ adaptersFolder, name: 'voice' })).toThrow(/There is no adapter voice: looked in/);
    } finally {
      process.chdir(here);
    }
    expect(existsSync(join(foreign, 'adapter_config.json'))).toBe(true);
  });

  test('leaves what is not an adapter’s: files of others, folders without an adapter', async () => {
    const { adaptersFolder } = await store();
    writeFileSync(join(adaptersFolder, 'voice', 'notes.md'), 'mine');
    removeAdapter({ adaptersFolder, name: 'voice' });
    expect(readdirSync(join(adaptersFolder, 'voice'))).toEqual(['notes.md']);
    expect(() => removeAdapter({ adaptersFolder, name: 'voice' })).toThrow(/There is no adapter voice/);
  });

  test('of a link takes the link away, not what it leads to', async () => {
    const { adaptersFolder, foreign } = await store();
    symlinkSync(foreign, join(adaptersFolder, 'linked'));
    removeAdapter({ adaptersFolder, name: 'linked' });
    expect(readdirSync(adaptersFolder)).toEqual(['voice']);
    expect(readdirSync(foreign)).toHaveLength(3);
  });

  test('works on a store that is a link itself', async () => {
    const { root, adaptersFolder } = await store();
    symlinkSync(adaptersFolder, join(root, 'shelf'));
    removeAdapter({ adaptersFolder: join(root, 'shelf'), name: 'voice' });
    expect(readdirSync(adaptersFolder)).toEqual([]);
  });
});

describe('adding', () => {
  const add = (adaptersFolder: string, name: string, from = source) =>
    addAdapter({ source: from, adaptersFolder, name, modelFolder });

  test.each(noNames)('under the name %j is refused, and nothing is written', async (name) => {
    const { root, adaptersFolder } = await store();
    expect(() => add(adaptersFolder, name)).toThrow(/cannot be the name of an adapter/);
    expect(readdirSync(root).sort()).toEqual(['adapters', 'voice']);
    expect(readdirSync(adaptersFolder)).toEqual(['voice']);
  });

  test.each(['voice', 'VOICE', 'Voice'])('%s where there is a voice is refused', async (name) => {
    const { adaptersFolder } = await store();
    expect(() => add(adaptersFolder, name)).toThrow(/voice exists already: choose another name/);
    expect(readdirSync(adaptersFolder)).toEqual(['voice']);
  });

  test('copies what links lead to, to files that only their owner can read', async () => {
    const { root, adaptersFolder, foreign } = await store();
    const linked = join(root, 'linked');
    mkdirSync(linked);
    for (const name of ['adapter_config.json', 'adapter_model.safetensors']) {
      symlinkSync(join(foreign, name), join(linked, name));
    }
    symlinkSync(join(root, 'nowhere'), join(linked, 'inkling-report.json'));
    const { folder } = add(adaptersFolder, 'copy', linked);
    expect(readdirSync(folder).sort()).toEqual(['adapter_config.json', 'adapter_model.safetensors']);
    for (const name of readdirSync(folder)) expect(lstatSync(join(folder, name)).isFile(), name).toBe(true);
    if (process.platform === 'win32') return;
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600);
  });

  test('leaves folders of others alone that look unfinished', async () => {
    const { adaptersFolder } = await store();
    const others = ['copy.partial', `copy.writing-${process.pid}`, '.inkling-writing-notes', `.inkling-writing-1-abc`];
    for (const name of others) mkdirSync(join(adaptersFolder, name));
    mkdirSync(join(adaptersFolder, '.inkling-writing-2147483646-gone')); // of a process that is no more
    add(adaptersFolder, 'copy');
    expect(readdirSync(adaptersFolder).sort()).toEqual([...others, 'copy', 'voice'].sort());
  });
});

describe('renaming', () => {
  test.each(noNames)('to %j is refused', async (name) => {
    const { adaptersFolder } = await store();
    expect(() => renameAdapter(join(adaptersFolder, 'voice'), name)).toThrow(/cannot be the name of an adapter/);
    expect(readdirSync(adaptersFolder)).toEqual(['voice']);
  });

  test('changes folder and name, also when only the case differs', async () => {
    const { adaptersFolder } = await store();
    const { folder } = renameAdapter(join(adaptersFolder, 'voice'), 'Voice');
    expect(folder).toBe(join(adaptersFolder, 'Voice'));
    expect(showAdapter({ folder }).name).toBe('Voice');
  });

  test('takes no name of another one', async () => {
    const { adaptersFolder } = await store();
    copyAdapter(source, join(adaptersFolder, 'other'));
    expect(() => renameAdapter(join(adaptersFolder, 'other'), 'VOICE')).toThrow(/voice exists already/);
  });
});

/** What may stand where a report is expected. */
const badReports: [string, string][] = [
  ['nothing', ''],
  ['half of one', '{"heldOut": {"tok'],
  ['null', 'null'],
  ['a number', '7'],
  ['a list', '[]'],
  ['a text', '"report"'],
  ['an empty object', '{}'],
  ['no figures', JSON.stringify({ ...report, heldOut: null })],
  ['figures without the fit', JSON.stringify({ ...report, heldOut: { ...heldOut, base: undefined } })],
  [
    'a perplexity that is text',
    JSON.stringify({ ...report, heldOut: { ...heldOut, base: { ...fit, perplexity: 'x' } } }),
  ],
  [
    'a perplexity that is null',
    JSON.stringify({ ...report, heldOut: { ...heldOut, adapted: { loss: 1, perplexity: null } } }),
  ],
  ['a split of another name', JSON.stringify({ ...report, split: 'train' })],
  ['a strength that is text', JSON.stringify({ ...report, strength: 'strong' })],
  ['unrelated that is a flag', JSON.stringify({ ...report, unrelated: true })],
  ['writing without figures', JSON.stringify({ ...report, writing: {} })],
  ['writing without next words', JSON.stringify({ ...report, writing: { ...report.writing, nextWords: {} } })],
  [
    'an interval of three',
    JSON.stringify({ ...report, writing: { ...report.writing, wrongShow: { ...figure, interval: [1, 2, 3] } } }),
  ],
  ['a blind test of texts', JSON.stringify({ ...report, blindTest: { adapted: '3', base: 2, undecided: 1 } })],
  ['a date that is a number', JSON.stringify({ ...report, createdAt: 20260101 })],
  ['texts of another kind', JSON.stringify({ ...report, texts: ['a'] })],
  ['binary', '\u0000\u0001\u0002'],
];

describe('a bad report', () => {
  test.each(badReports)('(%s) is a problem of its adapter alone, which can still be used', async (_, content) => {
    const { adaptersFolder } = await store();
    copyAdapter(source, join(adaptersFolder, 'other'));
    writeFileSync(join(adaptersFolder, 'voice', 'inkling-report.json'), content);
    const listed = listAdapters({ adaptersFolder, modelFolder });
    expect(listed.map(({ name, problem, isUsable }) => [name, problem, isUsable])).toEqual([
      ['voice', expect.stringMatching(/inkling-report\.json/), true],
      ['other', undefined, true],
    ]);
    expect(listed[0]).not.toHaveProperty('report');
  });

  test('is what a good one is not', async () => {
    const { adaptersFolder } = await store();
    saveReport(join(adaptersFolder, 'voice'), report as unknown as AdapterReport);
    const [listed] = listAdapters({ adaptersFolder, modelFolder });
    expect(listed).toMatchObject({ isUsable: true, report });
    expect(listed).not.toHaveProperty('problem');
  });

  test('that is a link is replaced, not written through', async () => {
    const { root, adaptersFolder } = await store();
    writeFileSync(join(root, 'diary.md'), 'dear diary');
    symlinkSync(join(root, 'diary.md'), join(adaptersFolder, 'voice', 'inkling-report.json'));
    saveReport(join(adaptersFolder, 'voice'), report as unknown as AdapterReport);
    expect(readFileSync(join(root, 'diary.md'), 'utf8')).toBe('dear diary');
    expect(listAdapters({ adaptersFolder })[0]).toMatchObject({ report });
  });
});

describe('a broken adapter is listed with its problem:', () => {
  const broken: [string, (folder: string) => void][] = [
    ['a configuration that is null', (folder) => writeFileSync(join(folder, 'adapter_config.json'), 'null')],
    ['a configuration that is a list', (folder) => writeFileSync(join(folder, 'adapter_config.json'), '[]')],
    ['weights of three bytes', (folder) => writeFileSync(join(folder, 'adapter_model.safetensors'), 'abc')],
    ['an origin that is empty', (folder) => writeFileSync(join(folder, 'inkling-adapter.json'), '{}')],
    ['an origin without a base', (folder) => writeFileSync(join(folder, 'inkling-adapter.json'), '{"name":"x"}')],
    [
      'an origin with a date that is a number',
      (folder) => writeFileSync(join(folder, 'inkling-adapter.json'), JSON.stringify({ ...provenance, createdAt: 7 })),
    ],
  ];
  test.each(broken)('%s', async (_, spoil) => {
    const { adaptersFolder } = await store();
    copyAdapter(source, join(adaptersFolder, 'other'));
    spoil(join(adaptersFolder, 'voice'));
    const listed = listAdapters({ adaptersFolder, modelFolder });
    const of = Object.fromEntries(listed.map((adapter) => [adapter.name, adapter]));
    expect(of['voice']).toMatchObject({ isUsable: false, problem: expect.stringMatching(/^[^\n]+\.$/) });
    expect(of['voice']!.problem).not.toMatch(/undefined|is not a function|reading/);
    expect(of['other']).toMatchObject({ isUsable: true });
  });

  test('a pipe in place of the weights or of a JSON file', async () => {
    if (process.platform === 'win32') return;
    for (const name of ['adapter_model.safetensors', 'adapter_config.json', 'inkling-report.json']) {
      const { adaptersFolder } = await store();
      const file = join(adaptersFolder, 'voice', name);
      renameSync(join(adaptersFolder, 'voice', 'adapter_config.json'), join(adaptersFolder, 'voice', 'c'));
      if (name !== 'adapter_config.json') {
        renameSync(join(adaptersFolder, 'voice', 'c'), join(adaptersFolder, 'voice', 'adapter_config.json'));
      }
      if (existsSync(file)) renameSync(file, `${file}.old`);
      expect(spawnSync('mkfifo', [file]).status).toBe(0);
      const listed = listAdapters({ adaptersFolder });
      expect(listed).toMatchObject([{ problem: expect.stringMatching(/no (ordinary )?file/) }]);
    }
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { convertModel } from '../../../src/store/convertModel.ts';
import { languageTags, readModelCard } from '../../../src/store/modelCard.ts';
import { goldenPath } from '../../golden/goldenFiles.ts';
import { writePipelineModel } from '../../support/pipelineModel.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

async function cardOf(text: string | undefined) {
  const folder = await temporaryFolder();
  if (text !== undefined) writeFileSync(join(folder, 'README.md'), text);
  return readModelCard(folder);
}

const none = { licence: '', languages: [] };

test.each<[card: string | undefined, expected: { licence: string; languages: string[] }]>([
  ['---\nlicense: apache-2.0\nlanguage: en\n---\n# A model', { licence: 'apache-2.0', languages: ['en'] }],
  ['---\nlanguage:\n- en\n- de\nlicense: mit\n---\n', { licence: 'mit', languages: ['en', 'de'] }],
  ['---\nlanguage:\n  - "en"\n  - pt-BR\n---\n', { licence: '', languages: ['en', 'pt-BR'] }],
  ["---\nlanguage: ['en', 'zh', 'en']\n---\n", { licence: '', languages: ['en', 'zh'] }],
  ['---\r\nlanguage:\r\n- ja\r\nlicense: mit\r\n---\r\n', { licence: 'mit', languages: ['ja'] }],
  ['---\nlanguage:\n- en\n- multilingual\n---\n', none],
  ['---\nlanguage: [en, code]\n---\n', { licence: '', languages: ['en'] }],
  ['---\nlanguage:\n---\n', none],
  ['---\nlanguage: {en: 1}\n---\n', none],
  ['---\nlicense: "../../etc"\n---\n', { licence: '..', languages: [] }],
  ['---\nno end', none],
  ['# No front matter\nlanguage: en\n', none],
  ['\0'.repeat(1000), none],
  ['', none],
  [undefined, none],
  [`---\n${'language: en\n'.repeat(5000)}---\n`, none],
  [`---\nlanguage:\n${'- en\n'.repeat(200)}---\n`, { licence: '', languages: ['en'] }],
])('the card %j', async (card, expected) => {
  expect(await cardOf(card)).toEqual(expected);
});

test.each([
  [
    ['en', 'fr'],
    ['en', 'fr'],
  ],
  ['de', ['de']],
  [undefined, []],
  [{}, []],
  [[1, null, 'en', '__proto__'], ['en']],
  [
    Array.from({ length: 1000 }, (_, i) => `a${String.fromCharCode(97 + (i % 26))}`),
    expect.objectContaining({ length: 26 }),
  ],
])('language tags of %j', (value, tags) => {
  expect(languageTags(value)).toEqual(tags);
});

const origin = { source: 'someone/model@c0ffee', licence: 'apache-2.0', languages: ['en', 'de'] };
const quiet = () => undefined;

test.each([
  ['a decoder in ONNX', async () => goldenPath(join('exported', 'plain'))],
  ['a model for one task', async () => writePipelineModel('bert-sentiment', join(await temporaryFolder(), 'bert'))],
])('%s keeps where it was fetched from', async (_, source) => {
  const target = join(await temporaryFolder(), 'copy');
  expect(await convertModel({ source: await source(), target }, quiet, { origin })).toMatchObject(origin);
});

test('a copied folder without an origin has what its card says', async () => {
  const source = await writePipelineModel('bert-sentiment', join(await temporaryFolder(), 'bert'));
  writeFileSync(join(source, 'README.md'), '---\nlicense: mit\nlanguage: fr\n---\n');
  const made = await convertModel({ source, target: join(await temporaryFolder(), 'copy') }, quiet);
  expect(made).toMatchObject({ source: 'bert', licence: 'mit', languages: ['fr'] });
});

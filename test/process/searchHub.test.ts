// A search at a hub on a loopback address: what is asked, and what becomes of odd answers.
import { expect, test } from 'vitest';
import { searchHub } from '../../src/store/hub/searchHub.ts';
import { ModelHub } from '../support/modelHub.ts';

const { signal } = new AbortController();
const found = async (answer: unknown, words = 'tiny') => {
  const hub = await ModelHub.open({ files: {}, found: answer });
  return { hub, ...(await searchHub({ words, endpoint: hub.endpoint }, signal)) };
};

test('asks for models of text by name, the most fetched first', async () => {
  const { hub, models } = await found(
    [
      { id: 'someone/tiny', downloads: 12, gated: false },
      { id: 'a/b', gated: 'manual' },
    ],
    ' ti&ny ',
  );
  expect(hub.requests).toEqual(['GET /api/models?search=ti%26ny&sort=downloads&direction=-1&limit=60']);
  expect(models).toEqual([
    { id: 'someone/tiny', downloads: 12, isGated: false },
    { id: 'a/b', downloads: 0, isGated: true },
  ]);
});

test.each([
  [
    'names that are none',
    [{ id: '../x' }, { id: 'a' }, { id: 'a/b/c' }, { id: 7 }, { id: 'a/<img>' }, { id: `a/${'b'.repeat(200)}` }],
  ],
  ['what is no entry', [null, 'text', 7, [], {}]],
  [
    'models of pictures and sound',
    ['text-to-image', 'automatic-speech-recognition', 7].map((pipeline_tag) => ({ id: 'a/b', pipeline_tag })),
  ],
  ['nothing', []],
])('%s: passed over', async (_, answer) => {
  expect((await found(answer)).models).toEqual([]);
});

test.each([undefined, 'text-generation', 'translation', 'summarization', 'fill-mask', 'sentence-similarity'])(
  'a model for %s is shown',
  async (pipeline_tag) => {
    expect((await found([{ id: 'a/b', pipeline_tag }])).models).toHaveLength(1);
  },
);

test('more than was asked for is cut', async () => {
  const many = Array.from({ length: 500 }, (_, i) => ({ id: `someone/m${i}` }));
  expect((await found(many)).models).toHaveLength(20);
});

test.each([
  ['an object', { error: 'no' }],
  ['a text', 'no'],
])('%s in place of a list is a named error', async (_, answer) => {
  await expect(found(answer)).rejects.toMatchObject({ code: 'network', message: expect.stringMatching(/than a list/) });
});

test.each(['', '   ', 'x'.repeat(101)])('%j is not searched for', async (words) => {
  await expect(found([], words)).rejects.toMatchObject({ code: 'optionOutOfRange' });
});

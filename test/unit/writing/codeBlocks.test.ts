import { expect, test } from 'vitest';
import {
  type CompletionSettings,
  defaultCompletionSettings,
} from '../../../src/writing/completion/completionSettings.ts';
import { gateThresholds } from '../../../src/writing/completion/gate.ts';
import { Typist } from './support/typist.ts';

type Showing = CompletionSettings['showing'];

const blocks: readonly (readonly [languageId: string, drawn: string])[] = [
  ['markdown', 'Run it:\n\n```sh\nnpm run build --work|'],
  ['markdown', 'Run it:\n\n~~~\nnpm run build --work|'],
  ['markdown', 'Run it:\n\n    npm run build --work|'],
  ['markdown', '- Run it:\n\n  ```sh\n  npm run build --work|'],
  ['markdown', '> Run it:\n>\n> ```sh\n> npm run build --work|'],
  ['quarto', 'Run it:\n\n```{python}\nnpm run build --work|'],
  ['restructuredtext', 'Run it::\n\n   npm run build --work|'],
  ['restructuredtext', 'Run it:\n\n.. code-block:: sh\n\n   npm run build --work|'],
  ['restructuredtext', 'Run it:\n\n>>> npm run build --work|'],
  ['latex', 'Run it:\n\\begin{verbatim}\nnpm run build --work|'],
  ['latex', 'Run it:\n\\begin{lstlisting}\nnpm run build --work|'],
  ['asciidoc', 'Run it:\n\n----\nnpm run build --work|'],
  ['asciidoc', 'Run it:\n\n[source,sh]\n----\nnpm run build --work|'],
  ['asciidoc', 'Run it:\n\n....\nnpm run build --work|'],
  ['org', 'Run it:\n#+begin_src sh\nnpm run build --work|'],
  ['org', 'Run it:\n: npm run build --work|'],
  ['typst', 'Run it:\n```sh\nnpm run build --work|'],
  ['html', '<p>Run it:</p>\n<pre>\nnpm run build --work|'],
];
const zones = { ...defaultCompletionSettings.zones, code: true };
const says = (probability: number) => () => [['spaces', probability], ' --if'] as const;

test.each(blocks)('in a block of code of %s one must be surer: %j', async (languageId, drawn) => {
  const sees = (probability: number, showing: Showing = 'normal') =>
    new Typist(drawn, { script: says(probability), settings: { showing, zones }, request: { languageId } }).sees();
  expect(await sees(0.9)).toContain('spaces');
  expect(await sees(0.58)).toBe('–lowConfidence');
  expect(await sees(0.58, 'eager')).toContain('spaces');
});

test.each(blocks)('no line of %s is left: %j', async (languageId, drawn) => {
  const script = () => [['spaces', 0.9], '\n', 'npm'] as const;
  const typist = new Typist(drawn, { script, settings: { zones }, request: { languageId } });
  expect(await typist.sees()).toBe('spaces');
});

test.each([1, 2, 3, 4])('a line of code that is indented by %i is not begun', async (blanks) => {
  for (const text of ['```sql\nSELECT user.id, user.name', 'Run:\n\n```py\ndef build(work):']) {
    const typist = new Typist(`${text}\n${' '.repeat(blanks)}|`, {
      script: () => [['FROM', 0.99], ' user'],
      settings: { zones },
    });
    expect([await typist.sees(), typist.calls]).toEqual(['–sentenceStart', 0]);
  }
});

test.each(blocks)('of an answer that nobody saw less comes up than elsewhere: %s %j', async (languageId, drawn) => {
  const comesUp = async (atCaret: string, untilRestMs: number, later: number) => {
    const script = () =>
      [
        ['spaces', 0.95],
        [' --if', later],
        [' present', 0.9],
      ] as const;
    const typist = new Typist(atCaret, { script, settings: { zones }, request: { languageId } });
    await typist.ask();
    return typist.edit('spa').comesUp(untilRestMs);
  };
  const prose = 'Run it in the work|';
  const all = 'ces --if present';
  expect([await comesUp(drawn, 100, 0.5), await comesUp(prose, 100, 0.5)]).toEqual([all, all]);
  expect([await comesUp(drawn, 100, 0.42), await comesUp(prose, 100, 0.42)]).toEqual(['–waits', all]);
  const atRest = new Typist(drawn, { script: () => [['spaces', 0.95]], settings: { zones }, request: { languageId } });
  await atRest.ask();
  expect(await atRest.edit('spa').comesUp(0)).toBe('–tooShort');
});

test.each(blocks)('unless it is switched on, it is silent there: %s %j', async (languageId, drawn) => {
  expect(await new Typist(drawn, { script: says(0.99), request: { languageId } }).sees()).toBe('–zone');
});

test.each<[Showing, Showing]>([
  ['calm', 'calm'],
  ['normal', 'calm'],
  ['eager', 'normal'],
])('%s is %s, once, in a foreign text as well; somebody who asks gets what there is', (showing, inForce) => {
  const settings = { showing, minFirstWordProbability: 0.5 };
  const surer = gateThresholds({ ...settings, showing: inForce }, { trigger: 'automatic' });
  expect(gateThresholds(settings, { trigger: 'automatic' }, 'code')).toEqual(surer);
  expect(gateThresholds(settings, { trigger: 'automatic', isForeign: true }, 'code')).toEqual(surer);
  expect(gateThresholds(settings, { trigger: 'automatic' }, 'prose')).toEqual(
    gateThresholds(settings, { trigger: 'automatic' }),
  );
  expect(gateThresholds(settings, { trigger: 'explicit' }, 'code')).toEqual(
    gateThresholds(settings, { trigger: 'explicit' }, 'prose'),
  );
});

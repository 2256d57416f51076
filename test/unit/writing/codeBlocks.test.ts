import { expect, test } from 'vitest';
import type { CompletionSettings } from '../../../src/writing/completion/completionSettings.ts';
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
const says = (probability: number) => () => [['spaces', probability], ' --if'] as const;

test.each(blocks)('in a block of code of %s one must be surer: %j', async (languageId, drawn) => {
  const sees = (probability: number, showing: Showing = 'normal') =>
    new Typist(drawn, { script: says(probability), settings: { showing }, request: { languageId } }).sees();
  expect(await sees(0.9)).toContain('spaces');
  expect(await sees(0.58)).toBe('–lowConfidence');
  expect(await sees(0.58, 'eager')).toContain('spaces');
});

test.each(blocks)('no line of %s is left: %j', async (languageId, drawn) => {
  const typist = new Typist(drawn, { script: () => [['spaces', 0.9], '\n', 'npm'], request: { languageId } });
  expect(await typist.sees()).toBe('spaces');
});

test('switched off it is silent there', async () => {
  for (const [languageId, drawn] of blocks) {
    const settings = new Typist(drawn).settings.zones;
    const typist = new Typist(drawn, {
      script: says(0.9),
      settings: { zones: { ...settings, code: false } },
      request: { languageId },
    });
    expect(await typist.sees(), drawn).toBe('–zone');
  }
});

test('who switches source code on is offered words in its comments, and no program text', async () => {
  const at = (drawn: string, languageId: string) =>
    new Typist(drawn, {
      script: says(0.9),
      settings: { languages: { '*': true } },
      request: { languageId, fileName: '' },
    }).sees();
  expect(await at('// Runs the build of all its work|', 'typescript')).toContain('spaces');
  expect(await at('const build = runAllOfTheWork|', 'typescript')).toBe('–zone');
  expect(await at('build = run_all_of_the_work|', 'python')).toBe('–zone');
  expect(await at('Build it\n# ------------------------ >8 ------------------------\n+ the work|', 'git-commit')).toBe(
    '–zone',
  );
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

import { describe, expect, test } from 'vitest';
import { CancellationToken, CancellationTokenSource } from 'vscode-jsonrpc';
import { InklingError } from '../../../../src/protocol/errors.ts';
import type { FillMaskRequest, PipelineWish, RewriteTextsRequest } from '../../../../src/protocol/pipelines.ts';
import { wishOf } from '../../../../src/writing/selection/drafts/pipelineDrafts.ts';
import { runAction } from '../../../../src/writing/selection/runAction.ts';
import type { ActionId, ActionPipelines, ActionRequest } from '../../../../src/writing/selection/selectionAction.ts';
import { ScriptedEngine } from './scriptedEngine.ts';

/** Models for one task that write what a script says, and the requests that they got. */
class ScriptedPipelines implements ActionPipelines {
  readonly asked: RewriteTextsRequest[] = [];
  readonly gaps: FillMaskRequest[] = [];
  readonly wishes: PipelineWish[] = [];

  constructor(
    readonly write: (text: string) => string,
    readonly has: (wish: PipelineWish) => boolean = () => true,
    readonly words: readonly string[] = [],
    readonly mostChars = 10_000,
  ) {}

  async find(wish: PipelineWish) {
    this.wishes.push(wish);
    return this.has(wish) ? { name: 'made-for-it', folder: '/models/made-for-it' } : undefined;
  }

  async rewrite(request: RewriteTextsRequest, token: CancellationToken) {
    this.asked.push(request);
    if (token.isCancellationRequested) return { kind: 'cancelled' as const };
    if (request.texts.some((text) => text.length > this.mostChars)) throw new InklingError('inputTooLarge', 'too long');
    return { kind: 'texts' as const, texts: request.texts.map(this.write) };
  }

  async fillMask(request: FillMaskRequest) {
    this.gaps.push(request);
    return { candidates: this.words.map((text, index) => ({ text, probability: 1 / (index + 2) })) };
  }
}

class EngineWithPipelines extends ScriptedEngine {
  constructor(
    readonly pipelines: ActionPipelines,
    options: ConstructorParameters<typeof ScriptedEngine>[0] = {},
  ) {
    super(options);
  }
}

const asked = (action: ActionId, text: string, more: Partial<ActionRequest> = {}): ActionRequest => ({
  action,
  text,
  languageId: 'markdown',
  ...more,
});

async function done(request: ActionRequest, pipelines: ActionPipelines, token = CancellationToken.None) {
  const outcome = await runAction(request, new EngineWithPipelines(pipelines), token);
  if (outcome.kind !== 'proposal') throw new Error(JSON.stringify(outcome));
  return outcome;
}

const german: Record<string, string> = {
  'The cat sat on the mat.': 'Die Katze saß auf der Matte.',
  'It slept there all day.': 'Sie schlief dort den ganzen Tag.',
  'A short walk': 'Ein kurzer Gang',
  'Feed the cat.': 'Füttere die Katze.',
  'Call X1 to begin, then wait.': 'Rufe X1 auf, um zu beginnen, und warte.',
};
const intoGerman = (text: string) => german[text] ?? text;

describe('translate', () => {
  test('goes to a model made for it, also where the one in use is too small', async () => {
    const pipelines = new ScriptedPipelines(intoGerman);
    const text =
      '# A short walk\n\nThe cat sat on the mat. It slept there all day.\n\n- Feed the cat.\n\n```js\ncat()\n```\n';
    const proposal = await done(asked('translate', text, { instruction: 'German' }), pipelines);
    expect(proposal.text).toBe(
      '# Ein kurzer Gang\n\nDie Katze saß auf der Matte. Sie schlief dort den ganzen Tag.\n\n- Füttere die Katze.\n\n```js\ncat()\n```\n',
    );
    expect(proposal.way).toBe('pipeline');
    expect(proposal.lost).toEqual([]);
    expect(pipelines.asked[0]).toMatchObject({ use: 'translate', from: 'en', to: 'de' });
  });

  test('keeps what is protected, by marks or as it stands', async () => {
    const source = 'Call $f(x)$ to begin, then wait.';
    const byMarks = await done(
      asked('translate', source, { instruction: 'German' }),
      new ScriptedPipelines(intoGerman),
    );
    expect(byMarks.text).toBe('Rufe $f(x)$ auf, um zu beginnen, und warte.');
    const asItStands = new ScriptedPipelines((text) =>
      text.includes('$') ? 'Rufe $f(x)$ auf und warte.' : 'Rufe auf.',
    );
    expect((await done(asked('translate', source, { instruction: 'de' }), asItStands)).text).toBe(
      'Rufe $f(x)$ auf und warte.',
    );
  });

  test('a sentence of which the model loses a part stays, and that is said', async () => {
    const losing = new ScriptedPipelines((text) => (text.startsWith('The') ? intoGerman(text) : 'Rufe auf.'));
    const text = 'The cat sat on the mat. Call $f(x)$ to begin, then wait.';
    const proposal = await done(asked('translate', text, { instruction: 'German' }), losing);
    expect(proposal.text).toBe('Die Katze saß auf der Matte. Call $f(x)$ to begin, then wait.');
    expect(proposal.notes.map(({ code }) => code)).toContain('sentencesStay');
  });

  test.each<[string, string | undefined]>([
    ['German', 'de'],
    ['german', 'de'],
    ['into German.', 'de'],
    ['to French', 'fr'],
    ['Deutsch', 'de'],
    ['德语', 'de'],
    ['英语', 'en'],
    ['Chinese', 'zh'],
    ['中文', 'zh'],
    ['日本語', 'ja'],
    ['Japanese', 'ja'],
    ['русский', 'ru'],
    ['español', 'es'],
    ['Allemand', 'de'],
    ['de', 'de'],
    ['zh-Hant', 'zh-Hant'],
    ['Traditional Chinese', 'zh-Hant'],
    ['Norwegian', 'no'],
    ['Klingon', undefined],
    ['', undefined],
    ['__proto__', undefined],
    ['constructor', undefined],
    ['German and French', undefined],
  ])('“%s” is the language %s', (instruction, to) => {
    const wish = wishOf(asked('translate', 'The cat sat on the mat with the dog.', { instruction }));
    expect(wish).toEqual(to === undefined ? undefined : { kind: 'text2text', use: 'translate', from: 'en', to });
  });

  test.each([
    ['Die Katze saß auf der Matte und das ist nicht alles.', 'de'],
    ['猫坐在垫子上。', 'zh'],
    ['Кошка сидела на коврике.', 'ru'],
    ['Mat.', 'en'],
  ])('%s: is read as %s', (text, from) => {
    expect(wishOf(asked('translate', text, { instruction: 'French' }))).toMatchObject({ from });
  });

  test('without such a model it is refused as before', async () => {
    const none = new ScriptedPipelines(intoGerman, () => false);
    const request = asked('translate', 'The cat sat on the mat.', { instruction: 'German' });
    const outcome = await runAction(request, new EngineWithPipelines(none), CancellationToken.None);
    expect(outcome).toMatchObject({ kind: 'none', reason: 'modelTooSmall' });
    expect(none.asked).toEqual([]);
  });
});

describe('the other actions', () => {
  test('fix: what the model corrected is shown, and rules come when it found nothing', async () => {
    const correcting = new ScriptedPipelines((text) => text.replace('go home', 'goes home'));
    const proposal = await done(asked('fix', 'She go home every day at six.'), correcting);
    expect([proposal.text, proposal.way]).toEqual(['She goes home every day at six.', 'pipeline']);
    const idle = await done(asked('fix', 'I dont know what they said.'), new ScriptedPipelines((text) => text));
    expect([idle.text, idle.way]).toEqual(["I don't know what they said.", 'rules']);
  });

  test('fix: a model that changes the sense is not believed', async () => {
    const inventing = new ScriptedPipelines(() => 'Buy our product now, it is the best one.');
    const outcome = await done(asked('fix', 'I dont know what they said.'), inventing);
    expect(outcome.way).toBe('rules');
  });

  test('summarize: part by part, until it is short; other forms quote as before', async () => {
    const text = Array.from({ length: 400 }, (_, i) => `The meeting of day ${i} went on for long.`).join(' ');
    const first = new ScriptedPipelines((part) => `${part.split('. ')[0]}.`);
    const proposal = await done(asked('summarize', text), first);
    expect(proposal.way).toBe('pipeline');
    expect(proposal.text.split(' ').length).toBeLessThan(150);
    const read = first.asked.flatMap(({ texts }) => texts).join(' ');
    expect(read).toContain('day 0 went');
    expect(read).toContain('day 399 went');
    expect((await done(asked('summarize', text, { form: 'sentence' }), first)).way).toBe('extractive');
  });

  test('summarize: what a model does not hold at once is halved', async () => {
    const text = Array.from({ length: 30 }, (_, i) => `The meeting of day ${i} went on for long.`).join(' ');
    const small = new ScriptedPipelines((part) => `${part.split('. ')[0]}.`, undefined, [], 300);
    const { text: summary } = await done(asked('summarize', text), small);
    expect(summary).toContain('day 0 went');
    expect(summary.length).toBeLessThan(300 * 3);
  });

  test('better word: the sentence is told with the gap, and the words are its equals', async () => {
    const words = ['big', 'the', 'large', 'Large', 'huge', '123', 'vast'];
    const pipelines = new ScriptedPipelines((text) => text, undefined, words);
    const more = { before: 'We moved. The house is very ', after: ' and old. It rained.' };
    const { candidates, text } = await done(asked('betterWord', 'large', more), pipelines);
    expect(candidates.map((each) => each.text)).toEqual(['big', 'huge', 'vast']);
    expect(text).toBe('big');
    expect(pipelines.gaps[0]).toMatchObject({
      before: 'The house is very large and old. The house is very ',
      after: ' and old.',
    });
  });

  test.each<[ActionId, Partial<ActionRequest>]>([
    ['shorten', {}],
    ['formal', {}],
    ['expand', {}],
    ['rewrite', { instruction: 'like a pirate' }],
    ['summarize', { form: 'bullets' }],
    ['custom', { instruction: 'rhyme' }],
  ])('%s %j asks for no such model', (action, more) => {
    expect(wishOf(asked(action, 'The cat sat on the mat.', more))).toBeUndefined();
  });

  test('a cancel keeps what had been done', async () => {
    const source = new CancellationTokenSource();
    const pipelines = new ScriptedPipelines((text) => {
      source.cancel();
      return intoGerman(text);
    });
    const request = asked('translate', 'The cat sat on the mat. It slept there all day.', { instruction: 'German' });
    const outcome = await runAction(request, new EngineWithPipelines(pipelines), source.token);
    expect(outcome).toMatchObject({ kind: 'cancelled' });
    expect(pipelines.asked).toHaveLength(1);
  });
});

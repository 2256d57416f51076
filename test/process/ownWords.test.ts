import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc/node.js';
import type { InferenceClient } from '../../src/client/inferenceClient.ts';
import { TrainingClient } from '../../src/client/trainingClient.ts';
import { Completer } from '../../src/writing/completion/completer.ts';
import { resolveCompletionSettings } from '../../src/writing/completion/completionSettings.ts';
import { splitsCharacter, wordPieces } from '../../src/writing/completion/segment.ts';
import { runCli } from '../support/cliProcess.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { continuationOf, distFolder, generate, startTinyEngine } from '../support/tinyEngine.ts';
import { writeTinyModel } from '../support/tinyModel.ts';

const saying = 'The word and the world go hand in hand';
const texts = [`${saying}.\n\n${saying}, and so it goes.\n`, `Once more: ${saying}.`];
const beginning = 'The word and the world';

const written = async (engine: InferenceClient, slot: 'completion' | 'action' = 'completion') =>
  (await generate(engine, beginning, { maxNewTokens: 8 }, slot)).sequences[0]!.text;

async function wordsOf(engine: InferenceClient, from: readonly string[]) {
  const { modelFolder } = await engine.load();
  const tokensOf = async (text: string) => (await engine.tokenize(text)).tokens;
  const named = from.map(async (text, i) => ({ name: `${i}.md`, tokens: await tokensOf(text) }));
  return { modelFolder, texts: await Promise.all(named), replaces: 'all' as const };
}

const useWords = async (engine: InferenceClient, from: readonly string[]) =>
  engine.useOwnWords(await wordsOf(engine, from));

const changeWords = async (engine: InferenceClient, from: readonly string[]) =>
  engine.useOwnWords({ ...(await wordsOf(engine, from)), replaces: 'some' });

test("what stands in the writer's texts is what is suggested, and only there", async () => {
  const engine = await startTinyEngine();
  const plain = await written(engine);
  expect(saying).not.toContain(plain);
  const { tokens } = await useWords(engine, texts);
  expect(tokens).toBeGreaterThan(20);
  expect(saying).toContain(beginning + (await written(engine)));
  expect(await written(engine, 'action')).toBe(plain);
  expect(await useWords(engine, [])).toEqual({ tokens: 0 });
  expect(await written(engine)).toBe(plain);
});

test('the bytes of a word that is half written are forced within the words, too', async () => {
  const engine = await startTinyEngine();
  await useWords(engine, texts);
  const request = { ...continuationOf('', { maxNewTokens: 6 }), prompt: { kind: 'continue', heal: true } as const };
  const text = 'The word and the wo';
  const outcome = await engine.generate({ ...request, prompt: { ...request.prompt, text } }, CancellationToken.None);
  const [sequence] = outcome.kind === 'text' ? outcome.sequences : [];
  expect(saying).toContain(text + sequence!.text);
});

test('a process that dies is told of the words again', async () => {
  const restartPolicy = { delayMs: 10, maxDelayMs: 40, maxDeaths: 3, stableMs: 60_000 };
  const engine = await startTinyEngine({ client: { restartPolicy } });
  await useWords(engine, texts);
  const preferred = await written(engine);
  process.kill(engine.processId!, 'SIGKILL');
  await expect.poll(() => written(engine).catch(() => '')).toBe(preferred);
});

test('a file that was saved takes the place of what it was; the others stay', async () => {
  const engine = await startTinyEngine();
  const { tokens } = await useWords(engine, ['Something else altogether.', ...texts]);
  const changed = await changeWords(engine, [`Something else altogether. ${saying}. ${saying}.`]);
  expect(changed.tokens).toBeGreaterThan(tokens);
  expect(await changeWords(engine, ['Something else altogether.'])).toEqual({ tokens });
  expect(saying).toContain(beginning + (await written(engine)));
  await changeWords(engine, ['', '', '']);
  expect((await changeWords(engine, [])).tokens).toBe(0);
});

test('files that are saved at once are all known in the end, also to a process that died meanwhile', async () => {
  const restartPolicy = { delayMs: 10, maxDelayMs: 40, maxDeaths: 3, stableMs: 60_000 };
  const engine = await startTinyEngine({ client: { restartPolicy } });
  await useWords(engine, ['Something else altogether.', 'And more.']);
  await Promise.all([changeWords(engine, texts.slice(0, 1)), changeWords(engine, texts)]);
  const preferred = await written(engine);
  expect(saying).toContain(beginning + preferred);
  process.kill(engine.processId!, 'SIGKILL');
  await expect.poll(() => written(engine).catch(() => '')).toBe(preferred);
});

test('what is known stays bounded: the texts that have not changed for longest make room', async () => {
  const engine = await startTinyEngine({ client: { maxOwnTokens: 60 } });
  const { modelFolder } = await engine.load();
  const text = async (name: string, content: string) => ({ name, tokens: (await engine.tokenize(content)).tokens });
  const tell = async (name: string, content: string) =>
    engine.useOwnWords({ modelFolder, texts: [await text(name, content)], replaces: 'some' });
  const sentence = 'Nothing in particular was said here.';
  const each = (await tell('0.md', sentence)).tokens;
  for (let i = 1; i < 20; i++) expect((await tell(`${i}.md`, sentence)).tokens).toBeLessThanOrEqual(60);
  expect((await tell('19.md', '')).tokens).toBeLessThanOrEqual(60 - each);
  await tell('20.md', saying);
  expect(saying).toContain(beginning + (await written(engine)));
});

test('suggestions do not wait until a long text has been counted; what comes later counts', async () => {
  const engine = await startTinyEngine();
  const long = await wordsOf(engine, [`${saying}. `.repeat(20_000)]);
  let counted = false;
  const counting = engine.useOwnWords(long).then(() => {
    counted = true;
  });
  await written(engine);
  expect(counted).toBe(false);
  const { tokens } = await useWords(engine, texts);
  await counting;
  expect(tokens).toBeLessThan(1000);
  expect(saying).toContain(beginning + (await written(engine)));
});

/** What a writer is shown of all that the model says, wherever the caret stands. */
async function suggestedAt(engine: InferenceClient, prefix: string, suffix: string): Promise<string> {
  const completer = new Completer(engine, performance);
  const document = { documentId: 'a', fileName: 'a.md', languageId: 'markdown' };
  const settings = resolveCompletionSettings({ minFirstWordProbability: 0 });
  const request = { ...document, prefix, suffix, trigger: 'automatic' as const };
  const outcome = await completer.complete(request, settings, CancellationToken.None);
  if (outcome.kind === 'failed') throw outcome.error;
  return outcome.kind === 'text' ? outcome.suggestions[0]!.text : '';
}

test('a document that is counted itself: what follows the caret is not said once more', async () => {
  const engine = await startTinyEngine();
  const document = `${saying}. Once upon a time the king and the daughters of the king went out of the house.`;
  await useWords(engine, [document]);
  const places = [...document.matchAll(/ /g)].map(({ index }) => index).filter((index) => index > 20);
  const suggested = [];
  for (const place of places) {
    const [prefix, suffix] = [document.slice(0, place), document.slice(place)];
    const text = await suggestedAt(engine, prefix, suffix);
    expect(text === '' || !suffix.trimStart().startsWith(text.trim()), `${prefix}|${text}|${suffix}`).toBe(true);
    suggested.push(await suggestedAt(engine, prefix, ''));
  }
  expect(suggested.filter((text, i) => text !== '' && document.slice(places[i]).startsWith(text))).not.toEqual([]);
});

test('words of another language are not heard where it is not written', async () => {
  const engine = await startTinyEngine();
  const plain = await written(engine);
  await useWords(engine, [
    '那天早晨下着小雨，她把信放在窗台上，没有回头。',
    'Тем утром шёл мелкий дождь, и она не обернулась.',
  ]);
  expect(await written(engine)).toBe(plain);
});

const unspaced = {
  Javanese: 'ꦲꦤꦕꦫꦏꦢꦠꦱꦮꦭꦥꦝꦗꦪꦚ',
  Balinese: 'ᬳᬦᬘᬭᬓᬤᬢᬲᬯᬮ',
  'Tai Tham': 'ᨲ᩠ᩅᩫᨾᩮᩬᩥᨦᩉᩢ᩠ᨶᩈᩬᩁ',
  'New Tai Lue': 'ᦅᦱᧄᦺᦑᦟᦹᧉ',
  Cham: 'ꨀꨇꨩꨉꨮꨰ',
  Yi: 'ꆈꌠꁱꂷꀋꉬ',
  Tibetan: 'བོད་ཀྱི་སྐད་ཡིག་ནི།',
};

test('scripts for which no segmenter knows words: whole characters or nothing', async () => {
  const engine = await startTinyEngine();
  for (const [script, text] of Object.entries(unspaced)) {
    const document = text.repeat(40);
    await useWords(engine, [document]);
    const characters = [...new Intl.Segmenter().segment(document)].map(({ index }) => index);
    for (const place of [characters[12]!, characters[25]!, characters.at(-3)!]) {
      const shown = await suggestedAt(engine, document.slice(0, place), '');
      expect(shown.isWellFormed() && !shown.includes('\uFFFD'), script).toBe(true);
      expect(splitsCharacter(document.slice(0, place), shown), script).toBe(false);
      expect(wordPieces(shown).join(''), script).toBe(shown);
    }
  }
});

async function workspace(): Promise<string> {
  const folder = join(await temporaryFolder(), 'texts');
  await mkdir(join(folder, 'node_modules'), { recursive: true });
  const paragraph = (i: number) =>
    `In the ${i}. year the king and the ${i} daughters of the king went to the world.\n\n`;
  for (const name of ['one.md', 'two.txt', 'node_modules/readme.md'])
    await writeFile(join(folder, name), Array.from({ length: 9 }, (_, i) => paragraph(i + name.length)).join(''));
  await writeFile(join(folder, 'data.bin'), Buffer.from([0, 1, 2, 3]));
  return folder;
}

test('all prose of a folder is read, with the care of fine-tuning; a folder without any gives none', async () => {
  const folder = await workspace();
  const modelFolder = await writeTinyModel(join(await temporaryFolder(), 'tiny'));
  const training = new TrainingClient({ modulePath: join(distFolder, 'training.js'), log: () => undefined });
  try {
    const prose = await training.prose({ paths: [folder], modelFolder, corpus: {} });
    expect(prose!.texts.map(({ path }) => path)).toEqual(['one.md', 'two.txt']);
    expect(await training.prose({ paths: [join(folder, 'data.bin')], modelFolder, corpus: {} })).toEqual({ texts: [] });
    await expect(training.prose({ paths: [join(folder, 'gone')], modelFolder, corpus: {} })).rejects.toThrow(
      /There is no folder/,
    );
  } finally {
    await training.dispose();
  }
});

test('on the command line the folder may hold what is typed: it is left out', async () => {
  const folder = await workspace();
  const model = await writeTinyModel(join(await temporaryFolder(), 'tiny'));
  const common = ['--model', model, '--device', 'cpu', '--json', '--workspace', folder];
  const simulate = (file: string) => runCli(['simulate', file, '--max-carets', '20', '--policy', 'always', ...common]);
  const other = join(await temporaryFolder(), 'other.md');
  await writeFile(other, 'The king and the daughters of the king went home.\n');
  const [known, unknown] = [JSON.parse((await simulate(join(folder, 'one.md'))).stdout), await simulate(other)];
  expect(known.ownWords).toEqual({ files: 1, tokens: expect.any(Number) });
  expect(JSON.parse(unknown.stdout).ownWords.files).toBe(2);
  const completed = await runCli(['complete', ...common], 'In the 7. year the king and the 7 daughters of the');
  expect(completed).toMatchObject({ exitCode: 0, stderr: '' });
});

/** Everything that goes through the tokenizer, with tokenizers of the other kinds and a tiny random model. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import { Engine } from '../../src/inference/engine.ts';
import { heal } from '../../src/inference/healing.ts';
import { assemblePrompt } from '../../src/inference/prompt.ts';
import { openModelFolder } from '../../src/model/modelFolder.ts';
import { openTokenizer } from '../../src/model/openTokenizer.ts';
import { piecesToJson } from '../../src/model/tokenizer/piecesToJson.ts';
import { readSentencePieceModel } from '../../src/model/tokenizer/sentencePieceModel.ts';
import type { Tokenizer } from '../../src/model/tokenizer.ts';
import { defaultGenerationOptions } from '../../src/protocol/generationOptions.ts';
import { tokenizeTexts } from '../../src/training/dataset/tokenizedCorpus.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { writeTinyModel } from '../support/tinyModel.ts';
import { openDecoder } from './decoders.ts';
import { goldenPath } from './goldenFiles.ts';

interface Golden {
  readonly sentencePiece: Readonly<Record<string, { readonly model: string }>>;
  readonly byteLevel: {
    readonly vocab: Readonly<Record<string, number>>;
    readonly merges: unknown;
    readonly kinds: Readonly<Record<string, { readonly json: { readonly model: object } }>>;
  };
}
const golden = JSON.parse(gunzipSync(readFileSync(goldenPath('tokenizers.json.gz'))).toString()) as Golden;
const never = CancellationToken.None;

const sentencePiece = (name: string) =>
  piecesToJson(readSentencePieceModel(Buffer.from(golden.sentencePiece[name]!.model, 'base64')));
const byteLevel = (name: string) => {
  const { json } = golden.byteLevel.kinds[name]!;
  return { ...json, model: { ...json.model, vocab: golden.byteLevel.vocab, merges: golden.byteLevel.merges } };
};
const kinds: readonly (readonly [name: string, json: object, bos: string | undefined])[] = [
  ['SentencePiece with a blank before the text', sentencePiece('bpe'), '<s>'],
  ['SentencePiece without', sentencePiece('bpe-noPrefix'), '<s>'],
  ['unigram', sentencePiece('unigram-bytes'), '</s>'],
  ['words as Llama 3 cuts them', byteLevel('llama-bpe'), '<|endoftext|>'],
  ['words as Qwen cuts them', byteLevel('qwen2'), undefined],
];

const text = `The naïve café owner didn't say “hello”; she said nothing.\n\n- one\n- two 123,45\n\nÜber 中文 words — and more words,
then a line.\tTabs\tand  two blanks. Schöne Grüße! (And so on…)\n`;
const carets = Array.from({ length: 300 }, (_, i) => text.slice(0, 1 + Math.floor((i * (text.length - 1)) / 299)));

async function folderWith(tokenizer: object, bos: string | undefined): Promise<string> {
  const tokenizerConfig = {
    add_bos_token: bos !== undefined,
    bos_token: bos,
    chat_template: '{{ messages[0].content }}',
  };
  return writeTinyModel(await temporaryFolder(), {
    tokenizer: { tokenizer, tokenizerConfig, vocabularySize: 1024 },
    config: { eos_token_id: 1 },
  });
}

describe.each(kinds)('%s', (_, json, bos) => {
  test('the bytes that are forced at 300 carets are all there, once', async () => {
    const folder = openModelFolder(await folderWith(json, bos));
    const tokenizer = openTokenizer(folder);
    const decoder = await openDecoder(folder.path, { precision: 'fp32', dialect: 'fused' });
    const cache = decoder.newCache(512);
    const parts = { decoder, tokenizer, cache, turn: async () => {}, onPartial: () => {} };
    const limits = { maxTokens: 480, emptyPromptToken: tokenizer.specialId(tokenizer.specialTokens[0]!)! };
    for (const prefix of carets) {
      const prompt = assemblePrompt(
        { kind: 'continue', text: prefix, heal: true },
        { tokenizer, chatTemplate: undefined },
        limits,
      );
      cache.rewindTo(0);
      const last = prompt.tokenIds.length - 1;
      const logits = await decoder.run(cache, prompt.tokenIds, [last]);
      const healed = (await heal(prompt.forced, logits.slice(), prompt.tokenIds, parts, never))!;
      const stem = Buffer.concat(healed.stem.map((id) => tokenizer.tokenBytes(id)));
      expect(Buffer.concat([stem, healed.rest]).toString()).toBe(prompt.forced);
      const before = Buffer.concat(prompt.tokenIds.map((id) => tokenizer.tokenBytes(id))).toString();
      expect(without(before + prompt.forced, tokenizer)).toBe(prefix);
      expect([...tokenIdsThatCover(tokenizer, healed.rest)].length).toBeGreaterThan(0);
    }
    await decoder.release();
  });

  test('what the model wants first comes first, and only there', async () => {
    const tokenizer = openTokenizer(openModelFolder(await folderWith(json, bos)));
    const first = bos === undefined ? [] : [tokenizer.specialId(bos)];
    expect(tokenizer.beginning).toEqual(first);
    const limits = { maxTokens: 40, emptyPromptToken: 7 };
    const promptOf = (prefix: string) =>
      assemblePrompt({ kind: 'continue', text: prefix, heal: false }, { tokenizer, chatTemplate: undefined }, limits)
        .tokenIds;
    for (const prefix of ['', 'a', 'one two', text, text.repeat(20)]) {
      const ids = promptOf(prefix);
      expect(ids.slice(0, first.length)).toEqual(first);
      expect(ids.length).toBeLessThanOrEqual(limits.maxTokens);
      if (bos !== undefined) expect(ids.filter((id) => id === first[0])).toHaveLength(1);
    }
    const [document] = (await tokenizeTexts([text], tokenizer, never))!;
    expect([...document!.ids]).toEqual([...first, ...tokenizer.encode(text)]);
  });
});

/** Without the blank that SentencePiece puts before a text. */
const without = (whole: string, { textPrefix }: Tokenizer) => whole.slice(textPrefix.length);

function* tokenIdsThatCover(tokenizer: Tokenizer, rest: Uint8Array): Generator<number> {
  for (let id = 0; id < 1024; id++) if (tokenizer.covers(id, rest) || rest.length === 0) yield id;
}

describe('with SentencePiece', () => {
  const nothing = () => {};
  const engine = new Engine({ onProgress: nothing, onMoved: nothing, onUnloaded: nothing });
  let folder: string;
  beforeAll(async () => {
    const tokenizerConfig = { add_bos_token: true, bos_token: '<s>' };
    folder = await writeTinyModel(mkdtempSync(join(tmpdir(), 'inkling-test-')), {
      tokenizer: { tokenizer: sentencePiece('bpe'), tokenizerConfig, vocabularySize: 1024 },
    });
    await engine.load({
      modelFolder: folder,
      device: 'cpu',
      threads: 1,
      precision: 'fp32',
      idleUnloadMs: 0,
      maxContextTokens: 512,
    });
  });
  afterAll(async () => {
    await engine.unload();
    rmSync(folder, { recursive: true, force: true });
  });

  test('every token of a text is scored: the first follows the beginning', async () => {
    const answer = await engine.score({ text, windowTokens: 64, withTokens: true }, never);
    expect(answer.ids).toEqual(await engine.tokenize(text));
    expect(answer.logprobs).toHaveLength(answer.ids!.length);
    expect(answer.logprobs!.every((logprob) => logprob !== null && logprob < 0)).toBe(true);
    const each = await engine.scoreEach({ texts: ['The café', 'The words'] }, never);
    const alone = await engine.score({ text: 'The café', windowTokens: 64, withTokens: false }, never);
    if (each.kind !== 'scores') throw new Error(each.kind);
    expect(each.logprobs[0]).toBeCloseTo(alone.logprob, 3);
  });

  test('what comes of an empty text begins without a blank', async () => {
    const answer = await engine.generate(
      {
        id: 1,
        slot: 'completion',
        prompt: { kind: 'continue', text: '', heal: true },
        options: { ...defaultGenerationOptions, maxNewTokens: 8 },
        ignoreEndOfText: true,
        stream: false,
      },
      never,
      nothing,
    );
    if (answer.kind !== 'text') throw new Error(answer.kind);
    const [{ text: found, tokens }] = answer.sequences as [(typeof answer.sequences)[0]];
    const tokenizer = openTokenizer(openModelFolder(folder));
    expect(found).toBe(tokenizer.decode(tokens.map(({ id }) => id)));
  });
});

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CancellationTokenSource } from 'vscode-jsonrpc';
import { type CorpusOptions, resolveCorpusOptions } from '../../../src/protocol/corpus.ts';
import { seededRandom } from '../../../src/protocol/seededRandom.ts';
import { type Corpus, readCorpus } from '../../../src/training/corpus/readCorpus.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A new folder with these files, path → content; deleted after the test. */
export async function folderWith(files: Files): Promise<string> {
  const folder = await temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

export const never = new CancellationTokenSource().token;

export async function corpusOf(folder: string, options: Partial<CorpusOptions> = {}): Promise<Corpus> {
  const corpus = await readCorpus([folder], resolveCorpusOptions({ minCharacters: 1, ...options }), never);
  return corpus!;
}

const words = `harbour lamp widow letter captain slowly winter across under grey kitchen bread promised never answered
  bright window river garden stone forgot morning quiet carried walked table brother silver again before nothing other
  rain listened because evening door small began paper until road voices followed heavy candle almost island`.split(
  /\s+/,
);

/** Sentences that hardly share four words in a row with those of another seed, in paragraphs of about 300 characters. */
export function proseOf(seed: number, characters: number): string {
  const random = seededRandom(seed);
  const word = () => words[Math.floor(random() * words.length)]!;
  let text = '';
  while (text.length < characters) {
    const sentences = Array.from({ length: 6 }, () => {
      const sentence = Array.from({ length: 6 + Math.floor(random() * 6) }, word).join(' ');
      return `${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`;
    });
    text += `${text === '' ? '' : '\n\n'}${sentences.join(' ')}`;
  }
  return text.slice(0, characters).trimEnd();
}

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Manifest, readManifest } from '../model/manifest.ts';
import { openModelFolder } from '../model/modelFolder.ts';
import { InklingError, type Problem, type Sentence, sentence, sentenceText } from '../protocol/errors.ts';
import type { VerifyResult } from '../protocol/store.ts';
import { fileDigest } from './fileDigest.ts';

/**
 * Compares every file with the size and checksum in `inkling.json`.
 * @throws InklingError `modelMissing` when there is no such folder, `modelUnsupported` when it has no checksums
 */
export async function verifyModel(
  modelFolder: string,
  onProgress: (done: number, total: number) => void,
): Promise<VerifyResult> {
  const manifest = manifestOf(modelFolder);
  const expected = Object.entries(manifest.files);
  const total = expected.reduce((sum, [, { sizeBytes }]) => sum + sizeBytes, 0);
  let done = 0;
  const files: VerifyResult['files'][number][] = [];
  for (const [name, { sizeBytes, sha256 }] of expected) {
    const path = join(modelFolder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    const size = stat?.size;
    if (!stat) files.push({ name, ok: false, ...said(sentence`is missing`) });
    else if (!stat.isFile()) files.push({ name, ok: false, ...said(sentence`is no ordinary file`) });
    else if (size !== sizeBytes)
      files.push({ name, ok: false, ...said(sentence`has ${size ?? 0} bytes instead of ${sizeBytes}`) });
    else {
      const digest = await fileDigest(path, (count) => {
        done += count;
        onProgress(done, total);
      });
      files.push(digest === sha256 ? { name, ok: true } : { name, ok: false, ...said(sentence`has a wrong checksum`) });
    }
  }
  const { accuracy } = manifest;
  return { ok: files.every((file) => file.ok), ...(accuracy ? { accuracy } : {}), files };
}

/** As of a whole error, without a code: what is wrong with the file is the end of a sentence. */
const said = (what: Sentence): Pick<Problem, 'problem' | 'problemSentence'> => ({
  problem: sentenceText(what),
  problemSentence: what,
});

function manifestOf(modelFolder: string): Manifest {
  const manifest = readManifest(modelFolder);
  if (manifest) return manifest;
  openModelFolder(modelFolder); // says what is missing
  throw new InklingError(
    'modelUnsupported',
    sentence`${modelFolder} has no inkling.json with checksums: it was not installed by Inkling.`,
  );
}

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { exportedConfig } from '../../model/exportedModel.ts';
import { claimFile } from '../../model/files/claim.ts';
import { freeBytes } from '../../model/files/diskSpace.ts';
import { makeFolder } from '../../model/files/makeFolder.ts';
import { readJsonObject } from '../../model/files/textFile.ts';
import { isFree } from '../../model/files/unfinishedFolder.ts';
import { parseModelConfig } from '../../model/modelConfig.ts';
import { configuredKind, poolingPath } from '../../model/pipelineFolder.ts';
import { InklingError, sentence, systemCode } from '../../protocol/errors.ts';
import { plainName } from '../../protocol/plainName.ts';
import type { DiscardRequest, DownloadRequest, DownloadStage, ModelDetails } from '../../protocol/store.ts';
import { unwritable } from '../../protocol/systemReason.ts';
import { refuseUses } from '../addPipeline.ts';
import { convertModel } from '../convertModel.ts';
import { type ChosenFiles, checkSizes, chooseFiles, hasGraphs } from './chooseFiles.ts';
import { fetchFile } from './fetchFile.ts';
import { HubConnection } from './hubConnection.ts';
import { type Repository, readRepository } from './repository.ts';

export interface DownloadWatch {
  readonly signal: AbortSignal;
  /** bytes of all files, and then how far the conversion is */
  readonly onProgress: (done: number, total: number, stage: DownloadStage) => void;
  /** between two tries, for tests that do not want to wait */
  readonly waitMs?: number;
}

/** Beside the files themselves. */
const spareBytes = 200_000_000;

/**
 * Fetches a model from a hub into the person's folder: all files of one commit, each checked, then converted as from disk.
 * What is cut off stays in `FOLDER/.downloads` and is gone on with by the next call that asks to resume.
 * @throws InklingError `optionOutOfRange`, `network`, `modelUnsupported`, `modelBroken`, `fileAccess`, `cancelled`
 */
export async function downloadModel(request: DownloadRequest, watch: DownloadWatch): Promise<ModelDetails> {
  const { id, revision, folder, endpoint, token, proxy, quantize, uses, prefix } = request;
  const { signal, waitMs } = watch;
  const hub = new HubConnection({ endpoint, token, proxy, waits: waitMs === undefined ? {} : { again: waitMs } });
  try {
    const repository = await readRepository(hub, { id, revision }, signal);
    const config = hasGraphs(repository) ? await describedConfig(hub, repository, signal) : undefined;
    const chosen = knownFiles(chooseFiles(repository, { file: request.file, config }), request);
    if (chosen.kind !== 'onnx' || chosen.pipeline !== 'text2text') refuseUses(id, request);
    const name = plainName('model', request.name ?? defaultName(repository, chosen));
    const target = join(folder, name);
    demandFree(target, name);
    checkRoom(folder, chosen);
    const files = join(folder, '.downloads', digestOf(`${endpoint}\n${id}\n${repository.commit}`));
    const release = claim(files);
    try {
      demandFree(target, name); // another window may have fetched it meanwhile
      writeFileSync(join(files, aboutFile), JSON.stringify({ endpoint, id }));
      const fetched = join(files, fetchedFolder);
      if (!request.resume) rmSync(fetched, { recursive: true, force: true });
      await fetchAll(hub, { repository, chosen, files: fetched }, watch);
      const source = chosen.kind === 'gguf' ? join(fetched, pathHere(chosen.files[0]!.path)) : fetched;
      const conversion = {
        source,
        target,
        ...(quantize === undefined ? {} : { quantize }),
        ...(uses === undefined ? {} : { uses }),
        ...(prefix === undefined ? {} : { prefix }),
      };
      const { commit, licence, languages } = repository;
      const origin = { source: `${id}@${commit}`, licence, languages: request.languages ?? languages };
      const tell = seldom((done, total) => watch.onProgress(done, total, 'convert'));
      return await convertModel(conversion, tell, { origin, signal });
    } finally {
      if (existsSync(target)) discard(files, release);
      else release();
    }
  } finally {
    await hub.close();
  }
}

/** What a stopped download was of, and what came of it. */
const aboutFile = 'about.json';
const fetchedFolder = 'files';

/** Deletes what stopped downloads of a model have left, whatever their commit; one that is running is left alone. */
export function discardDownload({ folder, endpoint, id }: DiscardRequest): void {
  const downloads = join(folder, '.downloads');
  for (const name of existsSync(downloads) ? readdirSync(downloads) : []) {
    const files = join(downloads, name);
    const about = readJsonObject(join(files, aboutFile));
    if (about?.['endpoint'] !== endpoint || about['id'] !== id) continue;
    discard(files, claim(files));
  }
}

/** What a download has left goes; the folder stays where another window begins there at this moment. */
function discard(files: string, release: () => void): void {
  for (const name of [fetchedFolder, aboutFile]) rmSync(join(files, name), { recursive: true, force: true });
  release();
  try {
    rmdirSync(files);
  } catch {
    // it is in use again, or gone already
  }
}

/** @throws InklingError `fileAccess` */
function demandFree(target: string, name: string): void {
  if (!isFree(target))
    throw new InklingError('fileAccess', sentence`There is a model ${name} already. Give this one another name.`);
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24);

/** A repository may keep its files in folders; here they lie in one. */
const pathHere = (path: string): string => (path === poolingPath ? 'pooling.json' : basename(path));

const urlPathOf = ({ id, commit }: Repository, path: string): string =>
  `/${id}/resolve/${commit}/${path.split('/').map(encodeURIComponent).join('/')}`;

/** What the model says that it is, before anything of it is kept. */
async function describedConfig(hub: HubConnection, repository: Repository, signal: AbortSignal) {
  checkSizes(
    repository.id,
    repository.files.filter(({ path }) => path === 'config.json'),
  );
  return Object(await hub.json(urlPathOf(repository, 'config.json'), 'config.json', signal)) as Record<string, unknown>;
}

/** A file's own name where a repository holds several models; else the repository's. */
function defaultName({ id }: Repository, { kind, files }: ChosenFiles): string {
  if (kind !== 'gguf') return id.split('/')[1]!.toLowerCase();
  return basename(files[0]!.path)
    .replace(/(?:-\d{5}-of-\d{5})?\.gguf$/iu, '')
    .toLowerCase();
}

/**
 * With the checksums that are known from elsewhere than the hub.
 * @throws InklingError `modelBroken` when the hub tells others, before anything is fetched
 */
function knownFiles(chosen: ChosenFiles, { id, sha256 = {} }: DownloadRequest): ChosenFiles {
  const files = chosen.files.map((file) => {
    const known = Object.hasOwn(sha256, file.path) ? sha256[file.path] : undefined;
    if (known === undefined) return file;
    if (file.sha256 === undefined || file.sha256 === known) return { ...file, sha256: known };
    throw new InklingError(
      'modelBroken',
      sentence`${file.path} of ${id} is another file at the hub than the one on the list (their checksums differ), so it is not fetched.`,
    );
  });
  return { ...chosen, files };
}

/** A converted model stands beside its source for a moment. @throws InklingError `fileAccess` */
function checkRoom(folder: string, { files }: ChosenFiles): void {
  const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const needed = bytes * 2.1 + spareBytes;
  try {
    makeFolder(folder);
  } catch (error) {
    throw unwritable(folder, error);
  }
  const free = freeBytes(folder);
  if (free === undefined || free >= needed) return;
  const gigabytes = (count: number) => `${(count / 1e9).toFixed(1)} GB`;
  throw new InklingError(
    'fileAccess',
    sentence`This needs ${gigabytes(needed)} of disk, and ${gigabytes(free)} are free where models lie (${folder}).`,
  );
}

/** Two windows do not fetch into one folder. @throws InklingError `fileAccess` */
function claim(folder: string): () => void {
  for (let isLastTry = false; ; isLastTry = true) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const release = claimFile(join(folder, 'lock'));
      if (release) return release;
    } catch (error) {
      if (systemCode(error) === 'ENOENT' && !isLastTry) continue; // whoever had it took the folder away between the two
      throw unwritable(folder, error);
    }
    throw new InklingError('fileAccess', sentence`Another window is fetching this model already. Wait for its end.`);
  }
}

/** Small files first: a model that cannot be run is refused before its weights are fetched. */
async function fetchAll(
  hub: HubConnection,
  { repository, chosen, files }: { repository: Repository; chosen: ChosenFiles; files: string },
  { signal, onProgress }: DownloadWatch,
): Promise<void> {
  makeFolder(files);
  const total = chosen.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const tell = seldom((done) => onProgress(done, total, 'fetch'));
  let before = 0;
  for (const file of chosen.files) {
    const target = join(files, pathHere(file.path));
    const urlPath = urlPathOf(repository, file.path);
    const onBytes = (count: number) => tell(before + count, total);
    await fetchFile(hub, { file, urlPath, target }, { signal, onBytes });
    before += file.sizeBytes;
    if (file.path === 'config.json') checkConfig(target, repository, chosen);
  }
}

/** Passes on what is new every tenth of a second, and the end. */
function seldom(tell: (done: number, total: number) => void): (done: number, total: number) => void {
  let toldAtMs = Number.NEGATIVE_INFINITY;
  return (done, total) => {
    if (done < total && performance.now() - toldAtMs < 100) return;
    toldAtMs = performance.now();
    tell(done, total);
  };
}

/** @throws InklingError when what is chosen does not run by such a configuration */
function checkConfig(path: string, { id }: Repository, chosen: ChosenFiles): void {
  let config: Record<string, unknown>;
  try {
    config = Object(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new InklingError('modelBroken', sentence`config.json of ${id} is not JSON.`, { cause: error });
  }
  const pipeline = configuredKind(config);
  if (chosen.kind === 'onnx') {
    if (pipeline !== chosen.pipeline)
      throw new InklingError('modelBroken', sentence`config.json of ${id} changes as it is read.`);
    if (!pipeline) exportedConfig(config);
  } else if (pipeline) {
    throw new InklingError(
      'modelUnsupported',
      sentence`${id} is a model for one task. Such models run from ONNX files, and it has none: look for the same model exported to ONNX.`,
    );
  } else parseModelConfig(config);
}

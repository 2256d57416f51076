import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { fetchFile } from '../../src/store/hub/fetchFile.ts';
import { HubConnection, type HubWaits } from '../../src/store/hub/hubConnection.ts';
import type { HubFile } from '../../src/store/hub/repository.ts';
import { commit, ModelHub, type ModelHubOptions } from './modelHub.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const never = new AbortController().signal;

/** A hub that has one file of random bytes, and a call that fetches it. It is asked again at once. */
export async function oneFile(faults: ModelHubOptions['faults'] = [], size = 100_000, waits: Partial<HubWaits> = {}) {
  const content = randomBytes(size);
  const hub = await ModelHub.open({ files: { 'model.safetensors': content }, faults });
  const folder = await temporaryFolder();
  const target = join(folder, 'model.safetensors');
  const connection = new HubConnection({ endpoint: hub.endpoint, waits: { again: 1, ...waits } });
  onTestFinished(() => connection.close());
  const { siblings } = (await connection.json('/api/models/someone/tiny/revision/main', 'tiny', never)) as {
    siblings: { lfs: { sha256: string } }[];
  };
  const file: HubFile = { path: 'model.safetensors', sizeBytes: size, sha256: siblings[0]!.lfs.sha256 };
  const urlPath = `/someone/tiny/resolve/${commit}/model.safetensors`;
  const seen: number[] = [];
  const fetchIt = (signal = never) =>
    fetchFile(connection, { file, urlPath, target }, { signal, onBytes: (count) => seen.push(count) });
  return { hub, content, target, fetchIt, seen, folder };
}

import type { DownloadRequest } from '../../src/protocol/store.ts';
import { type DownloadWatch, downloadModel } from '../../src/store/hub/downloadModel.ts';
import { ModelHub, type ModelHubOptions } from './modelHub.ts';
import { temporaryFolder } from './temporaryFolder.ts';

/** Nobody stops it, and it is asked again at once. */
export const watch: DownloadWatch = { signal: new AbortController().signal, onProgress: () => undefined, waitMs: 1 };

/** A hub that has one repository, and the download of it, which has begun. */
export async function fetchedModel(options: ModelHubOptions, more: Partial<DownloadRequest> = {}) {
  const hub = await ModelHub.open(options);
  const folder = more.folder ?? (await temporaryFolder());
  const { id = 'someone/tiny' } = options;
  const request = { id, revision: 'main', endpoint: hub.endpoint, resume: false, ...more, folder };
  return { hub, folder, download: downloadModel(request, watch) };
}

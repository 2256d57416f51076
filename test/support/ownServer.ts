import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startCli } from './cliProcess.ts';
import { temporaryFolder } from './temporaryFolder.ts';
import { writeTinyModel } from './tinyModel.ts';

/** `inkling serve` with the tiny model `tiny`, for the test that runs. */
export async function ownServer(): Promise<{ url: string; key: string }> {
  const folder = await temporaryFolder();
  const model = await writeTinyModel(join(folder, 'tiny'));
  const tokenFile = join(folder, 'token');
  const child = startCli(['serve', '--model', model, '--token-file', tokenFile, '--with-parent', '--json'], null);
  const [line] = await new Promise<[Buffer]>((resolve) =>
    child.stdout!.once('data', (data: Buffer) => resolve([data])),
  );
  const { url } = JSON.parse(line.toString()) as { url: string };
  return { url, key: (await readFile(tokenFile, 'utf8')).trim() };
}

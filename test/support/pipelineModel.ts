import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { PipelinesClient, type PipelinesClientOptions } from '../../src/client/pipelinesClient.ts';
import { distFolder } from './tinyEngine.ts';

const golden = fileURLToPath(new URL('../golden/pipelines', import.meta.url));

/** What transformers computed, as make_pipelines.py keeps it. */
export const pipelineGolden = <Golden>(name: string): Golden =>
  JSON.parse(readFileSync(join(golden, name, 'golden.json'), 'utf8')) as Golden;

/**
 * A tiny random model of a kind, as an exporter writes it.
 * @param target created
 */
export async function writePipelineModel(name: string, target: string): Promise<string> {
  await mkdir(target, { recursive: true });
  for (const file of readdirSync(join(golden, name))) {
    const source = join(golden, name, file);
    if (file.endsWith('.gz')) await writeFile(join(target, file.slice(0, -3)), gunzipSync(readFileSync(source)));
    else if (file !== 'golden.json') await copyFile(source, join(target, file));
  }
  return target;
}

/** The real pipelines process, for the test that runs. */
export function startPipelines(options: Partial<PipelinesClientOptions> = {}): PipelinesClient {
  const modulePath = join(distFolder, 'pipelines.js');
  if (!existsSync(modulePath)) throw new Error('run npm run build first');
  const client = new PipelinesClient({ modulePath, log: () => undefined, ...options });
  onTestFinished(() => client.dispose());
  return client;
}

import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc/node.js';
import { Engine } from '../../../src/inference/engine.ts';
import { writeAdapter } from '../../../src/model/adapterFile.ts';
import { linearShape } from '../../../src/model/decoderParts.ts';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import { Session } from '../../../src/model/session.ts';
import { seededRandom } from '../../../src/protocol/seededRandom.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { continuationOf, loadRequest } from '../../support/tinyEngine.ts';
import { writeTinyModel } from '../../support/tinyModel.ts';

const none = CancellationToken.None;
const nothing = () => undefined;

/** A tiny model with an adapter that is heard, and what an engine says under each strength. */
async function voice() {
  const folder = await temporaryFolder();
  const modelFolder = await writeTinyModel(join(folder, 'harbour'));
  const { config } = openModelFolder(modelFolder);
  const random = seededRandom(5);
  const numbers = (count: number) => Float32Array.from({ length: count }, () => random() - 0.5);
  const pairs = ([0, 1] as const).flatMap((layer) =>
    (['q', 'v', 'down'] as const).map((target) => {
      const { rows, columns } = linearShape(config, target);
      return { layer, target, rank: 2, scale: 1, a: numbers(2 * columns), b: numbers(2 * rows) };
    }),
  );
  const adapterFolder = join(folder, 'voice');
  writeAdapter(
    adapterFolder,
    { name: 'voice', pairs, provenance: undefined },
    { config, rank: 2, alpha: 2, baseName: 'harbour' },
  );
  const newEngine = () => {
    const engine = new Engine({ onProgress: nothing, onMoved: nothing, onUnloaded: nothing });
    onTestFinished(async () => void (await engine.unload()));
    return engine;
  };
  const saysAt = async (engine: Engine, strength: number | undefined) => {
    const adapter = strength === undefined ? {} : { adapter: { folder: adapterFolder, strength } };
    await engine.load(loadRequest(modelFolder, adapter));
    const { logprob } = await engine.score({ text: 'The world is wide', windowTokens: 64, withTokens: false }, none);
    const answer = await engine.generate({ ...continuationOf('The world'), id: 1, stream: false }, none, nothing);
    if (answer.kind !== 'text') throw new Error(answer.kind);
    return { logprob, text: answer.sequences[0]!.text, reusedTokens: answer.usage.reusedTokens };
  };
  return { newEngine, saysAt };
}

test('another strength is heard at once, as if the model had been loaded with it, and no session is made for it', async () => {
  const { newEngine, saysAt } = await voice();
  const created = vi.spyOn(Session, 'create');
  onTestFinished(() => created.mockRestore());
  const engine = newEngine();
  const heard = new Map<number, Awaited<ReturnType<typeof saysAt>>>();
  for (const strength of [1, 0.5, 0, 1.7, 2]) heard.set(strength, await saysAt(engine, strength));
  expect(created).toHaveBeenCalledTimes(1);
  for (const [strength, said] of heard) {
    expect(said, String(strength)).toEqual(await saysAt(newEngine(), strength));
    expect(said.reusedTokens).toBe(0); // keys and values of another strength are of no use
  }
  expect(new Set([...heard.values()].map(({ logprob }) => logprob)).size).toBe(heard.size);
  const without = await saysAt(newEngine(), undefined);
  expect(heard.get(0)!.logprob).toBeCloseTo(without.logprob, 4);
});

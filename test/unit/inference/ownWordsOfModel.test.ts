import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc/node.js';
import { Engine } from '../../../src/inference/engine.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { continuationOf, loadRequest } from '../../support/tinyEngine.ts';
import { writeTinyModel } from '../../support/tinyModel.ts';

const nothing = () => undefined;
const saying = 'The word and the world go hand in hand';

test('what was counted in the tokens of another model is not heard while further texts are counted', async () => {
  const modelFolder = await writeTinyModel(join(await temporaryFolder(), 'tiny'));
  const engine = new Engine({ onProgress: nothing, onMoved: nothing, onUnloaded: nothing });
  await engine.load(loadRequest(modelFolder));
  const says = async () => {
    const request = continuationOf('The word and the world', { temperature: 0, maxNewTokens: 8 });
    const answer = await engine.generate({ ...request, id: 1, stream: false }, CancellationToken.None, nothing);
    return answer.kind === 'text' ? answer.sequences[0]!.text : answer.kind;
  };
  const plain = await says();
  const tokens = await engine.tokenize(saying);
  await engine.ownWords({ modelFolder, texts: [{ name: 'a', tokens }], replaces: 'all' });
  expect(await says()).not.toBe(plain);
  await engine.ownWords({ modelFolder: 'another', texts: [{ name: 'a', tokens }], replaces: 'all' });
  expect(await says()).toBe(plain);
  const foreign = { name: 'b', tokens: Array<number>(100_000).fill(0) };
  const counted = engine.ownWords({ modelFolder, texts: [foreign], replaces: 'some' });
  expect(await says()).toBe(plain);
  await counted;
  await engine.unload();
});

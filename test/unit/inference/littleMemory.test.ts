import { expect, test, vi } from 'vitest';
import { openModel } from '../../../src/inference/runningModel.ts';
import type { LoadRequest } from '../../../src/protocol/inference.ts';
import { goldenPath } from '../../golden/goldenFiles.ts';

vi.mock('../../../src/model/availableMemory.ts', () => ({ availableBytes: () => 40e6 }));

test('a model is refused before its weights are read when the machine has too little memory', async () => {
  const request: LoadRequest = {
    ...{ modelFolder: goldenPath('tiny-llama'), device: 'auto' as const, threads: 1, precision: 'default' as const },
    ...{ maxContextTokens: 256, idleUnloadMs: 0 },
  };
  const stages: string[] = [];
  const opening = openModel(request, undefined, ({ stage }) => stages.push(stage));
  await expect(opening).rejects.toMatchObject({
    code: 'outOfMemory',
    message: expect.stringContaining('40 MB are free'),
  });
  expect(stages).toEqual(['weights']);
});

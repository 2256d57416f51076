import { availableBytes } from '../model/availableMemory.ts';
import type { ModelFolder } from '../model/modelFolder.ts';

/** For the runtime, and for logits of all tokens of a prompt with a large vocabulary. */
const roomBytes = 300e6;

/**
 * Does memory suffice to run a model that is being added once, to check it?
 * @param available bytes of memory; running out of it must not spoil an import
 */
export function hasRoomToRun({ weights }: Pick<ModelFolder, 'weights'>, available = availableBytes()): boolean {
  const weightBytes = [...weights.tensors.values()].reduce((sum, { length }) => sum + length, 0);
  return 2 * weightBytes + roomBytes <= available;
}

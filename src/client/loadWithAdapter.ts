import { type InklingError, toInklingError } from '../protocol/errors.ts';
import type { LoadedAdapter, LoadRequest } from '../protocol/inference.ts';
import type { InferenceClient } from './inferenceClient.ts';

/**
 * Loads a model with an adapter, and without it where it is refused, unless another model was asked for meanwhile.
 * @returns why the model runs without the adapter; undefined when it runs with it, when another model was asked for, and
 * when it does not run at all, which the client's state tells
 */
export async function loadWithAdapter(
  client: Pick<InferenceClient, 'use' | 'load' | 'wants'>,
  request: LoadRequest,
  adapter: LoadedAdapter,
): Promise<InklingError | undefined> {
  const withAdapter = { ...request, adapter };
  client.use(withAdapter);
  try {
    await client.load();
    return undefined;
  } catch (error) {
    if (!client.wants(withAdapter)) return undefined;
    client.use(request);
    return client.load().then(
      () => toInklingError(error),
      () => undefined,
    );
  }
}

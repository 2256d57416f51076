/** Opens a decoder's graph that others exported, and looks whether it is one that can be run. */
import { InklingError, type Sentence, sentence } from '../protocol/errors.ts';
import type { ModelFolder } from './modelFolder.ts';
import { Session, type ValueDescription } from './session.ts';

/** What such a graph may take besides keys and values. */
export const exportedInputs = [
  'input_ids',
  'attention_mask',
  'position_ids',
  'cache_position',
  'num_logits_to_keep',
  'use_cache_branch',
] as const;

/** Keys or values of one layer, as an exported graph names them. */
export interface PresentLayout {
  /** the graph's input and output */
  readonly past: string;
  readonly present: string;
  readonly heads: number;
  readonly width: number;
  readonly element: 'float32' | 'float16';
}

export interface ExportedSession {
  readonly session: Session;
  readonly layouts: readonly PresentLayout[];
  /** logits come in 16 bits */
  readonly halfLogits: boolean;
}

/** @throws InklingError `modelUnsupported` for a graph with other inputs and outputs, `modelBroken` for what is no graph */
export async function openExported(
  { config, exported, name }: Pick<ModelFolder, 'config' | 'exported' | 'name'>,
  threads: number,
): Promise<ExportedSession> {
  let session: Session;
  try {
    session = await Session.create(exported!, { device: 'cpu', threads });
  } catch (error) {
    if (error instanceof InklingError && error.code === 'outOfMemory') throw error;
    throw new InklingError(
      'modelBroken',
      sentence`The ONNX graph of ${name} cannot be opened: it is damaged, or incomplete.`,
      {
        cause: error,
      },
    );
  }
  try {
    const layouts = layoutsOf(session);
    const logits = session.outputs.find((output) => output.name === 'logits');
    const vocabulary = logits?.shape[2];
    if (!logits) throw unsupported(sentence`has no output logits`);
    if (typeof vocabulary === 'number' && vocabulary !== config.vocabularySize) {
      throw new InklingError(
        'modelConfig',
        sentence`The graph gives ${vocabulary} logits, config.json says vocab_size ${config.vocabularySize}.`,
      );
    }
    return { session, layouts, halfLogits: logits.type === 'float16' };
  } catch (error) {
    await session.release();
    throw error;
  }
}

/** Keys and values that the graph takes, each with the output that follows it. */
function layoutsOf(session: Session): PresentLayout[] {
  const outputs = new Set(session.outputs.map(({ name }) => name));
  const layouts = session.inputs.flatMap((input): PresentLayout[] => {
    if ((exportedInputs as readonly string[]).includes(input.name)) return [];
    const present = input.name.replace(/^past_key_values/u, 'present');
    if (present === input.name || !outputs.has(present)) throw unsupported(sentence`has the input ${input.name}`);
    return [{ past: input.name, present, ...rowsOf(input) }];
  });
  if (layouts.length === 0) throw unsupported(sentence`takes no keys and values (past_key_values)`);
  if (!session.inputNames.includes('input_ids')) throw unsupported(sentence`has no input input_ids`);
  return layouts;
}

function rowsOf({ name, type, shape }: ValueDescription): Pick<PresentLayout, 'heads' | 'width' | 'element'> {
  const [heads, width] = [shape[1], shape[3]];
  if (shape.length !== 4 || typeof heads !== 'number' || typeof width !== 'number') {
    throw unsupported(sentence`has ${name} of the shape (${shape.join(', ')})`);
  }
  if (type !== 'float32' && type !== 'float16') throw unsupported(sentence`has ${name} of the type ${type}`);
  return { heads, width, element: type };
}

const unsupported = (what: Sentence) =>
  new InklingError(
    'modelUnsupported',
    sentence`The exported graph ${what}, which is not the layout of decoders that can be run here (optimum, transformers.js).`,
  );

import type { CancellationToken } from 'vscode-jsonrpc';
import { actionCatalogue } from './actionCatalogue.ts';
import type { ActionRun } from './actionRun.ts';
import { readBeforeInstruction } from './drafts/instructionDrafts.ts';
import { refusal, waysFor } from './runAction.ts';
import type { ActionEngine, ActionRequest } from './selectionAction.ts';
import { readSelection } from './text/reading.ts';

/** Stands for the words that are still being typed. */
const unknown = 'wish';

/**
 * To be called while a person types the instruction of an action: the model reads the text meanwhile, and the engine keeps
 * what it read until another action comes. Then only the instruction is left to read. Does nothing where the text is not
 * read as a whole or where no model is needed; never throws, for the action itself says what is wrong.
 */
export async function readAhead(
  request: Omit<ActionRequest, 'instruction'>,
  engine: ActionEngine,
  token: CancellationToken,
): Promise<void> {
  const spec = actionCatalogue[request.action];
  const asked = { ...request, instruction: unknown };
  const run: ActionRun = { request: asked, reading: readSelection(asked), spec, engine, token, listener: {} };
  try {
    if (spec.instruction !== 'required' || refusal(run, spec)) return;
    const ways = await waysFor(run);
    if ('kind' in ways || ways[0] !== 'model') return;
    await readBeforeInstruction({ ...run, model: await engine.load() });
  } catch {
    // an engine that fails now fails again when the action runs
  }
}

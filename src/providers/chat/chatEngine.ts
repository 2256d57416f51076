import type { ActionEngine } from '../../writing/selection/selectionAction.ts';

/**
 * The engine, or undefined while Inkling is switched off.
 * @throws InklingError `modelMissing`
 */
export type ChatEngine = () => ActionEngine | undefined;

import { isSmall } from './actionCatalogue.ts';

/** What one model of a class was read to do is taken for what the others do. */
export type ModelClass = 'small' | 'medium' | 'large';

/** From here on nobody has read what models make of an action. */
const largeModelParameters = 2_000_000_000;

/** @param parameters of a model, as many as its files hold */
export const modelClass = (parameters: number): ModelClass =>
  isSmall(parameters) ? 'small' : parameters < largeModelParameters ? 'medium' : 'large';

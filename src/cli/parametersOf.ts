import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * About how many parameters a model has, from its configuration alone; undefined where that does not tell.
 * @param folder a model folder with a `config.json` of the Llama family
 */
export function parametersOf(folder: string): number | undefined {
  const config = readConfig(folder);
  const figure = (name: string) => (typeof config[name] === 'number' ? config[name] : Number.NaN);
  const hidden = figure('hidden_size');
  const heads = figure('num_attention_heads');
  const keyValueShare = figure('num_key_value_heads') / heads || 1;
  const attention = hidden * hidden * (2 + 2 * keyValueShare);
  const feedForward = 3 * hidden * figure('intermediate_size');
  const embeddings = figure('vocab_size') * hidden * (config['tie_word_embeddings'] === true ? 1 : 2);
  const parameters = figure('num_hidden_layers') * (attention + feedForward) + embeddings;
  return Number.isFinite(parameters) ? parameters : undefined;
}

function readConfig(folder: string): Readonly<Record<string, unknown>> {
  try {
    const config: unknown = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
    return typeof config === 'object' && config !== null ? { ...config } : {};
  } catch {
    return {}; // loading the model says what is wrong with it
  }
}

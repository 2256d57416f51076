import { readFileSync, statSync } from 'node:fs';
import { InklingError } from '../../protocol/errors.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

const mostBytes = 16_000_000;

/**
 * Reads a JSON object from a regular file of a sane size: a pipe or a device would never end.
 * @returns undefined when there is no such file
 * @throws InklingError `modelBroken`
 */
export function readJsonObject(path: string): JsonObject | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return undefined;
  if (!found.isFile() || found.size > mostBytes) throw new InklingError('modelBroken', `${path} is no file of JSON.`);
  const value = parsed(path);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw new InklingError('modelBroken', `${path} holds no JSON object.`);
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new InklingError('modelBroken', `${path} is not valid JSON.`, { cause: error });
  }
}

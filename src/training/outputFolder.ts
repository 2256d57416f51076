import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isFree, kindOf } from '../model/files/unfinishedFolder.ts';
import { adapterFiles } from '../protocol/adapterLayout.ts';
import { InklingError } from '../protocol/errors.ts';

/**
 * Nothing that stands in the place of the adapter is replaced, but what the same run has put there when it was stopped.
 * @param goesOn the run goes on from its checkpoint
 * @throws InklingError `fileAccess`, saying what to do
 */
export function demandFreeOutput(folder: string, goesOn: boolean): void {
  if (isFree(folder)) return;
  const isFolder = kindOf(folder) === 'folder';
  const isAdapter = isFolder && existsSync(join(folder, adapterFiles.config));
  const known: readonly string[] = Object.values(adapterFiles);
  if (isAdapter && goesOn && readdirSync(folder).every((name) => known.includes(name))) return;
  const what = isAdapter ? 'holds an adapter already' : isFolder ? 'holds files already' : 'is no folder';
  throw new InklingError('fileAccess', `${folder} ${what}: choose another folder, or delete it first.`);
}

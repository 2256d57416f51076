import { InklingError } from '../protocol/errors.ts';

/**
 * Refuses a path that leads to another machine: on Windows, merely looking whether it exists connects to that machine and
 * gives it the person's name. `\\?\C:\…` is a path of this machine.
 * @throws InklingError `fileAccess`
 */
export function refuseNetworkPath(path: string, platform: NodeJS.Platform = process.platform): void {
  if (platform !== 'win32' || !/^\s*[\\/]{2}(?![?.][\\/][a-z]:[\\/])/iu.test(path)) return;
  throw new InklingError(
    'fileAccess',
    `${path} is on another machine. Models and adapters are read from this one only.`,
  );
}

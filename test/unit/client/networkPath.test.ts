import { expect, test } from 'vitest';
import { refuseNetworkPath } from '../../../src/client/modelFolders.ts';

const outside = [
  '\\\\server\\share',
  '\\\\server\\share\\model',
  '//server/share/model',
  '\\/server/share',
  '/\\server\\share',
  '\\\\192.168.0.1\\c$',
  '\\\\server@SSL\\DavWWWRoot\\model',
  '\\\\server@8080\\share',
  '\\\\?\\UNC\\server\\share',
  '//?/UNC/server/share',
  '\\\\.\\UNC\\server\\share',
  '\\\\.\\pipe\\name',
  '\\\\?\\GLOBALROOT\\Device\\Mup\\server\\share',
  ' \\\\server\\share',
  '\\\\wsl$\\Ubuntu\\home',
  '\\\\wsl.localhost\\Ubuntu',
];
const here = [
  'smollm2-135m-instruct',
  'C:\\models\\one',
  'c:/models/one',
  '\\models\\one',
  '/models/one',
  '..\\models',
  '\\\\?\\C:\\models\\one',
  '\\\\.\\c:\\models',
  '',
];

test.each(outside)('%s is refused on Windows, and is a plain path elsewhere', (path) => {
  expect(() => refuseNetworkPath(path, 'win32')).toThrow(expect.objectContaining({ code: 'fileAccess' }));
  expect(() => refuseNetworkPath(path, 'linux')).not.toThrow();
});

test.each(here)('%j is a path of this machine', (path) => {
  expect(() => refuseNetworkPath(path, 'win32')).not.toThrow();
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findModels } from '../../src/store/foundModels.ts';
import { temporaryFolder } from './temporaryFolder.ts';

/** The home folder of somebody who has other programs with models, for the test that runs. */
export class FoundDisk {
  readonly home: string;

  private constructor(home: string) {
    this.home = home;
  }

  static async open(): Promise<FoundDisk> {
    return new FoundDisk(await temporaryFolder());
  }

  /** @param platform whose programs they are; what is there for all lies in `system` of the home folder */
  find = (environment: NodeJS.ProcessEnv = {}, projects: readonly string[] = [], platform: NodeJS.Platform = 'linux') =>
    findModels({ home: this.home, platform, environment, root: join(this.home, 'system'), projects }).models;

  /** @returns the path of the file that was written */
  put(path: string, content: string | Buffer): string {
    const file = join(this.home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }
}

/** A GGUF file with no tensors, that names an architecture. */
export function gguf(architecture: string): Buffer {
  const text = (value: string) => {
    const bytes = Buffer.from(value);
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(bytes.length));
    return Buffer.concat([length, bytes]);
  };
  const head = Buffer.alloc(24);
  head.write('GGUF');
  head.writeUInt32LE(3, 4);
  head.writeBigUInt64LE(1n, 16); // one key
  const stringType = Buffer.from([8, 0, 0, 0]);
  return Buffer.concat([head, text('general.architecture'), stringType, text(architecture)]);
}

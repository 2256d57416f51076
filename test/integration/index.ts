import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

/** What becomes of one test; `error` where it failed. */
export interface TestResult {
  readonly title: string;
  readonly durationMs: number;
  readonly error?: string;
}

/** What the extension host calls: runs the test files of this folder that were asked for. @throws when a test fails */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 180_000, reporter: 'spec' });
  const wanted = (process.env['INKLING_TEST_FILES'] ?? '').split(' '); // '' is what every name begins with
  for (const name of readdirSync(__dirname)) {
    if (name.endsWith('.test.js') && wanted.some((beginning) => name.startsWith(beginning)))
      mocha.addFile(path.join(__dirname, name));
  }
  const results: TestResult[] = [];
  // Written as they come: the report of a run that never ends says how far it came.
  const note = (result: TestResult) => {
    results.push(result);
    writeFileSync(process.env['INKLING_TEST_RESULTS']!, JSON.stringify(results));
  };
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', (test) => note({ title: test.fullTitle(), durationMs: test.duration ?? 0 }));
    runner.on('fail', (test, error: Error) =>
      note({ title: test.fullTitle(), durationMs: test.duration ?? 0, error: error.stack ?? error.message }),
    );
  });
  if (failures > 0) throw new Error(`${failures} failed`);
}

import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

/** What becomes of one test; `error` where it failed. */
export interface TestResult {
  readonly title: string;
  readonly error?: string;
}

/** What the extension host calls: runs every test file of this folder. @throws when a test fails */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 60_000, reporter: 'spec' });
  for (const name of readdirSync(__dirname)) {
    if (name.endsWith('.test.js')) mocha.addFile(path.join(__dirname, name));
  }
  const results: TestResult[] = [];
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', (test) => results.push({ title: test.fullTitle() }));
    runner.on('fail', (test, error: Error) =>
      results.push({ title: test.fullTitle(), error: error.stack ?? error.message }),
    );
  });
  writeFileSync(process.env['INKLING_TEST_RESULTS']!, JSON.stringify(results));
  if (failures > 0) throw new Error(`${failures} failed`);
}

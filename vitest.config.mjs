import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** What training keeps for its next run would take the place of what the developer's own runs keep. */
const env = { INKLING_CACHE: fileURLToPath(new URL('out/cache', import.meta.url)) };

/** What a test waits for comes at once on a quiet machine, and late on a busy one. */
const expect = { poll: { timeout: 45_000 } };

/** For tests in the real editor. */
const globalSetup = 'test/support/installProduct.ts';

/** Unit tests that put something in the place of a module, a global or a clock: each file has a process of its own. */
const alone = readdirSync(new URL('test/unit', import.meta.url), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => path.posix.join('test/unit', name.replaceAll(path.sep, '/')))
  .filter((file) => /\bvi\b[^;]*\} from 'vitest'/u.test(readFileSync(new URL(file, import.meta.url), 'utf8')));

/**
 * A test that hangs fails by its time limit; the limits are far from what any machine, however busy, needs for one that works.
 * A kind of test is a folder: `npx vitest run --project golden`, or `npm run test:unit` for both projects of test/unit. The tests in test/integration run inside the editor.
 * @param {string} name
 * @param {import('vitest/config').TestProjectInlineConfiguration['test'] & { testTimeout: number }} options
 */
const project = (name, options) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], hookTimeout: 2 * options.testTimeout, env, expect, ...options },
});

export default defineConfig({
  test: {
    maxWorkers: '100%', // a processor each; without it one of them rests
    projects: [
      // the files share what they import: that takes longer than most of the tests
      project('unit', { testTimeout: 120_000, fileParallelism: true, isolate: false, exclude: alone }),
      project('unitAlone', { testTimeout: 120_000, fileParallelism: true, include: alone }),
      project('golden', { testTimeout: 240_000, fileParallelism: true }),
      project('process', { testTimeout: 180_000, fileParallelism: true }),
      project('pages', { testTimeout: 120_000, fileParallelism: true }),
      project('ui', { testTimeout: 240_000, fileParallelism: false, globalSetup }),
      project('uiLong', { testTimeout: 120_000, fileParallelism: false, globalSetup }), // trains for minutes: npm test -- uiLong
    ],
  },
});

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** What training keeps for its next run would take the place of what the developer's own runs keep. */
const env = { INKLING_CACHE: fileURLToPath(new URL('out/cache', import.meta.url)) };

/**
 * A kind of test is a folder: `npx vitest run --project unit`. The tests in test/integration run inside the editor.
 * @param {string} name
 * @param {{ testTimeout: number, fileParallelism: boolean }} options
 */
const project = (name, options) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], hookTimeout: 2 * options.testTimeout, env, ...options },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', { testTimeout: 10_000, fileParallelism: true }),
      project('golden', { testTimeout: 120_000, fileParallelism: false }),
      project('process', { testTimeout: 60_000, fileParallelism: false }),
      project('ui', { testTimeout: 120_000, fileParallelism: false }),
      project('uiLong', { testTimeout: 120_000, fileParallelism: false }), // trains for minutes: npm test -- uiLong
    ],
  },
});

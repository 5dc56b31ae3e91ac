import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Tests that start the program use the compiled one in dist/ (npm test builds it first).
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // The files share what they import: no test changes a module, and loading the readers and the lexicon for each file took a third of the time.
    isolate: false,
    // One more than cores: the longest files wait for programs that they started.
    maxWorkers: availableParallelism() + 1,
    reporters: ['default'],
  },
});

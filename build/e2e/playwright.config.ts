/** Drover as people use it: a real window, a real Host, real work. `npm test` starts this, or `npm test -- e2e`. */
import { resolve } from 'node:path';
import { defineConfig } from 'playwright/test';

export default defineConfig({
  testDir: '.',
  outputDir: resolve(import.meta.dirname, '../../out/e2e/results'),
  // One at a time: each test starts an app of several processes, and its work needs the cores.
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  use: { actionTimeout: 15_000 },
  projects: [
    { name: 'e2e', testMatch: '*.test.ts', testIgnore: 'packed.test.ts' },
    { name: 'packed', testMatch: 'packed.test.ts' },
  ],
});

import { defineConfig } from 'vitest/config';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

export default defineConfig({
  test: {
    projects: [
      {
        root,
        test: {
          name: 'unit',
          // They share nothing that one could change for another, and a worker for each takes as long as they do.
          isolate: false,
          include: ['{electron,renderer,shared}/**/*.test.{ts,tsx}', 'build/{lint,fuzz}/*.test.ts'],
          exclude: ['**/*.integration.test.ts'],
        },
      },
      {
        // On the built program and real processes. Needs `npm run build` to have been done.
        root,
        test: {
          name: 'integration',
          include: ['{electron,build/integration}/**/*.integration.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});

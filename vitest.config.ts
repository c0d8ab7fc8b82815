import { configDefaults, defineConfig } from 'vitest/config';

const seconds = (n: number) => n * 1000;

/** Suites beside the ordinary one: what each needs is said in CONTRIBUTING.md. */
const suites = {
  conformance: { testTimeout: seconds(60), hookTimeout: seconds(60) },
  docs: { testTimeout: seconds(600), hookTimeout: seconds(60) },
  faults: { testTimeout: seconds(180), hookTimeout: seconds(60) },
  browser: { testTimeout: seconds(60), hookTimeout: seconds(60) },
  live: { testTimeout: seconds(120), hookTimeout: seconds(120) },
} as const;

const common = {
  environment: 'node',
  pool: 'forks',
  // A zone that is neither UTC nor whole hours away from it: code that asks the machine's clock zone shows at once.
  // Nor does a test leave anything in the cache of whoever runs it: below a file not even root makes a folder.
  env: { TZ: 'Asia/Kathmandu', NO_COLOR: '1', XDG_CACHE_HOME: '/dev/null/none' },
} as const;

export default defineConfig({
  test: {
    maxWorkers: 2,
    coverage: { provider: 'v8', include: ['src/**/*.ts'], exclude: ['src/generated/**'] },
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...Object.keys(suites).map((suite) => `test/${suite}/**`)],
          testTimeout: seconds(60),
          hookTimeout: seconds(60),
        },
      },
      ...Object.entries(suites).map(([name, limits]) => ({
        test: { ...common, ...limits, name, include: [`test/${name}/**/*.test.ts`] },
      })),
    ],
  },
});

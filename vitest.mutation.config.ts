import { defineConfig } from 'vitest/config';

/** What Stryker runs for one room (`npm run mutation -- ROOM`): the room's own tests, nothing that starts programs. */
const room = process.env['SOAKGATE_MUTATION_ROOM'] ?? 'model';

export default defineConfig({
  test: {
    environment: 'node',
    include: [`test/${room}/**/*.test.ts`],
    testTimeout: 30_000,
    env: { TZ: 'Asia/Kathmandu', NO_COLOR: '1' },
  },
});

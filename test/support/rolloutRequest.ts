import { afterAll } from 'vitest';
import type { GatherRequest } from '../../src/gate/gather.ts';
import { caseRequest } from './caseTree.ts';
import type { Rollout } from './rollout.ts';

const rollouts: Rollout[] = [];
afterAll(() => {
  for (const rollout of rollouts) rollout.remove();
});

/** A workspace of the shipped policy, changed by one edit; it is removed when the tests of the file have ended. */
export function rolloutRequest(
  make: () => Rollout,
  edit: (rollout: Rollout) => void = () => undefined,
): GatherRequest {
  const rollout = make();
  rollouts.push(rollout);
  edit(rollout);
  const { root, now } = rollout;
  return {
    ...caseRequest('waived'),
    cwd: root,
    root,
    envFiles: ['deploy/production.env'],
    env: {},
    clock: () => now,
  };
}

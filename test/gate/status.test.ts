import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import { check } from '../../src/gate/check.ts';
import type { GatherRequest } from '../../src/gate/gather.ts';
import { declaredReport } from '../../src/gate/reports.ts';
import { status } from '../../src/gate/status.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { render } from '../../src/report/index.ts';
import { caseRequest } from '../support/caseTree.ts';
import { now, world } from '../support/gateWorld.ts';
import { lateRollout, type Rollout } from '../support/rollout.ts';

const gates = ['preflight', 'monitors', 'next'];

describe('the verdict of status', () => {
  it('is that of `check --gate preflight,monitors,next` over the same evidence, with the exit as outlook', () => {
    const decided = (verdict: Verdict) => verdict.gates.filter(({ role }) => role === 'decides');
    fc.assert(
      fc.property(world, ({ policy, evidence, waivers }) => {
        const input = { policy, evidence, waivers, now, version: '0', gates };
        const [told, asked] = [evaluate({ ...input, outlook: ['exit'] }), evaluate(input)];
        if (!told.ok || !asked.ok) throw new Error('a gate was refused');
        // A waiver may be of use to the exit alone.
        const { gates: shown, waivers: _, ...rest } = told.value;
        const { gates: named, waivers: _same, ...others } = asked.value;
        expect(rest).toEqual(others);
        expect(decided(told.value)).toEqual(named);
        const outlook = shown.filter(({ role }) => role === 'outlook').map(({ id }) => id);
        const exitDecides = named.some(({ id }) => id === 'exit');
        expect(outlook).toEqual(policy.exit && !exitDecides ? ['exit'] : []);
      }),
      { numRuns: 100 },
    );
  });

  it('a gate that decides is no outlook, and an unknown outlook is refused', () => {
    const [one] = fc.sample(world, { numRuns: 1, seed: 7 });
    if (one === undefined) throw new Error('no world');
    const input = { policy: one.policy, evidence: one.evidence, now, version: '0' };
    const both = evaluate({ ...input, gates: ['exit'], outlook: ['exit'] });
    expect(both.ok && both.value.gates.filter(({ role }) => role === 'outlook')).toEqual([]);
    expect(evaluate({ ...input, outlook: ['exitt'] })).toMatchObject({
      problems: [{ code: 'usage/unknown-gate' }],
    });
  });
});

describe('a report that status writes', () => {
  let rollout: Rollout;
  let request: GatherRequest;
  beforeAll(() => {
    rollout = lateRollout();
    const { root } = rollout;
    request = {
      ...caseRequest('waived'),
      cwd: root,
      root,
      envFiles: ['deploy/production.env'],
      env: {},
      clock: () => rollout.now,
    };
  });
  afterAll(() => rollout.remove());

  it('is the one that check writes over the same evidence', async () => {
    const [checked, standings] = [await check(request), await status(request)];
    if (!checked.ok || !standings.ok) throw new Error('could not be judged');
    const [there, here] = [checked.value[0], standings.value[0]?.checked()];
    if (!there || !here) throw new Error('no verdict');
    expect(declaredReport('readiness', here)).toEqual(declaredReport('readiness', there));
    expect(await render('markdown', [here.verdict])).toBe(await render('markdown', [there.verdict]));
    // The step asks for more than a report does: in the last phase the exit decides.
    expect(standings.value[0]?.step.gates.find(({ id }) => id === 'exit')?.role).toBe('decides');
    expect(here.verdict.gates.find(({ id }) => id === 'exit')?.role).toBe('outlook');
  });
});

import { expect, test } from 'vitest';
import { laws } from './laws.ts';
import { ours } from './ours.ts';

test.each(Object.entries(laws))('%s', (_, holds) => expect(holds(ours)).toBe(true));

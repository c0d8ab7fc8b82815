import { expect, test } from 'vitest';
import { skeletonText } from './skeletonOf.ts';

test('the skeletons for hints are those of the schemas', async () => {
  await expect(skeletonText()).toMatchFileSnapshot('../../../src/parse/policy/skeleton.ts');
});

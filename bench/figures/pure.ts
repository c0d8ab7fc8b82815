import { locales, lookEverywhere, zones } from '../../test/support/purity.ts';

export const about = 'R8: one workspace under 20 zones and 5 locales, with keys in many orders: 1 hash';

/** The first argument is the number of orders for each zone and locale; 100 if left out. */
export async function run({ args }: { args: readonly string[] }) {
  const seen = await lookEverywhere(Number(args[0] ?? 100));
  const hashes = new Set(seen.flatMap((one) => one.hashes)).size;
  const runs = seen.reduce((sum, one) => sum + one.runs, 0);
  const apart = new Set(seen.map(({ locale }) => locale)).size === locales.length;
  return {
    ok: hashes === 1 && apart,
    figures: { zones: zones.length, locales: locales.length, runs, hashes },
  };
}

export interface Breach {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}
/** Breaches of the table of rooms in the tree at `dir` (the project's own by default). */
export function findBreaches(
  dir?: string,
): Promise<{ readonly breaches: readonly Breach[]; readonly cruised: number; readonly sources: number }>;

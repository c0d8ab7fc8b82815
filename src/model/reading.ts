import type { Json } from './json.ts';

/** Where a value came from. */
export interface Origin {
  evidence: string;
  path?: string;
  line?: number;
}

/** What a path gave: a known value, or why there is none. */
export type Reading =
  | { known: true; value: Json; from?: Origin }
  | {
      known: false;
      code: string;
      path: string;
      message?: string;
      from?: Origin;
      /** The source was read and holds nothing at the path: `missing` lists it. Else `missing` is unknown too. */
      observed?: true;
    };

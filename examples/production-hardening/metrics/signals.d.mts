/** A counter or histogram of the services of the example, by minute. */
export interface Signal {
  type: 'counter' | 'histogram';
  name: string;
}

export function signalsOf(history: {
  kind: string;
  switches: Readonly<Record<string, number>>;
  rollbacks?: Readonly<Record<string, number>>;
}): readonly Signal[];

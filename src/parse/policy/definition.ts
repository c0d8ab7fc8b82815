import { pointerSteps } from '../../model/pointer.ts';
import { policySkeleton, waiverSkeleton } from './skeleton.ts';

/** What a schema says of the value at a pointer. */
export interface Definition {
  /** Name of the definition; the empty text for a value without one of its own. */
  name: string;
  /** The keys it knows if it is a map of known keys. */
  keys: readonly string[];
}

type Skeleton = ReadonlyMap<string, ReadonlyMap<string, string>>;

const skeletons: Partial<Record<'policy' | 'waiver', Skeleton>> = {};

function read(text: string): Skeleton {
  return new Map(
    text
      .trim()
      .split('\n')
      .map((line) => {
        const [name = '', ...parts] = line.split(' ');
        return [name, new Map(parts.map((part) => part.split(':') as [string, string]))];
      }),
  );
}

/** The definition that a schema has for the value at a JSON Pointer. Errors of ajv do not always name it. */
export function definitionAt(area: 'policy' | 'waiver', pointer: string): Definition {
  skeletons[area] ??= read(area === 'policy' ? policySkeleton : waiverSkeleton);
  const skeleton = skeletons[area];
  let name = area as string;
  for (const step of pointerSteps(pointer)) {
    const parts = skeleton.get(name);
    name = parts?.get(step) ?? parts?.get('*') ?? parts?.get('[]') ?? '';
  }
  const keys = [...(skeleton.get(name)?.keys() ?? [])].filter((key) => key !== '*' && key !== '[]');
  return { name, keys };
}

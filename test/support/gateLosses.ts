import type { Content, Evidence } from '../../src/model/evidence.ts';
import { hour } from '../../src/model/instant.ts';
import type { Json } from '../../src/model/json.ts';
import { now } from './gateWorld.ts';
import { logOf, tableOf } from './log.ts';
import { absent } from './policy.ts';

/** What a whole item of evidence may become; the content of another kind, or values of another type, among it. */
type Loss = (item: Evidence) => Evidence;

const withContent =
  (content: (item: Evidence & { status: 'observed' }) => Content): Loss =>
  (item) =>
    item.status === 'absent' ? item : { ...item, content: content(item) };

const garbage: readonly unknown[] = [null, '', [], {}, Number.NaN, 'n/a', 'NaN', false, { error: 'timeout' }];

const ready: Content = { type: 'value', value: 'ready' };
const green: Content = {
  type: 'tests',
  tests: { format: 'junit', path: 'r.xml', total: 1, passed: 1, failed: 0, skipped: 0, failures: [] },
};

export const losses: readonly { what: string; make: Loss }[] = [
  { what: 'missing', make: ({ id, kind }) => absent(id, 'file.missing', kind) },
  { what: 'unreadable', make: ({ id, kind }) => absent(id, 'file.unreadable', kind) },
  { what: 'stale', make: ({ id, kind }) => absent(id, 'evidence.stale', kind) },
  { what: 'of another kind', make: withContent(({ content }) => (content.type === 'value' ? green : ready)) },
  { what: 'an empty log', make: withContent((item) => (item.kind === 'log' ? broken(item) : logOf([]))) },
  { what: 'broken inside', make: withContent((item) => broken(item)) },
];

/** Every value, row or result of an item made unreadable. */
function broken({ content, collectedAt }: Evidence & { status: 'observed' }): Content {
  const bad = garbage[Math.abs(collectedAt + content.type.length) % garbage.length] as Json;
  switch (content.type) {
    case 'variables': {
      const variable = { state: 'ill-typed', expected: 'one of them' } as const;
      const names = Object.keys(content.variables);
      return { ...content, variables: Object.fromEntries(names.map((name) => [name, variable])) };
    }
    case 'value':
      return { ...content, value: bad };
    case 'command':
      return { ...content, exitCode: Number.NaN };
    case 'log': {
      const rows = Array.from({ length: Math.max(1, content.table.rows) }, (_, row) => ({
        time: row % 2 === 0 ? 'no time' : now - row * hour,
        flaw: 'log.malformed-row' as const,
      }));
      return { ...content, table: tableOf(rows, content.order) };
    }
    case 'samples':
      return { ...content, samples: content.samples.map(({ time }) => ({ time })) };
    case 'document':
    case 'tests':
    case 'git':
    case 'transitions':
      return { type: 'value', value: bad };
  }
}

/** The same content with nothing in it. */
export function emptyOf(content: Content): Content {
  switch (content.type) {
    case 'variables': {
      const unset = { state: 'unset', code: 'env.blank' } as const;
      return {
        ...content,
        variables: Object.fromEntries(Object.keys(content.variables).map((name) => [name, unset])),
      };
    }
    case 'command': {
      const tests = {
        format: 'junit',
        path: 'r.xml',
        total: 0,
        passed: 0,
        failed: 0,
        skipped: 0,
        failures: [],
      } as const;
      return { ...content, exitCode: 0, stdout: '', tests };
    }
    case 'log':
      return { ...content, table: tableOf([]) };
    case 'document':
      return { ...content, fields: {}, sections: {}, tasks: { open: [], done: [] } };
    case 'value':
      return { ...content, value: '' };
    case 'samples':
      return { ...content, samples: [] };
    case 'tests':
    case 'git':
    case 'transitions':
      return content;
  }
}

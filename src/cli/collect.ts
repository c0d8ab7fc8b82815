import { collect } from '../gate/collect.ts';
import { visibleJson } from '../report/escape.ts';
import { type Answer, type Command, type Given, type Session } from './command.ts';
import { evidenceOptions, readEvidenceOptions } from './evidence-options.ts';
import { withProgress } from './live.ts';

export const collectCommand: Command = {
  name: 'collect',
  summary: 'Collects evidence for --evidence. Exits 0 once written, whatever is absent.',
  operands: '[POLICY...]',
  most: Number.POSITIVE_INFINITY,
  options: evidenceOptions,
  formats: ['json'],
  examples: [
    ['soakgate collect --run --output evidence.json', 'run the commands once'],
    ['soakgate check --evidence evidence.json', 'and judge with their results later'],
  ],
  run,
};

async function run(given: Given, session: Session): Promise<Answer> {
  const options = readEvidenceOptions(given, session);
  if (!options.ok) return { kind: 'problems', problems: options.problems };
  const collected = await withProgress(given, session, (progress) =>
    collect({ ...options.value, ...progress }),
  );
  if (!collected.ok) return { kind: 'problems', problems: collected.problems };
  return { kind: 'result', code: 0, draw: () => Promise.resolve(visibleJson(collected.value)) };
}

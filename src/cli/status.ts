import { type Standing, status } from '../gate/status.ts';
import { renderStatus, type StatusFormat, statusFormats } from '../report/status.ts';
import { type Answer, type Command, type Given, type Session } from './command.ts';
import { evidenceOptions, readEvidenceOptions } from './evidence-options.ts';
import { withProgress } from './live.ts';
import { reportFiles, reportOption } from './reports.ts';

export const statusCommand: Command = {
  name: 'status',
  summary: 'Tells where a rollout stands and what its next step needs. It gates nothing.',
  operands: '[POLICY...]',
  most: Number.POSITIVE_INFINITY,
  options: [...evidenceOptions, reportOption],
  formats: statusFormats,
  examples: [
    ['soakgate status', 'phase, progress, what to do first, when the next step can be'],
    ['soakgate status --report readiness', 'and write the report of that name, as check does'],
    ['eval "$(soakgate status --format env)"; echo "$decision"', 'for scripts; `check` is what gates'],
  ],
  run,
};

async function run(given: Given, session: Session): Promise<Answer> {
  const options = readEvidenceOptions(given, session);
  if (!options.ok) return { kind: 'problems', problems: options.problems };
  const answered = await withProgress(given, session, (progress) =>
    status({ ...options.value, ...progress }),
  );
  if (!answered.ok) return { kind: 'problems', problems: answered.problems };
  const standings = answered.value;
  const files = reportFiles(given, () => standings.map((standing) => standing.checked()));
  if (!files.ok) return { kind: 'problems', problems: files.problems };
  return { ...told(standings), files: files.value };
}

/** INVARIANT: whatever the decision, status could tell it, and so it ends with 0; only `check` gates. */
function told(standings: readonly Standing[]): Extract<Answer, { kind: 'result' }> {
  const verdicts = standings.map(({ step }) => step);
  return {
    kind: 'result',
    code: 0,
    draw: (format, style) => renderStatus(format as StatusFormat, verdicts, style),
  };
}

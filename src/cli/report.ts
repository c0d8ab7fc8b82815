import { readStoredVerdicts } from '../gate/storedVerdicts.ts';
import { plain } from '../report/escape.ts';
import { type Format, formats, render } from '../report/index.ts';
import { expiredAt } from '../report/stepOutputs.ts';
import { type Answer, type Command, type Given, type Session, valuesOf } from './command.ts';
import { formatOptions, formatStyle } from './reports.ts';
import { writeError } from './write.ts';

export const reportCommand: Command = {
  name: 'report',
  summary: 'Draws verdicts that were kept. It judges nothing: 0 once the report is written.',
  operands: 'VERDICT...',
  most: Number.POSITIVE_INFINITY,
  options: formatOptions,
  formats: formats as readonly [Format, ...Format[]],
  examples: [
    ['soakgate report verdict.json', 'as it was printed when it was judged'],
    ['soakgate report verdict.json --format junit --output junit.xml', 'for the test tab of a CI'],
    ['soakgate report staging.json production.json --format comment', 'several as one'],
  ],
  run: (given, session) => Promise.resolve(answer(given, session)),
};

function answer(given: Given, { cwd, clock }: Session): Answer {
  if (given.operands.length === 0) {
    const hint = 'write `soakgate report VERDICT.json`';
    const message = '`report` needs a file with a verdict';
    return { kind: 'problems', problems: [{ code: 'usage/verdict-file', message, hint }] };
  }
  const read = readStoredVerdicts(given.operands, cwd);
  if (!read.ok) return { kind: 'problems', problems: read.problems };
  const verdicts = read.value;
  const drawnAt = clock();
  for (const { policy, validUntil } of expiredAt(verdicts, drawnAt))
    writeError(
      `soakgate: EXPIRED: the go of \`${plain(policy.name)}\` was valid until ${validUntil}, and says nothing of now\n`,
    );
  // The check that judged them has told GitHub already, unless it is asked for here.
  const tells = valuesOf(given, 'format').includes('github');
  return {
    kind: 'result',
    code: 0,
    draw: (format, style) => render(format as Format, verdicts, { ...style, ...formatStyle(given) }),
    ...(tells ? { verdicts, drawnAt } : {}),
  };
}

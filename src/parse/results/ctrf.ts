import { parseInstant } from '../../model/instant.ts';
import type { Json } from '../../model/json.ts';
import { misfit, type Shape } from '../shape.ts';
import { keepFailure, type ResultsReading, unparsable } from './reading.ts';

const uuid = /^(?:urn:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const status: Shape = { oneOf: ['passed', 'failed', 'skipped', 'pending', 'other'] };
const texts: Shape = { list: 'string' };
const attachments: Shape = {
  list: {
    fields: {
      name: 'string',
      contentType: 'string',
      path: 'string',
      'attachmentId?': 'text',
      'extra?': 'object',
    },
  },
};
const delta: Shape = {
  fields: { 'current?': 'number', 'baseline?': 'number', 'change?': 'number', 'extra?': 'object' },
};
const primitives: readonly Shape[] = ['string', 'number', 'boolean'];

const attempt: Shape = {
  fields: {
    attempt: 'positive',
    status,
    'attemptId?': 'text',
    'duration?': 'integer',
    'message?': 'string',
    'trace?': 'string',
    'line?': 'integer',
    'snippet?': 'string',
    'stdout?': texts,
    'stderr?': texts,
    'start?': 'integer',
    'stop?': 'integer',
    'attachments?': attachments,
    'extra?': 'object',
  },
};

const rates = (...names: readonly string[]): Readonly<Record<string, Shape>> =>
  Object.fromEntries(names.map((name) => [`${name}?`, delta]));

const named = (shape: Shape, ...names: readonly string[]): Readonly<Record<string, Shape>> =>
  Object.fromEntries(names.map((name) => [`${name}?`, shape]));

const test: Shape = {
  fields: {
    name: 'text',
    status,
    duration: 'integer',
    'id?': uuid,
    ...named('text', 'testId', 'executionId'),
    ...named('integer', 'start', 'stop', 'line', 'retries'),
    ...named('string', 'message', 'trace', 'snippet', 'ai', 'rawStatus', 'type', 'filePath'),
    ...named('string', 'threadId', 'browser', 'device', 'screenshot'),
    'suite?': { list: 'string', least: 1 },
    'tags?': texts,
    'labels?': { map: { either: [...primitives, { list: { either: primitives }, least: 1 }] } },
    'retryAttempts?': { list: attempt },
    'flaky?': 'boolean',
    ...named(texts, 'stdout', 'stderr'),
    'attachments?': attachments,
    'parameters?': 'object',
    'steps?': { list: { fields: { name: 'string', status, 'extra?': 'object' } } },
    'insights?': {
      fields: {
        ...rates('passRate', 'failRate', 'flakyRate', 'averageTestDuration', 'p95TestDuration'),
        'executedInRuns?': 'integer',
        'extra?': 'object',
      },
    },
    'extra?': 'object',
  },
};

const environment: Shape = {
  fields: {
    ...named(
      'string',
      'reportName',
      'appName',
      'appVersion',
      'buildId',
      'buildName',
      'buildUrl',
      'repositoryName',
    ),
    ...named('string', 'repositoryUrl', 'commit', 'branchName', 'osPlatform', 'osRelease', 'osVersion'),
    'testEnvironment?': 'string',
    'shardId?': 'text',
    'buildNumber?': 'integer',
    'healthy?': 'boolean',
    'extra?': 'object',
  },
};

/** The document of the Common Test Report Format, version 1; names that it does not know are refused, as it demands. */
const document: Shape = {
  fields: {
    reportFormat: { oneOf: ['CTRF'] },
    specVersion: /^\d+\.\d+\.\d+$/,
    'reportId?': uuid,
    'runId?': 'text',
    'timestamp?': 'string',
    'generatedBy?': 'string',
    'extra?': 'object',
    results: {
      fields: {
        tool: { fields: { name: 'text', 'version?': 'string', 'extra?': 'object' } },
        summary: {
          fields: {
            ...Object.fromEntries(
              ['tests', 'passed', 'failed', 'skipped', 'pending', 'other', 'start', 'stop'].map((name) => [
                name,
                'integer',
              ]),
            ),
            ...named('integer', 'flaky', 'suites', 'duration'),
            'extra?': 'object',
          },
        },
        tests: { list: test },
        'environment?': environment,
        'extra?': 'object',
      },
    },
    'insights?': {
      fields: {
        ...rates(
          'passRate',
          'failRate',
          'flakyRate',
          'averageRunDuration',
          'p95RunDuration',
          'averageTestDuration',
        ),
        'runsAnalyzed?': 'integer',
        'extra?': 'object',
      },
    },
    'baseline?': {
      fields: {
        reportId: uuid,
        'timestamp?': 'string',
        ...named('string', 'source', 'buildName', 'buildUrl', 'commit'),
        'buildNumber?': 'integer',
        'extra?': 'object',
      },
    },
  },
};

interface Report {
  timestamp?: string;
  baseline?: { timestamp?: string };
  results: {
    summary: { failed: number; stop: number };
    tests: readonly {
      name: string;
      status: 'passed' | 'failed' | 'skipped' | 'pending' | 'other';
      suite?: readonly string[];
    }[];
    environment?: { commit?: string };
  };
}

/**
 * Reads a CTRF report. The listed tests count. `pending` is skipped; `other` is no pass, so it counts as failed; and so
 * do failures that only the summary tells of. A summary without tests proves nothing.
 */
export function parseCtrf(json: Json): ResultsReading {
  const wrong = misfit(json, document) ?? wrongTime(json);
  if (wrong !== undefined) return unparsable(`\`${wrong}\` is not as CTRF demands`);
  const { summary, tests, environment: about } = (json as unknown as Report).results;
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failures: string[] = [];
  for (const one of tests) {
    switch (one.status) {
      case 'passed':
        counts.passed++;
        break;
      case 'skipped':
      case 'pending':
        counts.skipped++;
        break;
      case 'failed':
      case 'other':
        counts.failed++;
        keepFailure(failures, [...(one.suite ?? []), one.name].join(' > '));
    }
  }
  const failed = Math.max(counts.failed, summary.failed);
  const passed = Math.max(0, counts.passed - (failed - counts.failed));
  const total = passed + failed + counts.skipped;
  const commit = about?.commit?.toLowerCase();
  return {
    ok: true,
    results: { format: 'ctrf', total, passed, failed, skipped: counts.skipped, failures },
    ...(commit !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit) ? { commit } : {}),
    ...(summary.stop > 0 ? { endedAt: summary.stop } : {}),
  };
}

/** What the shape cannot say: times with an offset. */
function wrongTime(json: Json): string | undefined {
  const report = json as unknown as Report;
  const isWrong = (text: string | undefined) => text !== undefined && parseInstant(text) === undefined;
  if (isWrong(report.timestamp)) return 'timestamp';
  if (isWrong(report.baseline?.timestamp)) return 'baseline.timestamp';
  return undefined;
}

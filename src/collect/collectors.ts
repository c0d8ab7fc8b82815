import type { EvidenceSpec, KindSpec } from '../model/policy.ts';
import { type CollectContext, type Collected, type Collector, unseen } from './collector.ts';
import { collectDotenv, collectEnv } from './env.ts';

type Kind = KindSpec['kind'];

/** Each member is loaded when it is first needed, so that a small `check` does not pay for parsers it does not use. */
const collectors: { readonly [K in Kind]: () => Promise<Collector<K>> | Collector<K> } = {
  env: () => collectEnv,
  dotenv: () => collectDotenv,
  command: async () => (await import('./commands.ts')).collectNotRun,
  log: async () => (await import('./log.ts')).collectLog,
  document: async () => (await import('./document.ts')).collectDocument,
  file: async () => (await import('./file.ts')).collectFile,
  junit: async () => (await import('./results.ts')).collectResults,
  ctrf: async () => (await import('./results.ts')).collectResults,
  sarif: async () => (await import('./results.ts')).collectResults,
  git: async () => (await import('./git.ts')).collectGit,
  prometheus: async () => (await import('./prometheus.ts')).collectPrometheus,
  http: async () => (await import('./http.ts')).collectHttp,
  'metrics-text': async () => (await import('./metricsText.ts')).collectMetricsText,
  'github-checks': () => notBuilt,
  attestation: () => notBuilt,
};

const notBuilt: Collector<'github-checks' | 'attestation'> = (spec) =>
  unseen('collector.not-built', `this version cannot collect \`${spec.kind}\` evidence`);

/** Sees one piece of evidence. */
export async function collectOne(
  id: string,
  spec: EvidenceSpec,
  context: CollectContext,
): Promise<Collected> {
  const collect = (await collectors[spec.kind]()) as Collector<Kind>;
  return collect(spec, context, id);
}

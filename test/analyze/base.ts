/** A policy without any problem that uses every part of the language once; the tables of mistakes edit it. */
export const basePolicy = `# yaml-language-server: $schema=../../schemas/policy.schema.json
apiVersion: soakgate/v1
kind: Policy
metadata:
  name: checkout
  title: Checkout rollout
  version: '1.0.0'
  owner: payments
  description: Moves checkout to the new engine
  appliesTo: [apps/checkout]
timezone: Europe/Berlin
inputs:
  soak: { type: duration, default: 24h, minimum: 12h, maximum: 14d, description: Soak }
  attempts: { type: number, default: 3, minimum: 1, maximum: 9 }
  strict: { type: boolean, default: true }
  branch: { type: string, default: main, oneOf: [main, release] }
evidence:
  flags:
    env:
      variables:
        ENGINE: { oneOf: [old, new] }
        TRACE: { oneOf: ['on', 'off'] }
        RETRIES: { type: number, show: true }
        API_URL: { format: uri }
        API_KEY: { secret: true }
  file-env:
    dotenv: { path: .env.production, variables: { REGION: { show: true } } }
  tests:
    command:
      run: [npm, test]
      timeout: 20m
      results: { junit: reports/unit.xml }
      protects: [package.json]
    bind: commit
    maxAge: 24h
  audit:
    command: { run: [./audit], output: json }
  smoke:
    log:
      path: docs/smoke-{yyyy}-{MM}.md
      table: Entries
      time: { column: Timestamp (UTC), zone: UTC }
      columns:
        ENGINE: string
        Checks: { enum: [pass, fail, not-run] }
        Seconds: number
        Details: string
      views: { strict: { in: [{ var: Checks }, [pass, fail]] } }
  incidents:
    log:
      path: docs/incidents.md
      table: Incidents
      time: { column: Timestamp (UTC), zone: UTC }
      columns: { Kind: string }
  days:
    log: { path: docs/days.md, table: Days, time: { column: Day, kind: date }, columns: { Note: string } }
  note:
    document: { path: 'docs/cutover-{yyyy}.md' }
  version:
    file: { path: package.json, pointer: /version, type: version }
  default:
    file: { path: src/engine.ts, pattern: "ENGINE = '([a-z]+)'", oneOf: [old, new] }
  unit:
    junit: { path: reports/other.xml }
  repo:
    git: {}
  errors:
    prometheus: { url: { env: PROMETHEUS_URL }, query: 'sum(rate(errors[5m])) or 0 * sum(up == 1)', step: 5m }
preflight:
  - id: flags-set
    title: Flags are set
    rationale: Defaults differ
    controls: [SOC2-CC8.1]
    expect:
      flags.ENGINE: set
      flags.API_URL: { format: uri }
      flags.RETRIES: { between: [1, { input: attempts }] }
      version: { version: '>=1.2.0 <2' }
      repo.branch: { not: { startsWith: wip/ } }
      repo.committedAt: { after: '2026-01-01T00:00:00Z' }
      note.fields.Approver: { matches: '[A-Z].+' }
      default: { oneOf: [old, new] }
  - id: tests-green
    title: Tests are green
    passes: tests
  - id: on-branch
    title: On the branch
    when: { '==': [{ var: flags.TRACE }, 'on'] }
    expect: { repo.branch: { input: branch } }
  - id: audit-clean
    title: The audit is clean
    assert: { and: [{ '<': [{ var: audit.json.open }, 3] }, { '==': [{ var: audit.exitCode }, 0] }] }
monitors:
  - id: smoke-daily
    title: A record a day
    streak: { of: smoke, phase: in-force, per: day, atLeast: 1 }
  - id: calm
    title: No outage
    quiet: { of: incidents, within: 7d, incident: { '==': [{ var: Kind }, outage] }, heartbeat: smoke, maxGap: 26h }
phases:
  - id: old-engine
    pins: { flags.ENGINE: old }
  - id: new-engine
    pins: { flags.ENGINE: new }
    entry:
      - id: soaked
        title: Soaked
        soak:
          of: smoke.strict
          phase: old-engine
          for: { input: soak }
          maxGap: 26h
          breach: { '==': [{ var: Checks }, fail] }
    monitors:
      - id: error-rate
        title: No spike
        severity: warning
        metric: { of: errors, within: 1h, stat: p95, atMost: { times: 2, baseline: 24h, floor: 1 } }
exit:
  - id: seven-passes
    title: Seven passes
    streak:
      of: smoke.strict
      phase: in-force
      per: record
      good: { and: [{ '==': [{ var: Checks }, pass] }, { '<=': [{ var: Seconds }, 60] }] }
      atLeast: 7
      minGap: 20h
      maxGap: 26h
  - id: rows-fast
    title: All rows are fast
    assert: { all: [{ var: smoke.strict }, { '<=': [{ var: Seconds }, 60] }] }
  - id: cutover
    title: The note is written
    all:
      - document: { of: note, sections: [Rollback], fields: [Approver], tasks: done, date: Date }
      - any:
          - passes: unit
          - not: { expect: { flags.TRACE: 'on' } }
records:
  smoke:
    log: smoke
    checks: [tests]
    cells:
      Timestamp (UTC): $now
      ENGINE: flags.ENGINE
      Checks: $result
      Seconds: flags.RETRIES
      Details: $summary
transitions: { path: 'docs/transitions-{yyyy}.md' }
reports:
  readiness: { format: markdown, path: 'docs/readiness-{yyyy}-{MM}-{dd}.md' }
waivers: policies/waivers/*.yaml
`;

/** The base policy with one text replaced; throws if the text does not stand in it exactly once. */
export function edited(find: string, replacement: string): string {
  if (basePolicy.split(find).length !== 2) throw new Error(`not exactly once in the base policy: ${find}`);
  return basePolicy.replace(find, () => replacement);
}

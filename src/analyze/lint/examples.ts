/** What the examples of several lints begin with. */
export const phasedLog = `evidence:
  flags: { env: { variables: { MODE: { oneOf: [shadow, enforced] } } } }
  smoke:
    log:
      path: docs/smoke-{yyyy}.md
      table: Entries
      time: { column: Time, zone: UTC }
      columns: { MODE: { enum: [shadow, enforced] }, Result: { enum: [pass, fail] } }
      views: { strict: { in: [{ var: Result }, [pass, fail]] } }
`;

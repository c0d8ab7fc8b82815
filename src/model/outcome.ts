/** Severity of a rule, in SARIF's words. Only `error` rules decide. */
export type Severity = 'error' | 'warning' | 'note';

/** What a check says of a rule before waivers and `when`. */
export type CheckOutcome = 'pass' | 'fail' | 'pending' | 'unknown';

export type Outcome = CheckOutcome | 'waived' | 'not-applicable';

export type Decision = 'go' | 'hold' | 'no-go';

const order: Record<CheckOutcome, number> = { fail: 0, unknown: 1, pending: 2, pass: 3 };

/** The order of `all` and `any` (semantics section 3): fail < unknown < pending < pass. */
export function compareOutcomes(a: CheckOutcome, b: CheckOutcome): number {
  return order[a] - order[b];
}

/**
 * The decision of one gate. INVARIANT: `go` needs at least one `error` rule that passed or is waived, and none that
 * failed, is pending or is unknown; a gate without rules is therefore `hold`, never `go`.
 */
export function decideGate(rules: readonly { severity: Severity; outcome: Outcome }[]): Decision {
  let proven = false;
  let open = false;
  for (const rule of rules) {
    if (rule.severity !== 'error') continue;
    switch (rule.outcome) {
      case 'fail':
        return 'no-go';
      case 'pending':
      case 'unknown':
        open = true;
        break;
      case 'pass':
      case 'waived':
        proven = true;
        break;
      case 'not-applicable':
        break;
    }
  }
  return proven && !open ? 'go' : 'hold';
}

/** The worst of several decisions; none at all is `hold`. */
export function worstDecision(decisions: readonly Decision[]): Decision {
  if (decisions.includes('no-go')) return 'no-go';
  if (decisions.length === 0 || decisions.includes('hold')) return 'hold';
  return 'go';
}

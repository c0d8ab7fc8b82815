/**
 * The documented list of placeholders (semantics section 2): a variable without `oneOf` whose value stands on it is
 * unset. `placeholder: allowed` on a variable switches the list off for it. Letters count in either case.
 */
export const placeholders: readonly { shape: RegExp; example: string }[] = [
  { shape: /^(?:change|replace|fix|fill)[-_ ]?(?:me|this|it|in)(?:[-_ !.].*)?$/i, example: 'changeme' },
  { shape: /^(?:todo|tbd|tba|fixme)(?:[-_:. ].*)?$/i, example: 'TODO' },
  { shape: /^(?:placeholder|example|sample|dummy|undefined|null|n\/a)$/i, example: 'placeholder' },
  { shape: /^(?:x{3,}(?:[-_.]x+)*|\*{3,}|\.{3,}|_{3,}|\?{3,}|-{3,}|…)$/i, example: 'xxx' },
  { shape: /^<[^<>]*>$/, example: '<token>' },
  { shape: /^(?:\{\{.*\}\}|\$\{[^{}]*\}|%[A-Z0-9_]+%|__[A-Z0-9_]+__|@[A-Z0-9_]+@)$/, example: '{{ token }}' },
  { shape: /^\[?(?:your|my)[-_ .][^\]]*\]?$/i, example: 'your-token' },
  {
    shape: /^[[(]?(?:insert|enter|put|paste|add|set|use)[-_ ](?:your|the|a|me|this|here)\b.*$/i,
    example: 'insert your key',
  },
  { shape: /[-_ ](?:key|token|secret|password|url|value|id|goes)[-_ ]here$/i, example: 'api-key-here' },
  // The host or user of an address that nobody filled in.
  {
    shape: /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?(?:your|<|\{\{|\$\{)[^/]*/i,
    example: 'https://your-project.service.test',
  },
];

export function isPlaceholderValue(text: string): boolean {
  const plain = text.trim();
  return plain.length <= 512 && placeholders.some(({ shape }) => shape.test(plain));
}

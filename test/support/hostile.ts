import fc from 'fast-check';

/** Pieces that have broken terminals, runners and parsers. */
const traps = [
  ...[
    '\u001b[31m',
    '\u001b]8;;http://x\u0007',
    '\u009b2J',
    '\u0000',
    '\u0007',
    '\b',
    '\r',
    '\n',
    '\r\n',
    '\t',
    '\v',
  ],
  ...[
    '\u202e',
    '\u2066',
    '\u2069',
    '\u200e',
    '\u061c',
    '\u200b',
    '\u200d',
    '\ufeff',
    '\u00ad',
    '\u2028',
    '\u2029',
  ],
  ...['\u{e0041}', '\ufff9', '\uffff', '\ue000', '\ud800', '\udc00', '\u3164', '\ufe0f', '\u0301', '\u0085'],
  ...[
    '::',
    '::error::x',
    '::stop-commands::t',
    '##[',
    '##[group]',
    '##vso[',
    '\n::add-mask::',
    '%0A',
    '`',
    '```',
    '|',
  ],
  ...[
    '<',
    '>',
    '&',
    '"',
    "'",
    '\\',
    '/',
    '$(x)',
    '${x}',
    '{{x}}',
    '__proto__',
    'constructor',
    '日本',
    '🚀',
    'é',
    ' ',
  ],
] as const;

/** Text as an attacker would write it: traps, any Unicode, half surrogates, and ordinary words between. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...traps),
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.constantFrom('rule', 'a b'),
    ),
    {
      maxLength: 12,
    },
  )
  .map((parts) => parts.join(''));

/** Pieces that Markdown, HTML and the forges on top of them take for more than text. */
const pieces = [
  ...['[a](http://x)', '[a]: http://y', '[^1]', '[^1]: x', '![a](b)', '<img src=x onerror=y>', '<!--', '-->'],
  ...['<script>', '</td>', '<a href=', 'javascript:x', '<https://x.org>', '&lt;', '&#60;', '&nbsp;', '\\'],
  ...[
    '@team',
    '@team/x',
    '#12',
    'GH-7',
    'a/b#1',
    '!7',
    'www.x.org',
    'https://x.org',
    'a@b.org',
    ':tada:',
    ':+1:',
  ],
  ...['0123abc', '**b**', '__b__', '*i*', '_i_', '~~s~~', '~s~', '$x$', '`', '``', '` `', '~~~', '|', '\\|'],
  ...[
    '- [ ] t',
    '- a',
    '* a',
    '+ a',
    '1. a',
    '1) a',
    '# h',
    '> q',
    '---',
    '===',
    '***',
    '    code',
    '\t',
    '\n\n',
  ],
  ...[
    '%2e%2e/',
    '../',
    '..\\',
    '/etc/x',
    '//x.org/',
    '?a',
    '#L1',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '\n| a | b |\n',
  ],
];

/** Hostile text that knows Markdown as well. */
export const hostileMarkup: fc.Arbitrary<string> = fc.oneof(
  hostileText,
  fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.constantFrom(' ', 'word', '\u001b[1m', '\u202e')), {
      maxLength: 8,
    })
    .map((parts) => parts.join('')),
);

import type { Reason } from './reasons.ts';

/** Reason codes of evidence that is asked of a server, and of samples wherever they come from. */
export const serverReasons = {
  'samples.bad-time': {
    meaning: 'a sample is dated outside of what was asked for, twice the same, or not at all',
    todo: 'look at the clock of the source, and at the unit of its times',
  },
  'samples.bad-value': {
    meaning: 'the value of a sample is no decimal number',
    todo: 'look at what the source answers',
  },
  'samples.none': {
    meaning: 'the source has no sample in the span that was asked for, which is not the number 0',
    todo: 'see that something is measured; prove zero by a live scrape (`… or 0 * sum(up == 1)`)',
  },
  'samples.partial': {
    meaning: 'the source says itself that its answer is not whole',
    todo: 'look at the warnings of the query on the server',
  },
  'samples.several-series': {
    meaning: 'the source has several series where one is due',
    todo: 'aggregate in the query, or declare `reduce`',
  },
  'samples.too-many': {
    meaning: 'the span holds more samples than a server hands out at once (11,000)',
    todo: 'take a longer `step`',
  },
  'server.bad-address': {
    meaning: 'the URL of the server or of the proxy cannot be used',
    todo: 'write http(s)://host/path, credentials apart',
  },
  'server.bad-answer': {
    meaning: 'the answer of the server is not what is due',
    todo: 'see that the URL leads to the right server, not to a login page',
  },
  'server.bad-credential': {
    meaning: 'a credential or a certificate cannot be used',
    todo: 'correct the variable or the file',
  },
  'server.interrupted': { meaning: 'the request was interrupted', todo: 'run again' },
  'server.redirect': {
    meaning: 'the server redirects to another host, or without end',
    todo: 'name the URL where it leads, if you trust it with the credentials',
  },
  'server.refused-query': {
    meaning: 'the server refuses the query or cannot compute it',
    todo: 'try the query on the server itself',
  },
  'server.status': {
    meaning: 'the server answered with an HTTP status other than 200',
    todo: 'look at the URL and the credentials',
  },
  'server.timed-out': {
    meaning: 'the server did not answer in time',
    todo: 'raise `timeout:` or make the query cheaper',
  },
  'server.tls': {
    meaning: 'the certificate of the server is not accepted',
    todo: 'name its authority with `tls.ca`, or renew it',
  },
  'server.too-large': {
    meaning: 'the answer is larger than the cap',
    todo: 'ask for fewer series or a longer `step`',
  },
  'server.unreachable': {
    meaning: 'no connection to the server, or it broke off',
    todo: 'see that it runs and can be reached from here, proxies included',
  },
  'server.unset': {
    meaning: 'a variable that says where or how the server is asked is not set',
    todo: 'set it',
  },
} as const satisfies Record<string, Reason>;

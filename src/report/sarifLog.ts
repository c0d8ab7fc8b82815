/** The shape of a SARIF 2.1.0 log (https://docs.oasis-open.org/sarif/sarif/v2.1.0/) from the few things that we say in it. */

export type Level = 'error' | 'warning' | 'note';

export interface SarifLocation {
  uri: string;
  line?: number;
  column?: number;
  message?: string;
}

export interface SarifRule {
  id: string;
  title: string;
  text: string;
  help: string;
  level: Level;
  tags: readonly string[];
}

export interface SarifResult {
  ruleId: string;
  level: Level;
  message: string;
  location: SarifLocation;
  related?: readonly SarifLocation[];
  fingerprint: string;
  /** Why it is accepted as it is. */
  suppression?: string;
  properties?: object;
}

export interface SarifRun {
  version: string;
  /** Tells analyses of one tool apart; ends with `/`. */
  id: string;
  rules: readonly SarifRule[];
  results: readonly SarifResult[];
  properties?: object;
}

const home = 'https://www.npmjs.com/package/soakgate';

export function sarifLog(runs: readonly SarifRun[]): object {
  return {
    // The one that GitHub names.
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: runs.map(runObject),
  };
}

function runObject({ version, id, rules, results, properties }: SarifRun): object {
  const indexes = new Map(rules.map((rule, index) => [rule.id, index]));
  return {
    tool: {
      driver: {
        name: 'soakgate',
        version,
        semanticVersion: version,
        informationUri: home,
        rules: rules.map(ruleObject),
      },
    },
    automationDetails: { id },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { SRCROOT: { description: { text: 'The root of the repository' } } },
    results: results.map((result) => resultObject(result, indexes)),
    ...(properties === undefined ? {} : { properties }),
  };
}

function ruleObject({ id, title, text, help, level, tags }: SarifRule): object {
  return {
    id,
    name: pascal(id),
    shortDescription: { text: sentence(title) },
    fullDescription: { text: sentence(text === '' ? title : text) },
    help: { text: sentence(help) },
    helpUri: home,
    defaultConfiguration: { level },
    ...(tags.length === 0 ? {} : { properties: { tags: [...new Set(tags)] } }),
  };
}

/** `shadow-soak` as `ShadowSoak`: viewers show it as the name of the rule. */
function pascal(id: string): string {
  const words = id.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('') || 'Rule';
}

/** Viewers want whole sentences; an empty text is none. */
function sentence(text: string): string {
  if (text === '') return '(none).';
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function resultObject(result: SarifResult, indexes: ReadonlyMap<string, number>): object {
  const { ruleId, level, message, location, related = [], fingerprint, suppression, properties } = result;
  return {
    ruleId,
    ruleIndex: indexes.get(ruleId) ?? -1,
    level,
    message: { text: sentence(message) },
    locations: [locationObject(location)],
    ...(related.length === 0 ? {} : { relatedLocations: related.map(locationObject) }),
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1`, 'soakgateRule/v1': fingerprint },
    ...(suppression === undefined
      ? {}
      : { suppressions: [{ kind: 'external', status: 'accepted', justification: suppression }] }),
    ...(properties === undefined ? {} : { properties }),
  };
}

function locationObject({ uri, line, column, message }: SarifLocation, index = 0): object {
  const region =
    line === undefined
      ? {}
      : { region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) } };
  return {
    ...(message === undefined ? {} : { id: index }),
    physicalLocation: { artifactLocation: { uri, uriBaseId: 'SRCROOT' }, ...region },
    ...(message === undefined ? {} : { message: { text: sentence(message) } }),
  };
}

/**
 * A path as a relative reference (RFC 3986). INVARIANT: it has no scheme, no host and no query and leads nowhere out of
 * the root; decoded it is the path again, but for parts that are only dots, which no escape keeps from being steps.
 */
export function artifactUri(path: string): string {
  const slashes = /^\/*/.exec(path)?.[0].length ?? 0;
  const parts = path.slice(slashes).split('/');
  const encoded = parts.map((part) =>
    part === '..' || part === '.' ? part.replaceAll('.', '%252E') : encodeURIComponent(part.toWellFormed()),
  );
  return '%2F'.repeat(slashes) + encoded.join('/');
}

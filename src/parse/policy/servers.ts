import { second } from '../../model/instant.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import type {
  HttpSpec,
  MetricsTextSpec,
  Named,
  PrometheusSpec,
  Reducer,
  ServerSpec,
  TlsSpec,
} from '../../model/policy.ts';
import { asDuration, asMap, asNumber, asText, given, mapEntries, optional } from './read.ts';

/** How often a request is repeated where the policy does not say. */
const defaultRetries = 2;

export function buildPrometheus(spec: JsonObject): PrometheusSpec {
  return {
    kind: 'prometheus',
    server: buildServer(spec),
    step: asDuration(spec['step']),
    query: asText(spec['query']),
    instant: spec['instant'] === true,
    ...given({ reduce: optional(spec['reduce'], asReducer) }),
  };
}

export function buildHttp(spec: JsonObject): HttpSpec {
  return {
    kind: 'http',
    server: buildServer(spec),
    step: asDuration(spec['step']),
    samples: asText(spec['samples']),
    time: asText(spec['time']),
    value: asText(spec['value']),
  };
}

export function buildMetricsText(spec: JsonObject): MetricsTextSpec {
  return {
    kind: 'metrics-text',
    step: asDuration(spec['step']),
    name: asText(spec['name']),
    labels: mapEntries(asMap(spec['labels']), asText),
    ...given({
      server: spec['url'] === undefined ? undefined : buildServer(spec),
      path: optional(spec['path'], asText),
      reduce: optional(spec['reduce'], asReducer),
    }),
  };
}

const asReducer = (value: Json) => asText(value) as Reducer;

/** A text, or `{ env: NAME }`. */
const asNamed = (value: Json): Named =>
  isObject(value) ? { is: 'variable', name: asVariable(value) } : { is: 'text', text: asText(value) };

const asVariable = (value: Json) => asText(asMap(value)['env']);

function buildServer(spec: JsonObject): ServerSpec {
  return {
    url: asNamed(spec['url'] as Json),
    headers: mapEntries(asMap(spec['headers']), asVariable),
    timeout: optional(spec['timeout'], asDuration) ?? 10 * second,
    retries: optional(spec['retries'], asNumber) ?? defaultRetries,
    ...given({
      token: optional(spec['token'], asVariable),
      basic: optional(spec['basic'], buildBasic),
      tls: optional(spec['tls'], buildTls),
    }),
  };
}

function buildBasic(value: Json): NonNullable<ServerSpec['basic']> {
  const basic = asMap(value);
  return { user: asNamed(basic['user'] as Json), password: asVariable(basic['password'] as Json) };
}

function buildTls(value: Json): TlsSpec {
  const tls = asMap(value);
  return given({
    ca: optional(tls['ca'], asNamed),
    certificate: optional(tls['certificate'], asNamed),
    key: optional(tls['key'], asNamed),
    serverName: optional(tls['serverName'], asText),
  });
}

// Made from schemas/policy.schema.json and schemas/waiver.schema.json: `npx vitest run test/parse/policy/skeleton.test.ts -u`.
// The keys that each map of a schema knows, for hints with the nearest name; the schemas stay out of the program.
export const policySkeleton = `
basic user:textOrVariable password:secretVariable
budget input:name
check expect:check.expect assert:logic passes:name streak:streak soak:soak quiet:quiet metric:metric document:documentCheck approval attestation all:check.all any:check.any not:check
check.all []:check
check.any []:check
check.expect *:matcher
column type:valueType enum:words oneOf:words
columns *:text
command run:command.run cwd:path timeout:duration results:results protects:command.protects output env:command.env serial
command.env []:variableName
command.protects []:path
command.run []:text
count input:name
coverage input:name
ctrf path:path
datedPath input:name
demand input:name equals:scalar oneOf:demand.oneOf atLeast:number atMost:number between:demand.between matches:text contains:text startsWith:text before:text after:text version:text format:format
demand.between []:number
demand.oneOf []:scalar
document path:datedPath time:text
documentCheck of:name sections:documentCheck.sections fields:documentCheck.fields tasks date:text
documentCheck.fields []:text
documentCheck.sections []:text
dotenv path:path variables:variables
duration input:name
env variables:variables
evidence description:text env:env dotenv:dotenv command:command log:log document:document file:file junit:junit ctrf:ctrf sarif:sarif git:git prometheus:prometheus http:http metrics-text:metricsText github-checks attestation bind maxAge:duration branch:text
file path:path format pointer:pointerText pattern:text type:valueType oneOf:words
flag input:name
format input:name
freezeWindow from:text until:text rrule:text for:duration reason:text
headers *:secretVariable
http url:url samples:pointerText time:pointerText value:pointerText step:duration token:token basic:basic headers:headers tls:tls timeout:timeoutOfRequest retries:retries
inputSpec type default minimum maximum oneOf:inputSpec.oneOf description
inputSpec.oneOf []
junit path:path
log path:datedPath table:text time:log.time columns:log.columns views:log.views order dated tolerance:duration
log.columns *:column
log.time column:text zone:text kind
log.views *:logic
logRef input:name
matcher input:name equals:scalar oneOf:matcher.oneOf atLeast:number atMost:number between:matcher.between matches:text contains:text startsWith:text before:text after:text version:text format:format not:demand
matcher.between []:number
matcher.oneOf []:scalar
metric of:name within:duration stat:statistic atMost:metricBound atLeast:metricBound minCoverage:coverage failureLimit:budget consecutiveSuccessLimit:count
metricBound input:name times:number baseline:duration floor:number
metricsText url:url path:path name:metricName labels:metricsText.labels reduce:reducer step:duration token:token basic:basic headers:headers tls:tls timeout:timeoutOfRequest retries:retries
metricsText.labels *:text
number input:name
path input:name
phase id:name title:text pins:phase.pins deadline:duration entry:rules monitors:rules
phase.pins *:scalar
pointerText input:name
policy apiVersion kind metadata:policy.metadata timezone:text inputs:policy.inputs evidence:policy.evidence preflight:rules monitors:rules phases:policy.phases exit:rules freeze:policy.freeze records:policy.records transitions:policy.transitions reports:policy.reports waivers:text
policy.evidence *:evidence
policy.freeze []:freezeWindow
policy.inputs *:inputSpec
policy.metadata name:name title:text version:text owner:text description:text appliesTo:policy.metadata.appliesTo
policy.metadata.appliesTo []:text
policy.phases []:phase
policy.records *:record
policy.reports *:report
policy.transitions path:datedPath
prometheus url:url step:duration query:text instant reduce:reducer token:token basic:basic headers:headers tls:tls timeout:timeoutOfRequest retries:retries
quiet of:logRef within:duration incident:logic heartbeat:logRef maxGap:duration
record log:name checks:record.checks cells:record.cells
record.cells *:text
record.checks []:name
report format path:datedPath
results junit:path ctrf:path sarif:path
rule id:name title:text severity when:logic allowEmpty rationale:text remediation:text controls:rule.controls source:text expect:rule.expect assert:logic passes:name streak:streak soak:soak quiet:quiet metric:metric document:documentCheck approval attestation all:rule.all any:rule.any not:check
rule.all []:check
rule.any []:check
rule.controls []:text
rule.expect *:matcher
rules []:rule
sarif path:path
scalar input:name
secretVariable env:variableName
soak of:logRef phase:text for:duration maxGap:duration where:logic breach:logic columns:columns
streak of:logRef phase:text per where:logic good:logic atLeast:count minGap:duration maxGap:duration columns:columns
text input:name
textOrVariable env:variableName input:name
tls ca:textOrVariable certificate:textOrVariable key:textOrVariable serverName:text
token env:variableName
url env:variableName input:name
variable type:valueType oneOf:words format:format secret:flag show:flag placeholder
variables *:variable
words []:text
`;
export const waiverSkeleton = `
waiver apiVersion kind id:name policy:name rule:name outcomes:waiver.outcomes owner:text approver:text reason:text from:date expires:date scope:waiver.scope
waiver.outcomes []
waiver.scope environment:text
`;

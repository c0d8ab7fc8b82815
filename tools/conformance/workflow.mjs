// node workflow.mjs FILE…: what GitHub's own parser says of workflows, expressions included, as JSON by file.
import { readFileSync } from 'node:fs';
import { register } from 'node:module';

// The parser imports JSON without saying that it is JSON, which bundlers let pass and Node does not.
const hook = `export const load = (url, context, next) =>
  next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await import(
  '@actions/workflow-parser'
);

const faults = {};
for (const name of process.argv.slice(2)) {
  const { context, value } = parseWorkflow(
    { name, content: readFileSync(name, 'utf8') },
    new NoOperationTraceWriter(),
  );
  const { errors = [] } = value === undefined ? {} : await convertWorkflowTemplate(context, value);
  const all = [...context.errors.getErrors().map(({ message }) => message), ...errors.map((e) => e.Message)];
  faults[name] = [...new Set(all)];
}
process.stdout.write(JSON.stringify(faults));

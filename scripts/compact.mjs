// Takes out of a validator that ajv has generated what nobody asks it for. It stays the same function: the same answer,
// and the same errors but for `schemaPath`. test/schemas/compact.test.ts holds it against what ajv compiles itself.

/** An error is added to those before it in six lines, a list of them in one long one; here each is one short call. */
const joining =
  /vErrors = vErrors === null \? ((?:wrapper\d+\.)?validate\d*)\.errors : vErrors\.concat\(\1\.errors\);/g;
const adding =
  /const (err\d+) = (\{.*\});\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\n/g;
const helpers = `function addError(errors, error) {
if (errors === null) return [error];
errors.push(error);
return errors;
}
function joinErrors(errors, more) {
return errors === null ? more : errors.concat(more);
}
`;

/** Where a value stands in its parent is for keywords of one's own; we have none. */
const parents = /,parentData(?::data\d*)?,parentDataProperty(?::(?:"(?:[^"\\]|\\.)*"|[a-z]+\d*))?,rootData/g;
const parameters = /\{instancePath="", parentData, parentDataProperty, rootData=data\}=\{\}/g;

/** Validators carry parts of their schema along to name what would have been right. */
const carried = /^const (schema\d+) = (\{.*\});$/gm;

function inlined(code) {
  let text = code;
  for (const [line, name, json] of [...code.matchAll(carried)]) {
    const schema = JSON.parse(json);
    const use = new RegExp(`\\b${name}((?:\\.[A-Za-z$]\\w*|\\["(?:[^"\\\\]|\\\\.)*"\\])+)`, 'g');
    const rest = text.replace(`${line}\n`, '');
    const replaced = rest.replace(use, (_, path) => JSON.stringify(valueAt(schema, path)));
    text = new RegExp(`\\b${name}\\b`).test(replaced) ? text : replaced;
  }
  return text;
}

function valueAt(schema, path) {
  let value = schema;
  for (const [, name, quoted] of path.matchAll(/\.([A-Za-z$]\w*)|\["((?:[^"\\]|\\.)*)"\]/g))
    value = value[name ?? JSON.parse(`"${quoted}"`)];
  if (value === undefined) throw new Error(`a validator asks its schema for ${path}, which is not there`);
  return value;
}

export function compact(code) {
  const text = inlined(code)
    .replace(adding, (_, _name, error) => `vErrors = addError(vErrors, ${error});\n`)
    .replace(joining, 'vErrors = joinErrors(vErrors, $1.errors);')
    .replace(/,schemaPath:"(?:[^"\\]|\\.)*",keyword:/g, ',keyword:')
    .replace(parents, '')
    .replace(parameters, '{instancePath=""}={}');
  const left = /\bparentData\b|\brootData\b|schemaPath:|vErrors\.push|vErrors\.concat/.exec(text);
  if (left) throw new Error(`a generated validator has a shape that is not known: ${left[0]}`);
  return text.replace('"use strict";\n', `"use strict";\n${helpers}`);
}

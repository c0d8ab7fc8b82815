import { readFileSync } from 'node:fs';

interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
}

/** One line to each map and list of a schema: its name, then `key:definition`; `*` stands for any key, `[]` for items. */
function skeletonLines(name: string): readonly string[] {
  const schema: Schema = JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8'));
  const lines = new Map<string, string>();
  const visit = (node: Schema, own: string): string => {
    const ref = node.$ref?.replace('#/$defs/', '');
    if (ref !== undefined) return ref;
    const children: [string, Schema][] = Object.entries(node.properties ?? {});
    if (typeof node.additionalProperties === 'object') children.push(['*', node.additionalProperties]);
    if (node.items) children.push(['[]', node.items]);
    if (children.length === 0) return '';
    const parts = children.map(([key, child]) => {
      const type = visit(child, key === '*' || key === '[]' ? `${own}.item` : `${own}.${key}`);
      return type === '' ? key : `${key}:${type}`;
    });
    lines.set(own, `${own} ${parts.join(' ')}`);
    return own;
  };
  visit(schema, name);
  for (const [key, node] of Object.entries(schema.$defs ?? {})) visit(node, key);
  return [...lines.values()].sort();
}

/** The text of src/parse/policy/skeleton.ts. */
export function skeletonText(): string {
  const constant = (name: string) =>
    `export const ${name}Skeleton = \`\n${skeletonLines(name).join('\n')}\n\`;\n`;
  return `// Made from schemas/policy.schema.json and schemas/waiver.schema.json: \`npx vitest run test/parse/policy/skeleton.test.ts -u\`.
// The keys that each map of a schema knows, for hints with the nearest name; the schemas stay out of the program.
${['policy', 'waiver'].map(constant).join('')}`;
}

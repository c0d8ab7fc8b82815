/** The schemas that are the public contract, each loaded when it is asked for. */
const schemas = {
  evidence: () => import('../../schemas/evidence.schema.json', { with: { type: 'json' } }),
  policy: () => import('../../schemas/policy.schema.json', { with: { type: 'json' } }),
  verdict: () => import('../../schemas/verdict.schema.json', { with: { type: 'json' } }),
  waiver: () => import('../../schemas/waiver.schema.json', { with: { type: 'json' } }),
};

export type SchemaName = keyof typeof schemas;

export const schemaNames = Object.keys(schemas) as readonly SchemaName[];

/** A schema as JSON text. */
export async function schemaText(name: SchemaName): Promise<string> {
  const { default: schema } = (await schemas[name]()) as { default: unknown };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

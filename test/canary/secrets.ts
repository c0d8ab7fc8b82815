import { forms } from '../collect/redact/forms.ts';

/** Secrets that a run knows of, each by another way; every one has something to be escaped. */
export const canaries = {
  /** By its name alone. */
  DEPLOY_TOKEN: 'canary-7f3Kq9Zt&"x',
  /** Declared as a secret. */
  VAULT_ROLE: 'canary-role/p@ss%41+"y\\n',
  /** Declared without `oneOf` and `show`, so its value is not shown either. */
  TENANT: 'canary-tenant-5521',
  /** In lines. */
  SIGNING_KEY: '-----BEGIN CANARY-----\nMIIcanaryEvQIBADANBg\nhkiG9wcanary0BAQEFAA\n-----END CANARY-----',
  /** In a dotenv file of the policy. */
  FILE_PASSWORD: 'canary-in-dotenv-file-03',
} as const;

/** Those of the environment. */
export const environment: Readonly<Record<string, string>> = {
  DEPLOY_TOKEN: canaries.DEPLOY_TOKEN,
  VAULT_ROLE: canaries.VAULT_ROLE,
  TENANT: canaries.TENANT,
  SIGNING_KEY: canaries.SIGNING_KEY,
};

const needles = new Map(
  Object.entries(canaries).flatMap(([name, secret]) =>
    secret
      .split('\n')
      .flatMap((line) => [
        ...Object.entries(forms).map(([form, write]) => [write(line), `${name}, ${form}`] as const),
        ...[0, 1, 2].map((offset) => [base64Inside(line, offset), `${name}, base64 at ${offset}`] as const),
      ]),
  ),
);

function base64Inside(text: string, offset: number): string {
  const whole = Buffer.from(`${'u'.repeat(offset)}${text}`);
  return whole.toString('base64').slice([0, 2, 3][offset], Math.floor((whole.length * 8) / 6));
}

/** Every form of every canary that stands in a text, also where the text is JSON with escapes of its own. */
export function leaksIn(text: string): readonly string[] {
  const unescaped = text.replace(/\\+(["\\/])/g, '$1');
  const flat = unescaped.replace(/\s+/g, '');
  return [...needles]
    .filter(
      ([form]) => text.includes(form) || unescaped.includes(form) || flat.includes(form.replace(/\s+/g, '')),
    )
    .map(([, name]) => name);
}

/** A text that holds every form of every canary, one in a line. */
export const everyForm = [...needles.keys()].join('\n');

/** The same as one line. */
export const everyFormInLine = [...needles.keys()].map((form) => form.replace(/\s/g, '')).join(' ; ');

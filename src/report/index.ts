import type { Verdict } from '../model/verdict.ts';

export type Format =
  | 'pretty'
  | 'json'
  | 'markdown'
  | 'comment'
  | 'html'
  | 'github'
  | 'junit'
  | 'sarif'
  | 'tap'
  | 'tap13'
  | 'ctrf'
  | 'openreports'
  | 'oscal'
  | 'gitlab'
  | 'csv';

export interface RenderOptions {
  /** ANSI colours; meaning never hangs on them. */
  color: boolean;
  /** Columns to fit into, at least 40. */
  width: number;
  /** Symbols beyond ASCII. */
  unicode: boolean;
  /** Whether cases of JUnit name the file of their rule, which its schemas do not know. */
  junitFile?: boolean;
  /** Where a page will be kept, relative to the root with `/`: places in files become links from there. */
  keptAt?: string;
}

/** Draws one or several verdicts from themselves alone; the text ends with a line break. */
export type Reporter = (verdicts: readonly Verdict[], options: RenderOptions) => string;

/** The family of reporters; each is loaded when it is asked for. */
export const reporters: Readonly<Record<Format, () => Promise<Reporter>>> = {
  pretty: async () => (await import('./pretty.ts')).pretty,
  json: async () => (await import('./json.ts')).json,
  markdown: async () => (await import('./markdown.ts')).markdown,
  comment: async () => (await import('./comment.ts')).comment,
  html: async () => (await import('./html/document.ts')).html,
  github: async () => (await import('./github.ts')).github,
  junit: async () => (await import('./junit.ts')).junit,
  sarif: async () => (await import('./sarif.ts')).sarif,
  tap: async () => (await import('./tap.ts')).tap,
  tap13: async () => (await import('./tap.ts')).tap13,
  ctrf: async () => (await import('./ctrf.ts')).ctrf,
  openreports: async () => (await import('./openreports.ts')).openreports,
  oscal: async () => (await import('./oscal.ts')).oscal,
  gitlab: async () => (await import('./gitlab.ts')).gitlab,
  csv: async () => (await import('./csv.ts')).csv,
};

export const formats = Object.keys(reporters) as readonly Format[];

/** Renders verdicts in a format: without colour and 80 columns wide unless told otherwise. */
export async function render(
  format: Format,
  verdicts: readonly Verdict[],
  options: Partial<RenderOptions> = {},
): Promise<string> {
  const reporter = await reporters[format]();
  return reporter(verdicts, { color: false, width: 80, unicode: true, ...options });
}

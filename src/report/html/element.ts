/** Markup of a page. INVARIANT: only `el` and `constant` make it, so no text from outside is ever taken for markup. */
export interface Markup {
  readonly markup: string;
}

/** What may stand in an element: texts are escaped, markup stays, lists are their items, nothing is nothing. */
export type Content = Markup | string | undefined | readonly Content[];

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Elements that a page consists of; nothing here loads, runs or sends. */
export type Tag =
  | (
      | 'html'
      | 'head'
      | 'meta'
      | 'title'
      | 'body'
      | 'header'
      | 'main'
      | 'nav'
      | 'footer'
      | 'article'
      | 'section'
    )
  | ('h1' | 'h2' | 'h3' | 'h4' | 'h5' | 'h6' | 'p' | 'div' | 'span' | 'strong' | 'code' | 'time' | 'a')
  | ('ol' | 'ul' | 'li' | 'dl' | 'dt' | 'dd' | 'details' | 'summary' | 'figure' | 'figcaption')
  | ('table' | 'caption' | 'thead' | 'tbody' | 'tr' | 'th' | 'td')
  | ('svg' | 'desc' | 'g' | 'path' | 'line' | 'rect' | 'circle' | 'text');

/** They stand within a line of text, where a line break would be seen as a space. */
const inLine: ReadonlySet<Tag> = new Set<Tag>([
  'span',
  'strong',
  'code',
  'time',
  'a',
  'svg',
  'title',
  'desc',
]);

/** An element. What has no value, has no attribute. */
export function el(tag: Tag, attributes: Attributes, ...content: readonly Content[]): Markup {
  const written = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined ? [] : [` ${name}="${escaped(String(value))}"`],
  );
  // Only tags begin a line, so no text can be a command to a CI runner that prints the page.
  const open = `${inLine.has(tag) ? '' : '\n'}<${tag}${written.join('')}>`;
  return { markup: tag === 'meta' ? open : `${open}${markupOf(content)}</${tag}>` };
}

/** Markup that stands in the sources as it is. */
export function constant(markup: string): Markup {
  return { markup };
}

export function markupOf(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'string') return escaped(content);
  return isMarkup(content) ? content.markup : content.map(markupOf).join('');
}

function isMarkup(content: Markup | readonly Content[]): content is Markup {
  return 'markup' in content;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that an HTML parser reads as that text, in an element as well as in an attribute between double quotes. */
export function escaped(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (char) => entities[char] ?? char) : text;
}

/** What a reader finds in a Markdown text. Lines count from 1; texts are plain, without markup. */
export interface MarkdownReading {
  bom: boolean;
  eol: Eol;
  /** Lines of YAML front matter with both fences, 0 if there is none. */
  frontMatterLines: number;
  headings: Heading[];
  tables: TableReading[];
  tasks: Task[];
  /** Lines that hold a pipe, or are merge conflict markers, and stand in no table. */
  loose: LooseLine[];
  /** Running text, if it was asked for: paragraphs, also in lists and quotes, and code, but no HTML and no tables. */
  blocks: Block[];
}

export interface Block {
  line: number;
  kind: 'text' | 'code';
  /** Plain text; of a paragraph one for each of its lines. */
  lines: string[];
}

export type Eol = 'lf' | 'crlf' | 'cr' | 'mixed' | 'none';

export interface Heading {
  line: number;
  /** The line that ends it: the underline of a heading that has one. */
  last: number;
  level: number;
  text: string;
}

export interface TableReading {
  line: number;
  header: string[];
  /** The header ends with a pipe, so a whole row of this table does too. */
  closed: boolean;
  rows: RowReading[];
}

export interface RowReading {
  line: number;
  /** As many as the row has; GFM would pad or cut them to the header. */
  cells: string[];
  /** The line ends with a pipe. */
  closed: boolean;
  /** The line has a line end. */
  terminated: boolean;
  /** The line as it stands in the file. */
  source: string;
}

export interface Task {
  line: number;
  checked: boolean;
  /** Lists around the list that the task is in. */
  depth: number;
  /** The first paragraph. */
  text: string;
}

/** `paragraph`: GFM sees plain text at the top level. `other`: it stands in code, a comment, a quote, a heading… */
export interface LooseLine {
  line: number;
  source: string;
  terminated: boolean;
  within: 'paragraph' | 'other';
}

/** The text is beyond the caps, so nothing is said about it. */
export interface Refused {
  refused: string;
  line: number;
}

import type { ErrorCode } from 'yaml';

/** Our own words for what the YAML parser objects to: its messages may carry more than they should (R24). */
export const syntaxWords: Record<ErrorCode, { message: string; hint?: string }> = {
  ALIAS_PROPS: { message: 'an alias cannot have a tag or anchor' },
  BAD_ALIAS: {
    message: 'an alias or anchor is not well formed',
    hint: 'put texts that begin with `*` or `&` in quotes',
  },
  BAD_COLLECTION_TYPE: { message: 'the tag does not fit what it stands before' },
  BAD_DIRECTIVE: { message: 'a directive is not well formed', hint: 'remove the line that begins with `%`' },
  BAD_DQ_ESCAPE: {
    message: 'an escape in a double-quoted text is not known',
    hint: 'write texts with backslashes in single quotes',
  },
  BAD_INDENT: {
    message: 'the indentation does not fit the lines above',
    hint: 'align it with its neighbours, in spaces',
  },
  BAD_PROP_ORDER: { message: 'a tag or anchor stands in the wrong place' },
  BAD_SCALAR_START: {
    message: 'an unquoted text cannot begin with this character',
    hint: 'put it in quotes',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a second `: ` stands in one line, or a list stands where a key is due',
    hint: 'put texts that hold `: ` in quotes',
  },
  BLOCK_IN_FLOW: {
    message: 'a list or map of indented lines stands inside brackets',
    hint: 'write it in brackets too',
  },
  DUPLICATE_KEY: { message: 'the key stands twice in one map' },
  IMPOSSIBLE: { message: 'the text is no YAML' },
  KEY_OVER_1024_CHARS: { message: 'a key is longer than 1024 characters' },
  MISSING_CHAR: {
    message: 'a character is missing: a closing quote or bracket, a comma, or `:` and a space after a key',
  },
  MULTILINE_IMPLICIT_KEY: { message: 'a key reaches over several lines, or `:` is missing after it' },
  MULTIPLE_ANCHORS: { message: 'a value has two anchors' },
  MULTIPLE_DOCS: { message: 'a second document begins', hint: 'write one document to a file' },
  MULTIPLE_TAGS: { message: 'a value has two tags' },
  NON_STRING_KEY: {
    message: 'a list or map stands where a key is due',
    hint: 'put texts with brackets in quotes',
  },
  RESOURCE_EXHAUSTION: { message: 'the text is nested too deeply' },
  TAB_AS_INDENT: { message: 'a tab stands in the indentation', hint: 'indent with spaces' },
  TAG_RESOLVE_FAILED: { message: 'a tag is not known', hint: 'remove the word that begins with `!`' },
  UNEXPECTED_TOKEN: {
    message: 'something unexpected stands here',
    hint: 'put texts with `{`, `[`, `,`, `#` or `: ` in quotes',
  },
};

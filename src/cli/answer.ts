import type { RenderOptions } from '../report/index.ts';
import type { Answer } from './command.ts';

/** The answer of a command that could tell what it was asked: as JSON, or in words for people. */
export function answerInWords(value: object, words: (style: RenderOptions) => Promise<string>): Answer {
  return {
    kind: 'result',
    code: 0,
    draw: async (format, style) =>
      format === 'json' ? (await import('../report/json.ts')).jsonText(value) : words(style),
  };
}

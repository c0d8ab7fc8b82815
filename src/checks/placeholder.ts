const words =
  /^(?:todo|tbd|tba|tbc|fixme|xxx+|n\/?a|none|pending|unknown|placeholder|change[-_ ]?me|replace[-_ ]?me|fill[-_ ]?(?:me|in)|name|date|yyyy-mm-dd|_+|-+|\.+|\?+|…)$/i;
const framed = /^(?:<[^<>]*>|\[[^[\]]*\]|\{\{?[^{}]*\}?\})$/;

/** Whether a text of a document is only a mark that something is still to be written there. */
export function isPlaceholder(text: string): boolean {
  const plain = text.trim().replace(/[:.!]+$/, '');
  return words.test(plain) || framed.test(plain) || /^(?:todo|tbd|fixme)\b/i.test(plain);
}

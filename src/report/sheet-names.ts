/** Names of sheets that Excel takes: short, without its own signs, each once (Microsoft, "Rename a worksheet"). */
import { showText } from './escape.js';
import { SHEET_NAME_CHARS_MAX } from './sheet-xml.js';

export class SheetNames {
  private readonly taken = new Set<string>(['history']);

  /** The name itself where it can be, else one like it, with a number behind it where it is taken. */
  take(wanted: string): string {
    const base = quoteless(showText(wanted).replace(/[[\]:*?/\\\ufffe\uffff]/g, '_')) || '_';
    for (let number = 1; ; number++) {
      const tail = number === 1 ? '' : ` (${number})`;
      const name = quoteless(cut(base, SHEET_NAME_CHARS_MAX - tail.length)) + tail;
      const key = name.normalize('NFKC').toLowerCase();
      if (this.taken.has(key)) continue;
      this.taken.add(key);
      return name;
    }
  }
}

/** An apostrophe at either end is Excel's own. */
function quoteless(name: string): string {
  return name.trim().replace(/^'+|'+$/g, '_');
}

/** At most so many UTF-16 units, never half a character. */
export function cut(text: string, unitsMax: number): string {
  if (text.length <= unitsMax) return text;
  const unit = text.charCodeAt(unitsMax - 1);
  return text.slice(0, unit >= 0xd800 && unit <= 0xdbff ? unitsMax - 1 : unitsMax);
}

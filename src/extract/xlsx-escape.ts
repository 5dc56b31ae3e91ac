/** Escapes of SpreadsheetML strings (ECMA-376-1, 22.9.2.19, ST_Xstring): `_x000D_` stands for a character that XML can't hold. */
import { normaliseLineEnds } from '../container/xml-text.js';

/** The text itself; its lines end with '\n'. */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return normaliseLineEnds(text);
  return normaliseLineEnds(text.replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))));
}

/**
 * HTML by template: what is put in is escaped, unless it was made by a template itself. Texts from outside pass `showText` first, so that a name can't turn
 * the direction of what stands beside it. Nothing here writes into a script: data goes there as JSON (`jsonText`).
 */
import { showJson, showText } from '../escape.js';

/** Finished HTML. Only `html`, and `trusted` for the page's own files, make it. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Part = string | number | Markup | null | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let text = strings[0]!;
  parts.forEach((part, at) => {
    text += textOf(part) + strings[at + 1]!;
  });
  return new Markup(text);
}

/** Text of the program itself (its style sheet, its script): as it is. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

/** A name or path from outside, which keeps its own direction. */
export function outside(text: string): Markup {
  return html`<bdi>${text}</bdi>`;
}

/** JSON that may stand in a script element: no end tag, no comment and no unseen character can begin in it. */
export function jsonText(value: unknown): string {
  return showJson(JSON.stringify(value)).replaceAll('<', '\\u003c');
}

function textOf(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (part === null) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return showText(part).replace(/[&<>"']/g, (char) => ENTITIES[char]!);
  return part.map(textOf).join('');
}

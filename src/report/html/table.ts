/** Tables of the page: heads, lines, and the frame in which a wide one scrolls by itself. */
import { html, type Markup } from './markup.js';

export type Head = readonly [text: string, kind?: 'number'];

export function tableOf(
  heads: readonly Head[],
  lines: readonly Markup[],
  more: { foot?: readonly Markup[]; caption?: string } = {},
): Markup {
  const cells = heads.map(([text, kind]) => html`<th scope="col"${kind === undefined ? null : html` class="${kind}"`}>${text}</th>`);
  const caption = more.caption === undefined ? null : html`<caption>${more.caption}</caption>`;
  const foot = more.foot === undefined ? null : html`<tfoot>${more.foot}</tfoot>`;
  return html`<table>${caption}<thead><tr>${cells}</tr></thead><tbody>${lines}</tbody>${foot}</table>`;
}

/** What a line is about stands first; counts stand to the right. */
export function lineOf(name: Markup | string, cells: readonly Markup[]): Markup {
  return html`<tr><th scope="row">${name}</th>${cells}</tr>`;
}

export function cell(content: Markup | string): Markup {
  return html`<td>${content}</td>`;
}

export function numberCell(written: string): Markup {
  return html`<td class="number">${written}</td>`;
}

/** What may be wider than the window: it scrolls by itself, by keys too. */
export function scrolling(name: string, body: Markup, kind = ''): Markup {
  return html`<div class="wide ${kind}" tabindex="0" role="region" aria-label="${name}">${body}</div>`;
}

/** Making elements. Texts are set as text, never as markup. */

export type Child = Node | string;

/** `attributes`: null leaves one out. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number | null>> = {},
  children: readonly Child[] = [],
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** A text from outside: its direction stays its own. */
export function outside(text: string): HTMLElement {
  return make('bdi', {}, [text]);
}

/** Throws Error when the page has no such element. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no ${id}`);
  return element;
}

/** `{n}` and the like are replaced by the values of these names. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/gu, (whole, name: string) => (Object.hasOwn(values, name) ? values[name]! : whole));
}

/** The word for a code; the code itself where there is none. */
export function wordFor(codes: Readonly<Record<string, string>>, code: string): string {
  return Object.hasOwn(codes, code) ? codes[code]! : code;
}

/** Texts of OpenDocument parts that stand in attributes (OpenDocument 1.3 part 3): fields and their choices, names of ranges, values of filters, targets of links. */
import type { XmlCursor } from '../container/xml.js';

/** By element (local name): its place, and which of its attributes are text. */
const ATTRIBUTES: ReadonlyMap<string, readonly [string, readonly string[]]> = new Map([
  // Forms (13.5): what is entered is taken as a field, its choices and tips are the same.
  ...table('choice', {
    'text textarea formatted-text combobox listbox checkbox radio button fixed-text frame number date time password file image-frame':
      'form:title form:label',
    'option item': 'form:label form:value',
  }),
  // Fields of a text (7.3, 7.4, 7.7).
  ...table('variable', {
    'user-field-decl variable-set user-field-get': 'office:string-value',
    'variable-decl': 'text:name',
    label: 'text:value',
    'text-input placeholder': 'text:description',
    'conditional-text': 'text:string-value-if-true text:string-value-if-false',
    'hidden-paragraph': 'text:condition',
    'database-display database-row-select': 'text:database-name text:table-name text:column-name',
    'alphabetical-index-mark user-index-mark toc-mark': 'text:string-value text:key1 text:key2',
    'toc-mark-start user-index-mark-start': 'text:string-value',
    'bibliography-mark': 'text:author text:title text:note',
    meter: 'text:description',
  }),
  ...table('name', { page: 'draw:name', 'bookmark bookmark-start section reference-mark reference-mark-start': 'text:name' }),
  // Workbooks (9.4).
  ...table('name', {
    'named-range named-expression': 'table:name',
    'database-range': 'table:name',
    'label-range dde-link': 'table:name',
    scenario: 'table:comment',
    'table-source': 'table:filter-options',
  }),
  ...table('filter', { 'filter-condition': 'table:value', 'filter-set-item': 'table:value', 'data-pilot-member': 'table:name' }),
  ...table('filter', { 'data-pilot-field': 'table:source-field-name', 'data-pilot-group-member': 'table:name' }),
  ...table('prompt', { 'help-message error-message': 'table:title' }),
  ...table('description', { 'table-template': 'table:name' }),
]);
/** Formulas in whose texts somebody's words can stand. */
const FORMULAS: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['content-validation', ['prompt', 'table:condition']],
  ['named-expression', ['name', 'table:expression']],
]);
const LINK = 'xlink:href';

/** What of these stands elsewhere in the document too. */
export const ODF_COPIES: ReadonlySet<string> = new Set(['choice', 'variable', 'filter', 'link']);

export interface OdfStray {
  readonly part: string;
  readonly text: string;
}

/** What the attributes of the element at the cursor say; `name` is its local name. Links within the package, and those of ASCII in the web, say nothing. */
export function odfStrays(name: string, cursor: XmlCursor): readonly OdfStray[] {
  const known = ATTRIBUTES.get(name);
  const formula = FORMULAS.get(name);
  const isLink = name === 'a';
  if (!known && !formula && !isLink) return NONE;
  const found: OdfStray[] = [];
  const add = (part: string, text: string | undefined) => {
    const line = text?.trim() ?? '';
    if (line !== '') found.push({ part, text: line });
  };
  if (known) for (const attribute of known[1]) add(known[0], cursor.attribute(attribute));
  if (formula) for (const [, text] of (cursor.attribute(formula[1]) ?? '').matchAll(/"([^"]{1,1000})"/g)) add(formula[0], text);
  if (isLink) {
    add('description', cursor.attribute('office:title'));
    const target = decoded(cursor.attribute(LINK) ?? '');
    if (/^(?:mailto|tel|file):|[^\u0000-\u007f]/i.test(target) && !target.startsWith('#')) add('link', target);
  }
  return found;
}

const NONE: readonly OdfStray[] = [];

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

function table(part: string, attributes: Readonly<Record<string, string>>): (readonly [string, readonly [string, readonly string[]]])[] {
  return Object.entries(attributes).flatMap(([names, values]) =>
    names.split(' ').map((name) => [name, [part, values.split(' ')] as const] as const),
  );
}

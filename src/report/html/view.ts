/** What all parts of the page are made from, in one language. */
import type { Lang } from '../../../detectors/contract.js';
import { type PageWords, pageWords } from '../../words/page.js';
import { type Words, words } from '../../words/words.js';
import type { HtmlInput } from './input.js';
import { html, type Markup } from './markup.js';
import type { Row } from './rows.js';
import type { DepartmentPersons, Sums } from './sums.js';

export interface View {
  readonly lang: Lang;
  readonly say: PageWords;
  readonly table: Words;
  readonly input: HtmlInput;
  readonly sums: Sums;
  readonly departments: readonly DepartmentPersons[];
  readonly rows: readonly Row[];
}

export function viewOf(lang: Lang, rest: Omit<View, 'lang' | 'say' | 'table'>): View {
  const say = pageWords(lang);
  const { note, directly, noteConfigured, none } = say.departments;
  const departments = {
    ...say.departments,
    ...(rest.input.departmentsConfigured ? { note: noteConfigured, directly: none } : { note, directly }),
  };
  return { lang, say: { ...say, departments }, table: words(lang), ...rest };
}

/** A part of the page with its heading. `name` is unique in the page. */
export function section(view: View, name: string, title: string, body: Markup | readonly (Markup | null)[]): Markup {
  const id = `${name}-${view.lang}`;
  return html`<section class="${name}" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>
`;
}

/** A button that asks the list for something; the script brings it to life, and without one it is not shown. */
export function showButton({ say }: View, query: Markup, what: string): Markup {
  return html`<button type="button" class="act" ${query} aria-label="${say.lead.show}: ${what}">${say.lead.show}</button>`;
}

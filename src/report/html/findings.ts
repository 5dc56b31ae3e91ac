/** What no row of a file tells: piles of personal data, and the register of exceptions. Left out where the policy has no such rule. */
import { findingWords } from '../../words/findings.js';
import { exceptionName, fitOf, needsLook } from '../exceptions.js';
import { pileName } from '../piles.js';
import { html, type Markup, outside } from './markup.js';
import { cell, type Head, lineOf, numberCell, scrolling, tableOf } from './table.js';
import { section, showButton, type View } from './view.js';

const PILES_SHOWN = 50;
const EXCEPTIONS_SHOWN = 100;

export function pilesPart(view: View): Markup | null {
  const { table, input, lang } = view;
  const { piles } = input.totals;
  if (!piles) return null;
  const say = findingWords(lang).pileTable;
  const hasManyRoots = input.run.roots.length > 1;
  const heads: Head[] = [[say.who], [say.sort], [say.persons, 'number'], [say.bound, 'number']];
  const lines = piles.slice(0, PILES_SHOWN).map((pile) => {
    const name = pileName(pile, lang);
    const shown = pile.sort === 'folder' && hasManyRoots ? `${pile.root}/${name}` : name;
    // The list has the root in front of its folders where there are several.
    const folder = pile.sort === 'folder' ? [hasManyRoots ? pile.root : '', pile.folder].filter((part) => part !== '').join('/') : '';
    const button = folder === '' ? null : showButton(view, html`data-query="${`${folder}/`}"`, shown);
    return lineOf(html`${outside(shown)} ${button}`, [
      cell(say.sorts[pile.sort]),
      numberCell(table.count(pile.persons)),
      numberCell(table.count(pile.bound)),
    ]);
  });
  const more = piles.length - lines.length;
  return section(view, 'piles', say.title, [
    html`<p class="note">${say.note}</p>`,
    lines.length === 0 ? html`<p>${say.none}</p>` : scrolling(say.title, tableOf(heads, lines)),
    more > 0 ? html`<p class="note">${say.more(table.count(more))}</p>` : null,
  ]);
}

export function exceptionsPart(view: View): Markup | null {
  const { table, input, lang } = view;
  const { exceptions } = input.totals;
  if (!exceptions) return null;
  const say = findingWords(lang).exceptionTable;
  // What is to be looked at may not be what is cut off.
  const ordered = [...exceptions.filter(needsLook), ...exceptions.filter((one) => !needsLook(one))];
  const heads: Head[] = [[say.what], [say.state], [say.expires], [say.reason], [say.approver], [say.files, 'number'], [say.fits]];
  const lines = ordered.slice(0, EXCEPTIONS_SHOWN).map((one) => {
    const fit = say.fitting[fitOf(one)];
    const state = say.states[one.state];
    return lineOf(outside(exceptionName(one)), [
      cell(one.state === 'in-force' ? state : html`<strong>${state}</strong>`),
      cell(one.expires),
      cell(outside(one.reason)),
      cell(outside(one.approver)),
      numberCell(table.count(one.files)),
      cell(one.idle === true ? html`<strong>${fit}</strong>` : fit),
    ]);
  });
  const more = exceptions.length - lines.length;
  const excused = exceptions.some(({ files }) => files > 0);
  return section(view, 'exceptions', say.title, [
    html`<p class="note">${say.note}</p>`,
    scrolling(say.title, tableOf(heads, lines)),
    excused
      ? html`<p class="note">${table.reasons.excepted} ${showButton(view, html`data-reason="excepted"`, table.reasons.excepted)}</p>`
      : null,
    more > 0 ? html`<p class="note">${say.more(table.count(more))}</p>` : null,
  ]);
}

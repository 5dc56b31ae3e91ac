/** The risk of one file with its factors (src/policy/README.md). The factors come from the program; nothing is computed here but their product. */
import type { UiWords } from './data.js';
import { make } from './dom.js';
import type { Rows } from './rows.js';

/** Two results that differ by rounding alone are equal. */
const ROUNDING = 0.15;

export function riskPart(rows: Rows, row: number, ui: UiWords): HTMLElement[] {
  const { columns, profiles } = rows.data;
  const { detail } = ui;
  const risk = columns.risk[row]! / 10;
  const title = make('h3', {}, [`${detail.risk} ${risk.toFixed(1)}`]);
  if (risk === 0) return [title, make('p', { class: 'note' }, [detail.riskNone])];
  const [records, kinds] = rows.holdingOf(row).factors;
  const [password, access] = profiles[columns.profile[row]!]!.factors;
  const age = columns.ageFactor[row]! / 1000;
  const product = 100 * records * kinds * password * access * age;
  // Of a container whose worst member is worse than the whole.
  if (Math.abs(product - risk) > ROUNDING) return [title, make('p', { class: 'note' }, [detail.riskInside])];
  const factors: readonly [string, number][] = [
    [detail.factorRecords, records],
    [detail.factorKinds, kinds],
    [detail.factorPassword, password],
    [detail.factorAccess, access],
    [detail.factorAge, age],
  ];
  const list = factors.map(([name, factor]) =>
    make('div', { class: 'factor' }, [
      make('dt', {}, [name]),
      make('dd', {}, [make('span', {}, [factor.toFixed(2)]), meter(factor, name)]),
    ]),
  );
  const figures = factors.map(([, factor]) => factor.toFixed(2)).join(' × ');
  return [title, make('dl', { class: 'factors' }, list), make('p', { class: 'product' }, [`100 × ${figures} = ${risk.toFixed(1)}`])];
}

function meter(factor: number, name: string): HTMLElement {
  return make('meter', { min: 0, max: 1, value: factor.toFixed(3), 'aria-label': name });
}

/**
 * The script of a page of the HTML report: brings the list of work to life and switches languages. It loads nothing and sends nothing; the policy of the page
 * (script-src by its hash) would not let it. Without it the page shows all but the full list.
 */
import { Controls } from './controls.js';
import type { Evidence, PageData, PageLang, UiWords } from './data.js';
import { Detail } from './detail.js';
import { byId } from './dom.js';
import { Grid } from './grid.js';
import { ANYTHING, Rows, type SortKey, type Wishes } from './rows.js';

/** Texts made ready for searching in one go, so that no click waits for it. */
const FOLDED_AT_ONCE = 4_000;

function read<T>(id: string): T {
  return JSON.parse(byId(id).textContent ?? '') as T;
}

function start(): void {
  const words = read<Readonly<Record<PageLang, UiWords>>>('words');
  const rows = new Rows(read<PageData>('data'));
  let lang = document.documentElement.lang as PageLang;
  let wishes: Wishes = ANYTHING;
  let sort: { key: SortKey; up: boolean } = { key: 'risk', up: false };
  let open = 0;

  const showDetail = (place: number): void => {
    open = place;
    detail.show({ row: grid.rowAt(place), at: place, of: grid.length }, words[lang]);
  };
  const grid = new Grid({
    element: byId('grid'),
    rows,
    onOpen: showDetail,
    onSort: (key) => {
      sort = { key, up: sort.key === key && !sort.up };
      show();
    },
  });
  const detail = new Detail({
    dialog: byId('detail') as HTMLDialogElement,
    rows,
    // It stands behind the script, so that nobody waits for it who only looks at the list.
    evidence: () => (document.readyState === 'loading' ? null : read<Evidence>('evidence')),
    onStep: (step) => {
      const place = Math.max(0, Math.min(grid.length - 1, open + step));
      grid.activate(place);
      showDetail(place);
    },
  });
  const controls = new Controls(byId('controls') as HTMLFormElement, rows, (wanted) => {
    wishes = wanted;
    show();
  });
  const show = (): void => {
    const found = rows.select(wishes, sort.key, sort.up);
    grid.show(found, words[lang], sort);
    controls.tell(found.length, words[lang]);
  };
  const speak = (next: PageLang): void => {
    lang = next;
    document.documentElement.lang = lang;
    document.title = words[lang].title;
    for (const part of document.querySelectorAll<HTMLElement>('[data-lang]')) part.hidden = part.dataset.lang !== lang;
    controls.draw(words[lang]);
    show();
  };

  document.documentElement.classList.add('alive');
  document.addEventListener('click', (event) => {
    const target = (event.target as Element).closest<HTMLElement>(
      '[data-speak], [data-department], [data-query], [data-reason], [data-row]',
    );
    if (!target) return;
    const { speak: next, department, query, reason, row } = target.dataset;
    if (next === 'ja' || next === 'en') {
      speak(next);
      document.querySelector<HTMLElement>(`[data-lang="${next}"] [data-speak]`)?.focus();
      return;
    }
    // The rows themselves are in the order of risk, so that a row is its own place again.
    sort = { key: 'risk', up: false };
    controls.ask({
      ...ANYTHING,
      text: query ?? '',
      reason: reason ?? '',
      department: department === undefined ? -1 : rows.data.departments.indexOf(department),
    });
    if (row !== undefined) {
      grid.activate(Number(row));
      showDetail(Number(row));
    } else {
      byId('work').scrollIntoView();
      byId('grid').focus({ preventScroll: true });
    }
  });
  speak(lang);
  const foldMore = (): void => {
    if (!rows.fold(FOLDED_AT_ONCE)) setTimeout(foldMore, 10);
  };
  setTimeout(foldMore, 200);
}

start();

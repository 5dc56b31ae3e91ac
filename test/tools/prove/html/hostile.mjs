/** A share whose names, folders and column headings are attacks: swept as it is, and its page must show them as text and run none of them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runScan } from '../../run-program.mjs';

const NAMES = [
  `x"onmouseover="hit()".csv`,
  `'onclick='hit()'.csv`,
  '<img src=x onerror=hit()>.csv',
  '<svg onload=hit()>.csv',
  '<!--<script>hit()',
  '<!--.csv',
  ']]>.csv',
  '$' + '{hit()}.csv',
  '{n}{all}.csv',
  '__proto__',
  'constructor.csv',
  'javascript:hit().csv',
  'gpj.\u202evsc.csv',
  'line\nbreak\u2028.csv',
  '\u0001\u001b[31m.csv',
  'שלום عربي.csv',
  '&lt;script&gt;.csv',
];
const FOLDERS = ['<script>hit()<', '"><script>hit()<', '__proto__', 'データ'];
const ROSTER =
  '基礎年金番号,氏名</script><script>hit()</script>,生年月日\r\n1234-567890,山田太郎,昭和30年3月4日\r\n4102-123456,佐藤花子,昭和31年5月6日\r\n';

export async function proveHostile({ scratch, browser, check, say }) {
  const share = join(scratch, 'hostile');
  for (const folder of FOLDERS) {
    // A folder with a slash is two: `</script>` is made of both.
    for (const place of [join(share, folder), join(share, `${folder}`, 'script><script>hit()')]) {
      mkdirSync(place, { recursive: true });
      for (const name of NAMES) writeFileSync(join(place, name), ROSTER, { mode: 0o644 });
    }
  }
  const file = join(scratch, 'hostile.html');
  const { lines } = runScan(share, join(scratch, 'hostile-out'), ['--html', file, '--quiet']);
  const page = await browser.newPage();
  await page.before(`window.hits = 0; window.hit = () => { window.hits++; };`);
  await page.open(pathToFileURL(file).href);
  await page.evaluate(`(async () => {
    const wait = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    for (let at = 0; at < ${lines.length}; at++) {
      const row = document.getElementById('row-' + at);
      if (!row) { const grid = document.getElementById('grid'); grid.scrollTop = at * 52; await wait(); }
      document.getElementById('row-' + at)?.click();
      for (const element of document.querySelectorAll('#detail *')) { element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true })); }
      await wait();
      document.getElementById('detail').close();
    }
    for (const element of document.querySelectorAll('main *')) element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
    document.querySelector('[data-speak]').click();
    await wait();
  })()`);
  const found = await page.evaluate(`({ hits: window.hits, scripts: document.scripts.length, images: document.images.length,
    handlers: [...document.querySelectorAll('*')].filter((one) => one.getAttributeNames().some((name) => name.startsWith('on'))).length,
    rows: Number(document.getElementById('grid').getAttribute('aria-rowcount')) - 1 })`);
  say(`${lines.length} files with hostile names, each looked at in its details`);
  check('code of names that ran', found.hits, 0, found.hits === 0);
  check(
    'scripts, pictures, handlers in the page',
    [found.scripts, found.images, found.handlers].join(' '),
    '4 0 0',
    found.scripts === 4 && found.images + found.handlers === 0,
  );
  check('rows', found.rows, lines.filter(({ member }) => member === null).length, found.rows === lines.length);
  check('errors in the page', page.seen.exceptions.join(' | ') || 'none', 'none', page.seen.exceptions.length === 0);
  await page.close();
}

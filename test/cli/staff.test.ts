/** `mimawari check` as staff meet it: five stories in a real terminal, many files, and the stamp. Uses the compiled program in dist/. */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roster, Share, top } from '../kit/share.js';
import { hasTerminal, Terminals } from '../kit/terminal.js';

const sample = (name: string) => join(top, 'samples/share/みんなの共有', name);

let share: Share;
beforeAll(() => {
  share = new Share();
  chmodSync(share.folder, 0o755);
  share.put('整った箱/会議.txt', '来週の会議は第一会議室で行います。\n');
  share.put('整った箱/在庫/一覧.csv', '品名,数量\nボールペン,12\n');
  share.put('名簿の箱/名簿.csv', roster(12));
  for (const [folder, name] of [
    ['施錠の箱', '施錠名簿.xlsx'],
    ['写真の箱', 'スキャン.png'],
  ] as const) {
    mkdirSync(join(share.root, folder));
    copyFileSync(sample(name), join(share.root, folder, name));
  }
  share.put('閉じた箱/秘書/名簿.csv', roster(3));
  chmodSync(join(share.root, '閉じた箱/秘書'), 0o000);
});
const stamp = (name: string) => share.beside(`stamps/${name}`);
afterAll(() => {
  chmodSync(join(share.root, '閉じた箱/秘書'), 0o755);
  share.remove();
});

/** root reads every folder; without that right it is like anybody. */
const withoutRights =
  process.getuid?.() === 0
    ? ['setpriv', '--bounding-set', '-dac_override,-dac_read_search', '--inh-caps', '-dac_override,-dac_read_search']
    : [];
const canLackRights = withoutRights.length === 0 || spawnSync(withoutRights[0]!, [...withoutRights.slice(1), 'true']).status === 0;

const STORIES = [
  {
    folder: '整った箱',
    code: 0,
    shows: [
      '○ 在庫/一覧.csv  個人情報は見つかりませんでした。',
      '○ 会議.txt',
      '合計 2件  ○ 2  × 0  ？ 0  － 0',
      '直すところはありません。',
    ],
    hides: ['いますること'],
  },
  {
    folder: '名簿の箱',
    code: 1,
    shows: [
      '× 名簿.csv',
      '個人情報が12件（12人分）見つかりました。',
      'パスワードがかかっていません。',
      '関係者以外の人も読める場所に置かれています。',
      '1. もう使わないファイルなら、削除してください',
      '2. この種類のファイルにはパスワードをかけられません。Excel や Word で開いて',
      '× のファイルは、このまま置いておけません。',
    ],
    hides: ['架空 太郎', '1100-100000'],
  },
  {
    folder: '施錠の箱',
    code: 0,
    shows: ['○ 施錠名簿.xlsx  パスワードがかかっています。開けないので、中身は確かめていません。', '○ 1  × 0  ？ 0'],
    hides: [],
  },
  {
    folder: '写真の箱',
    code: 3,
    shows: [
      '？ スキャン.png',
      '中身を読めなかったので、個人情報があるかどうか分かりません。',
      '画像なので、文字を読み取れません。開いて目で確かめ',
      '「問題なし」ではありません',
    ],
    hides: ['直すところはありません'],
  },
  {
    folder: '閉じた箱',
    code: 3,
    shows: ['？ 秘書', 'あなたの権限では開けません。', '？ のファイルは確かめられませんでした。「問題なし」ではありません。'],
    hides: ['直すところはありません', '名簿.csv'],
    before: withoutRights,
  },
] as const;

describe.skipIf(!hasTerminal)('in a terminal (needs tmux)', () => {
  const terminals = new Terminals();
  beforeAll(() => {
    for (const { folder, ...story } of STORIES)
      terminals.start(
        folder,
        share.folder,
        ['check', join(share.root, folder), '--lang', 'ja', '--stamp', stamp(`${folder}.txt`)],
        'before' in story ? story.before : [],
      );
  });
  afterAll(() => terminals.end());

  it.each(STORIES)('the folder $folder is answered as staff need it', async ({ folder, code, shows, hides }) => {
    if (folder === '閉じた箱' && !canLackRights) {
      console.warn('left out: root reads every folder, and there is no setpriv to take that right away');
      return;
    }
    const { text, code: ended } = await terminals.read(folder);
    // The terminal breaks long lines where they end.
    const flat = text.replaceAll('\n', '');
    for (const words of shows) expect(flat).toContain(words);
    for (const words of hides) expect(flat).not.toContain(words);
    expect(ended).toBe(code);
    // A stamp is left for what is in order alone.
    expect(existsSync(stamp(`${folder}.txt`))).toBe(code === 0);
    expect(flat).toContain(code === 0 ? '確認の印を書きました' : '確認の印は作りませんでした');
    // The line that tells how far it is has gone.
    expect(text).not.toContain('確かめています');
  });
});

describe('the stamp', () => {
  const check = (folder: string, ...more: string[]) => share.run('check', join(share.root, folder), '--lang', 'ja', ...more);
  it('is left for what is in order, and tells other files by another hash', () => {
    const made = check('整った箱', '--stamp', stamp('印.json'));
    expect(made).toMatchObject({ code: 0, stderr: `mimawari: 確認の印を書きました: ${stamp('印.json')}\n` });
    const first = JSON.parse(readFileSync(stamp('印.json'), 'utf8'));
    expect(first).toMatchObject({
      schema: 'mimawari.stamp/1',
      result: 'passed',
      folders: [{ folder: join(share.root, '整った箱'), only: null }],
      counts: { files: 2, inOrder: 2, excepted: 0, textless: 0 },
      policyHash: expect.stringMatching(/^sha256:/u),
    });
    if (process.platform !== 'win32') expect(statSync(stamp('印.json')).mode & 0o777).toBe(0o600);
    share.put('整った箱/会議.txt', '来週の会議は第二会議室で行います。\n');
    check('整った箱', '--stamp', stamp('印.txt'));
    const text = readFileSync(stamp('印.txt'), 'utf8');
    expect(text).toMatch(/^個人情報ファイルの確認 {2}○ 問題なし\n/u);
    expect(text).not.toContain(first.filesHash);
  });

  it('of an earlier check is told when it no longer holds', () => {
    share.put('直す箱/予定.txt', '来週の会議は第二会議室で行います。\n');
    expect(check('直す箱', '--stamp', stamp('直す.txt')).code).toBe(0);
    share.put('直す箱/名簿.csv', roster(2));
    const again = check('直す箱', '--stamp', stamp('直す.txt'));
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining(`捨ててください: ${stamp('直す.txt')}`)]);
  });

  it.each([
    [['--as-of', '2015-02-01', '--stamp', 'x.txt'], '--as-of と同時に使えません'],
    [['--stamp', 'x.pdf'], '.txt、.html、.json のどれか'],
  ])('is refused with %j', (options, words) => {
    expect(check('整った箱', ...options)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(words) });
  });

  it('is refused below what is checked, before anything is read', () => {
    const made = check('整った箱', '--stamp', join(share.root, '整った箱/在庫/印.txt'));
    expect(made).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('確かめるフォルダー') });
  });
});

it('a thousand files end with a total and the names of those with something to do', () => {
  for (let at = 0; at < 1000; at++)
    share.put(`千/${String(at % 10)}/${at}.csv`, at % 100 === 7 ? roster(2, at) : `品名,数量\n品${at},${at}\n`);
  const { code, stdout } = share.run('check', join(share.root, '千'), '--lang', 'ja');
  expect(code).toBe(1);
  const [, list = ''] = stdout.split('\n× のファイル（10件）:\n');
  expect(list).toMatch(/\n合計 1,000件 {2}○ 990 {2}× 10 {2}？ 0 {2}－ 0\n× のファイルは、[^\n]*\n$/u);
  expect(list.match(/^ {2}7\/\d*07\.csv$|^ {2}7\/7\.csv$/gmu)).toHaveLength(10);
  // The same steps in full for the first five; then it is said where they stand.
  expect(stdout.match(/いますること:\n/gu)).toHaveLength(5);
  expect(stdout.match(/いますること: 上の「7\/107\.csv」と同じです。|いますること: 上の「.*」と同じです。/gu)).toHaveLength(5);
});

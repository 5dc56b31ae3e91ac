/** The morning after: mails by a real server on the loopback interface, figures, log lines, exit codes. Uses the compiled program in dist/. */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNameMask } from '../../src/cli/name-mask.js';
import { maskedOutput } from '../../src/cli/telling.js';
import { DEFAULT_POLICY } from '../../src/policy/policy.js';
import { mailWords } from '../../src/words/mail.js';
import { MailServer, makeCertificate, readMail } from '../kit/mail-server.js';
import { type Run, roster, Share } from '../kit/share.js';

const PASSWORD = 'geheim-8f3a-geheim';
let share: Share;
let server: MailServer;
beforeEach(() => {
  share = new Share();
  server = new MailServer();
  share.put('総務部/名簿.csv', roster(20));
  share.put('人事部/山田太郎_1234-567890.txt', 'なし\n');
  share.put('人事部/壊れ.pdf', '%PDF-1.4\n');
  share.put('共通/メモ.txt', 'なし\n');
});
afterEach(async () => {
  await server.stop();
  share.remove();
});

/** Beside this process, in which the server runs. One worker reads so few files sooner than two. */
const run = (...args: string[]): Promise<Run> => share.runBeside([...args, '--workers', '1'], { MAIL_PASSWORD: PASSWORD });

let configurations = 0;

function configure(smtp: string, rest = ''): string {
  const file = share.beside(`mimawari${configurations++}.yaml`);
  writeFileSync(
    file,
    `roots: [share]
inventory: state/i.db
lang: ja
limits: {priority: normal}
departments:
  - {name: 総務部, paths: [総務部/**], manager: soumu@example.jp}
  - {name: 人事部, paths: [人事部/**], manager: jinji@example.jp}
  - {name: 企画部, paths: [企画部/**]}
outputs: {prometheus: out/m.prom, log: json, csv: "out/{date}.csv"}
notify:
  administrators: [kanri@example.jp]
  departments: true
  smtp: {host: 127.0.0.1, port: ${server.port}, from: "見回り <mimawari@example.jp>", ${smtp}}
${rest}`,
  );
  return file;
}

describe('mails', () => {
  it('go to the administrators, and to each manager with the own rows only, masked and readable', async () => {
    await server.start();
    const { code, stdout, stderr } = await run('scan', '--config', configure('security: none'));
    expect([code, stderr]).toEqual([1, '']);
    expect(server.received.map(({ to }) => to)).toEqual([['kanri@example.jp'], ['soumu@example.jp'], ['jinji@example.jp']]);
    const [all, soumu, jinji] = server.received.map(({ raw }) => readMail(raw));
    expect(all!.head.get('subject')).toMatch(/^【見回り】\d{4}-\d{2}-\d{2}: 違反 2件、調べられなかったもの 1件$/u);
    expect(soumu!.head.get('subject')).toMatch(/ 総務部: 違反 1件、調べられなかったもの 0件$/u);
    expect(all!.head.get('from')).toBe('見回り <mimawari@example.jp>');
    expect(all!.head.get('auto-submitted')).toBe('auto-generated');
    expect(soumu!.text).toContain('・総務部/名簿.csv');
    expect(soumu!.text + soumu!.html).not.toMatch(/人事部|壊れ|共通/u);
    expect(jinji!.text + jinji!.html).not.toMatch(/総務部|名簿|共通/u);
    expect(jinji!.text).toContain('・人事部/山＊＊＊_＊＊＊＊-＊＊＊＊90.txt');
    expect(jinji!.text).toContain('壊れ.pdf');
    for (const { raw } of server.received) {
      const { text, html, head } = readMail(raw);
      const everything = [text, html, ...head.values(), raw].join('\n');
      expect(everything).not.toMatch(/山田太郎|1234-567890|架空|110\d-1000/u);
      // RFC 5322, 2.1.1: no line above 998 characters; all of it in seven bits.
      expect(raw.split('\r\n').every((line) => line.length <= 998 && /^[\t\x20-\x7e]*$/u.test(line))).toBe(true);
    }
    expect(JSON.parse(stdout)).toMatchObject({
      event: 'sweep',
      exitCode: 1,
      mailsSent: 3,
      mailsFailed: 0,
      openViolations: 2,
      notExamined: 1,
    });
    const figures = readFileSync(share.beside('out/m.prom'), 'utf8');
    expect(figures).toContain('mimawari_department_open_violations{department="総務部"} 1\n');
    expect(figures).toContain('mimawari_mails_sent 3\n');
    expect(statSync(share.beside('out/m.prom')).mode & 0o777).toBe(0o644);
  });

  it('count what is new and what is resolved since the night before, and tell of exceptions that end', async () => {
    await server.start();
    const items = [
      '人事部/山田*", reason: r, approver: 部長, expires: 2020-01-01',
      '企画部/無い/**", reason: r, approver: 部長, expires: 2999-01-01',
    ];
    const config = configure('security: none', `pile: {folder: 3}\nexceptions: [${items.map((item) => `{path: "${item}}`).join(', ')}]\n`);
    await run('scan', '--config', config);
    expect(readMail(server.received[0]!.raw).text).not.toContain('前回から');
    share.put('総務部/名簿.csv', '氏名\r\n');
    for (const name of ['い', 'ろ']) share.put(`人事部/${name}.csv`, roster(3, 60));
    server.received.length = 0;
    await run('scan', '--config', config);
    const [all, soumu, jinji] = server.received.map(({ raw }) => readMail(raw).text.replace(/[ \u3000]+/gu, ' '));
    expect(all).toMatch(/うち前回から増えたもの\D*2\n[\s\S]*前回から解消したもの\D*1\n/u);
    expect(soumu).toMatch(/増えたもの\D*0\n[\s\S]*解消したもの\D*1\n/u);
    expect(jinji).toMatch(/増えたもの\D*2\n[\s\S]*解消したもの\D*0\n/u);
    expect(all).toContain('2020-01-01 で終わったので');
    expect(all).toMatch(/企画部\/無い\/\*\*（承認: 部長）に当たるファイルで、個人情報のあるものはありません/u);
    expect(all).toContain('人事部: 一つのフォルダーに 4人（上限 3人）');
    // A department is told of piles and exceptions in its own folders alone.
    expect(soumu).not.toMatch(/2020-01-01|例外 |無い|集まりすぎ/u);
    expect(jinji).toContain('例外 人事部/山田*（承認: 部長）は 2020-01-01 で終わったので');
    expect(jinji).toContain('人事部: 一つのフォルダーに 4人（上限 3人）');
    expect(jinji).not.toMatch(/企画部|総務部/u);
  });

  it('stay away when nothing is to be told, or when they are not wanted', async () => {
    await server.start();
    const config = configure('security: none', '  when: findings\nexclude: [総務部/**, 人事部/**]\n');
    expect((await run('scan', '--config', config)).code).toBe(0);
    expect(server.received).toHaveLength(0);
    await run('scan', '--config', configure('security: none'), '--without-mail');
    expect(server.received).toHaveLength(0);
  });

  it('tell of an inventory that was damaged, and is kept under another name', async () => {
    await server.start();
    const config = configure('security: none');
    await run('scan', '--config', config, '--without-mail');
    const file = share.beside('state/i.db');
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xa5, 4096));
    writeFileSync(`${file}.suspect`, '');
    expect((await run('scan', '--config', config)).code).toBe(1);
    const { text } = readMail(server.received[0]!.raw);
    expect(text).toMatch(/state\/i\.db: 台帳が壊れていたので、.*\.damaged-/u);
    expect(text).toContain('この回は、初めての回と同じく、前の回とは比べません');
    // No count of what is new: there is nothing it could be counted from.
    expect(text).not.toContain(mailWords('ja').fresh);
    expect(readMail(server.received[1]!.raw).text).not.toContain('壊れていた');
  });

  it('tell the administrators of a night that could not begin', async () => {
    await server.start();
    const config = configure('security: none');
    renameSync(share.root, share.beside('moved'));
    expect((await run('scan', '--config', config)).code).toBe(2);
    expect(server.received.map(({ to }) => to)).toEqual([['kanri@example.jp']]);
    const { head, text } = readMail(server.received[0]!.raw);
    expect(head.get('subject')).toContain('見回りを実行できませんでした');
    expect(text).toContain(share.root);
  });

  it('that fail hide neither the result nor its exit code, and one that fails keeps back no other', async () => {
    await server.start({ refuse: 'soumu@example.jp' });
    const { code, stdout, stderr } = await run('scan', '--config', configure('security: none'));
    expect(code).toBe(1);
    expect(server.received.map(({ to }) => to)).toEqual([['kanri@example.jp'], ['jinji@example.jp']]);
    expect(stderr).toContain('メール 3通のうち 1通を送れませんでした');
    expect(JSON.parse(stdout)).toMatchObject({ mailsSent: 2, mailsFailed: 1 });
    await server.stop();
    const config = configure('security: none', 'exclude: [総務部/**, 人事部/**]\n');
    const gone = await run('scan', '--config', config, '--log', 'text');
    expect(gone.code).toBe(0);
    expect(gone.stdout).toMatch(/^mimawari: sweep complete exit=0 .* mails=0\/3\n$/u);
    expect(gone.stderr).toMatch(/ESOCKET|ECONNECTION/u);
  });

  it('are sent with TLS and a password, which is told nowhere', async () => {
    const certificate = makeCertificate(share.folder);
    if (!certificate) return;
    await server.start({ certificate, password: PASSWORD });
    const login = 'user: mimawari, passwordEnv: MAIL_PASSWORD';
    expect((await run('scan', '--config', configure(`security: starttls, caFile: cert.pem, ${login}`))).code).toBe(1);
    expect(server.received.map(({ secure, user }) => [secure, user])).toEqual(Array(3).fill([true, 'mimawari']));
    expect(await run('doctor', '--config', configure(`caFile: cert.pem, ${login}`))).toMatchObject({
      stdout: expect.stringContaining('につながりました'),
    });
    // Nobody vouches for the certificate: the password is not handed over.
    server.passwords.length = 0;
    const untrusted = await run('scan', '--config', configure(`security: starttls, ${login}`));
    expect([untrusted.code, server.passwords]).toEqual([1, []]);
    // A wrong password, out of a file.
    writeFileSync(share.beside('smtp-password'), 'falsch-77\n');
    const wrong = await run('scan', '--config', configure('caFile: cert.pem, user: mimawari, passwordFile: smtp-password'));
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('EAUTH 535')]);
    expect(server.passwords).toContain('falsch-77');
    for (const { stdout, stderr } of [untrusted, wrong]) expect(stdout + stderr).not.toMatch(new RegExp(`falsch-77|${PASSWORD}`, 'u'));
  });

  it('give no password to a server that does not speak TLS', async () => {
    await server.start({ password: PASSWORD });
    const { code, stderr } = await run('scan', '--config', configure('user: mimawari, passwordEnv: MAIL_PASSWORD'));
    expect([code, server.received, server.passwords]).toEqual([1, [], []]);
    expect(stderr).toContain('メール 3通のうち 3通を送れませんでした');
    const { code: exit, stdout } = await run('doctor', '--config', configure('user: mimawari, passwordFile: none'));
    expect([exit, stdout]).toEqual([0, expect.stringContaining('メールサーバー用の設定を読めません')]);
  });
});

it("a night that can't run is told by figures, log line and mail, by the parts of its configuration that have no fault", async () => {
  await server.start();
  const sound = configure('security: none');
  const text = readFileSync(sound, 'utf8');
  const configured = (content: string): string => {
    const file = share.beside(`night${configurations++}.yaml`);
    writeFileSync(file, content);
    return file;
  };
  const prom = share.beside('out/m.prom');
  expect((await run('scan', '--config', sound, '--quiet', '--without-mail')).code).toBe(1);
  expect(readFileSync(prom, 'utf8')).toContain('mimawari_open_violations 2\n');
  const inventory = share.beside('state/i.db');
  const { key, whole } = { key: readFileSync(`${inventory}.key`), whole: readFileSync(inventory) };
  const newer = Buffer.from(whole);
  // The head of the file holds the version (SQLite file format, 1.3).
  newer.writeUInt32BE(9_999, 60);
  type Night = [why: RegExp, faulty: string, args?: readonly string[], prepare?: () => void];
  const nights: Night[] = [
    [/:\d+:\d+: .*readersMax|「0」/u, `${text}readersMax: 0\n`],
    [/\d: 「kanri2」/u, text.replace('[kanri@example.jp]', '[kanri2, kanri@example.jp]')],
    [/YAML の書き方/u, `${text}exclude: [\n`],
    [/見回るフォルダー .* の中には置けません/u, text.replace('out/{date}.csv', 'share/x.csv')],
    [/そのようなフォルダー/u, text.replace('roots: [share]', 'roots: [gone]')],
    [/--no-such/u, text, ['--no-such']],
    [/この台帳の鍵が見つかりません/u, text, [], () => rmSync(`${inventory}.key`)],
    [/鍵ファイルではありません/u, text, [], () => writeFileSync(`${inventory}.key`, 'x')],
    [/新しい/u, text, [], () => writeFileSync(inventory, newer)],
  ];
  for (const [why, faulty, args = [], prepare] of nights) {
    server.received.length = 0;
    writeFileSync(prom, 'mimawari_open_violations 2\n');
    prepare?.();
    const { code, stdout } = await run('scan', '--config', configured(faulty), ...args);
    const figures = readFileSync(prom, 'utf8');
    const mail = server.received[0] && readMail(server.received[0].raw);
    expect([why, code, JSON.parse(stdout || '{}')]).toEqual([
      why,
      2,
      expect.objectContaining({ exitCode: 2, stopped: 'failed', why: expect.stringMatching(why) }),
    ]);
    // No figure of an earlier night is left to be taken for this one's.
    expect([why, figures]).toEqual([why, expect.stringMatching(/^mimawari_sweep_complete 0$[\s\S]*^mimawari_sweep_exit_code 2$/mu)]);
    expect([why, figures.includes('open_violations')]).toEqual([why, false]);
    expect([why, server.received.map(({ to }) => to), mail?.head.get('subject'), mail?.text]).toEqual([
      why,
      [['kanri@example.jp']],
      expect.stringContaining('見回りを実行できませんでした'),
      expect.stringMatching(why),
    ]);
    writeFileSync(`${inventory}.key`, key);
  }
  // Where the roots are not known, figures take no place where none were.
  rmSync(prom);
  expect((await run('scan', '--config', configured(text.replace('roots: [share]', 'rots: [share]')))).code).toBe(2);
  expect(existsSync(prom)).toBe(false);
}, 60_000);

describe('without a configuration', () => {
  it('a log line and figures can be had by options', async () => {
    const { code, stdout } = await run('scan', share.root, '--log', 'json', '--prometheus', share.beside('x.prom'), '--lang', 'en');
    expect([code, stdout.trim().split('\n')]).toEqual([1, [expect.stringMatching(/^\{.*\}$/u)]]);
    expect(readFileSync(share.beside('x.prom'), 'utf8')).not.toContain('department');
  });

  it('a sweep that could not begin has both, with its exit code and no name', async () => {
    const prom = share.beside('x.prom');
    const bad = share.beside('bad.yaml');
    writeFileSync(bad, 'limit: 3\n');
    const gone = share.beside('山田太郎_1234-567890');
    for (const [args, why] of [
      [[gone], '山＊＊＊'],
      [[share.root, '--config', bad], 'unknown key'],
      [[share.root, '--inventory', join(share.root, 'i.db')], 'lies below'],
    ] as const) {
      rmSync(prom, { force: true });
      const { code, stdout } = await run('scan', ...args, '--log', 'json', '--prometheus', prom, '--lang', 'en');
      expect([code, JSON.parse(stdout)]).toEqual([
        2,
        expect.objectContaining({
          event: 'sweep',
          level: 'error',
          exitCode: 2,
          complete: false,
          stopped: 'failed',
          why: expect.stringContaining(why),
        }),
      ]);
      expect(stdout).not.toMatch(/567890|[^\x20-\x7e\n]/u);
      expect(readFileSync(prom, 'utf8')).toMatch(/^mimawari_sweep_complete 0$[\s\S]*^mimawari_sweep_exit_code 2$/mu);
    }
    // Not below what was to be swept, whatever else was wrong.
    await run('scan', share.root, '--workers', '0', '--prometheus', join(share.root, 'x.prom'));
    expect(existsSync(join(share.root, 'x.prom'))).toBe(false);
  });

  it('a sweep that piles alone ended with exit 1 says so', async () => {
    const protectedRoster = share.beside('p.yaml');
    writeFileSync(protectedRoster, 'pile: {folder: 1}\n');
    rmSync(join(share.root, '人事部'), { recursive: true });
    chmodSync(join(share.root, '総務部/名簿.csv'), 0o600);
    const { code, stdout } = await run(
      'scan',
      share.root,
      '--config',
      protectedRoster,
      '--log',
      'json',
      '--prometheus',
      share.beside('x.prom'),
    );
    expect(code).toBe(1);
    expect(JSON.parse(stdout).piles).toBeGreaterThan(0);
    expect(readFileSync(share.beside('x.prom'), 'utf8')).toMatch(/^mimawari_piles [1-9]/mu);
  });

  it.each([
    [['--log', 'xml'], 'give json or text'],
    [['--log', 'json', '--json'], 'would mix'],
    [['--prometheus', 'x.txt'], 'must end in .prom'],
  ])('%j is refused', async (args, words) => {
    expect(await run('scan', share.root, ...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(words) });
  });
});

it('names of roots, exceptions, piles and reports that hold personal data stand raw in no mail and on no line of standard error', async () => {
  await server.start();
  const [root, gone] = ['鈴木一郎_1234-567891', '山田太郎_1234-567892'].map((name) => share.beside(name));
  mkdirSync(root!);
  writeFileSync(join(root!, '名簿.csv'), roster(5));
  const rest = `pile: {folder: 1}
exceptions:
  - {path: 佐藤花子_1234-567893.csv, reason: x, approver: 部長, expires: 2020-01-01}
  - {path: 伊藤花子_1234-567895.csv, reason: x, approver: 部長, expires: 2999-01-01}
`;
  const config = configure('security: none', rest);
  writeFileSync(
    config,
    readFileSync(config, 'utf8').replace('[share]', `[share, ${root}, ${gone}]`).replace('out/{date}.csv', '山田太郎_1234-567894.csv'),
  );
  const { code, stdout, stderr } = await run('scan', '--config', config);
  expect(code).toBe(2);
  const { text } = readMail(server.received[0]!.raw);
  expect([text, stderr]).toEqual([expect.stringMatching(/鈴＊＊＊[\s\S]*山＊＊＊/u), expect.stringContaining('山＊＊＊')]);
  expect(stderr).toContain('佐＊＊＊');
  expect(`${text}\n${stderr}\n${stdout}`).not.toMatch(/56789\d|鈴木|佐藤|山田/u);
});

it('masks in names what a sweep finds there, and leaves what is only a place', () => {
  const masked = createNameMask(DEFAULT_POLICY, Date.parse('2026-11-21'));
  expect(masked('人事部/山田太郎_1234-567890.txt')).toBe('人事部/山＊＊＊_＊＊＊＊-＊＊＊＊90.txt');
  expect(masked('総務部/会議資料/2026年度.xlsx')).toBe('総務部/会議資料/2026年度.xlsx');
  expect(masked('')).toBe('');
  // Of our own reports the day stays, and nothing else.
  const output = (file: string, pattern: string | null) => maskedOutput(file, pattern, masked);
  expect(output('/rep/2026-11-21.csv', '/rep/{date}.csv')).toBe('/rep/2026-11-21.csv');
  expect(output('/r/山田太郎/2026-11-21/1234-567890_2026-11-21.csv', '/r/山田太郎/{date}/1234-567890_{date}.csv')).toBe(
    '/r/山＊＊＊/2026-11-21/＊＊＊＊-＊＊＊＊90_2026-11-21.csv',
  );
  // Named on the command line: the date may be anybody's.
  for (const pattern of [null, '/rep/out.csv', '/other/{date}.csv']) expect(output('/rep/1950-11-21.csv', pattern)).not.toContain('1950');
});

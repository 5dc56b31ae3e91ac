/** `--passwords`: what it takes, and what becomes of locked files. Uses the compiled program in dist/. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parsePasswords } from '../../src/cli/passwords-option.js';
import { writeDoc } from '../kit/doc-writer.js';
import { encodedWord, joinParts, writeMail, writePart } from '../kit/mail-writer.js';
import { lockDocument } from '../kit/office-locker.js';
import { packArchive } from '../kit/seven-zip-writer.js';
import { roster, Share } from '../kit/share.js';

describe('parsePasswords', () => {
  const take = (text: string | Buffer): readonly string[] => parsePasswords(Buffer.from(text as string), 'list.txt');

  it('takes one a line, with or without byte order mark and carriage returns, each once', () => {
    expect(take('\ufeffひみつ\r\n\r\n with space \r\nlast\n\nlast')).toEqual(['ひみつ', ' with space ', 'last']);
    expect(take('x'.repeat(255))).toHaveLength(1);
    expect(take(Array.from({ length: 1000 }, (_, i) => `p${i}`).join('\n'))).toHaveLength(1000);
  });

  it.each([
    ['a\nb\n'.concat('x'.repeat(256)), /^list\.txt:3: longer than 255/],
    ['a\n\0', /^list\.txt:2: a control character/],
    [Buffer.from([0x61, 0x0a, 0x82, 0xa0]), /^list\.txt:2: not UTF-8/],
    [Array.from({ length: 1001 }, (_, i) => `p${i}`).join('\n'), /^list\.txt:1001: more than 1000/],
    ['\n\n', /^list\.txt: holds no password/],
  ])('refuses by file and line, without quoting: case %#', (text, words) => {
    expect(() => take(text)).toThrow(words);
  });
});

describe('--passwords', () => {
  let share: Share;
  beforeEach(() => {
    share = new Share();
  });
  afterEach(() => share.remove());

  const put = async (name: string, ...switches: string[]): Promise<void> => {
    share.put(
      name,
      await packArchive({ '名簿.csv': roster(5), 'メモ.txt': 'なし' }, [...switches, '名簿.csv'], [switches[0]!, 'メモ.txt']),
    );
  };
  const told = (files: readonly Record<string, unknown>[]): unknown[] =>
    files.map(({ path, member, examined, password, verdict }) => [path, member, examined, (password as { state: string }).state, verdict]);

  it('judges what opens by its content, and its members by the password around them', async () => {
    await put('a.zip', '-tzip', '-mem=AES256', '-phimitsu');
    share.put('b.zip', await packArchive({ '名簿.csv': roster(5) }, ['-tzip', '-mem=ZipCrypto', '-phimitsu', '名簿.csv']));
    share.put('c.7z', await packArchive({ '名簿.csv': roster(5) }, ['-t7z', '-mhe=on', '-phimitsu', '名簿.csv']));
    const inner = await packArchive({ '名簿.csv': roster(5) }, ['-tzip', '名簿.csv']);
    share.put('d.zip', await packArchive({ 'inner.zip': inner }, ['-tzip', '-mem=AES256', '-phimitsu', 'inner.zip']));
    const text = '基礎年金番号 1234-567890 氏名 見本 太郎 生年月日 昭和30年4月1日\r';
    share.put('e.doc', lockDocument(writeDoc({ body: [{ text }] }), 'cryptoapi-128', 'himitsu'));
    const list = share.beside('passwords.txt');
    writeFileSync(list, 'wrong\r\nhimitsu\r\n');

    const sealed = share.scan();
    expect(told(sealed.files)).toEqual([
      ['a.zip', null, 'partial', 'partial', 'sealed'],
      ['a.zip', 'メモ.txt', 'full', 'none', 'clear'],
      ['a.zip', '名簿.csv', 'none', 'set', 'sealed'],
      ['b.zip', null, 'none', 'weak', 'sealed'],
      ['c.7z', null, 'none', 'set', 'sealed'],
      ['d.zip', null, 'none', 'set', 'sealed'],
      ['e.doc', null, 'none', 'set', 'sealed'],
    ]);

    const { files, code, stdout, stderr } = share.scan('--passwords', list);
    expect(told(files)).toEqual([
      ['a.zip', null, 'full', 'partial', 'compliant'],
      ['a.zip', 'メモ.txt', 'full', 'none', 'clear'],
      ['a.zip', '名簿.csv', 'full', 'set', 'compliant'],
      ['b.zip', null, 'full', 'weak', 'compliant'],
      ['b.zip', '名簿.csv', 'full', 'weak', 'compliant'],
      ['c.7z', null, 'full', 'set', 'compliant'],
      ['c.7z', '名簿.csv', 'full', 'set', 'compliant'],
      ['d.zip', null, 'full', 'set', 'compliant'],
      ['d.zip', 'inner.zip', 'full', 'set', 'compliant'],
      ['d.zip', 'inner.zip/名簿.csv', 'full', 'set', 'compliant'],
      ['e.doc', null, 'full', 'set', 'compliant'],
    ]);
    expect(code).toBe(0);
    const kept = readFileSync(share.beside('inventory.db'), 'latin1');
    for (const text of [stdout, stderr, kept, JSON.stringify(files)]) expect(text).not.toContain('himitsu');
  }, 60_000);

  it('serves check and explain too, and ends with exit 2 for a bad list', async () => {
    await put('a.zip', '-tzip', '-mem=AES256', '-phimitsu');
    const list = share.beside('passwords.txt');
    writeFileSync(list, 'himitsu\n');
    const file = join(share.root, 'a.zip');
    expect(share.run('check', file, '--json').code).toBe(0);
    expect(share.run('check', file, '--json', '--passwords', list).code).toBe(0);
    expect(share.run('explain', file, '--json', '--passwords', list).stdout).toContain('pension-number');
    const missing = share.run('check', file, '--passwords', share.beside('missing.txt'));
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('missing.txt')]);
    mkdirSync(share.beside('folder'));
    expect(share.run('scan', share.root, '--passwords', share.beside('folder'), '--inventory', share.beside('i.db')).code).toBe(2);
  }, 60_000);
});

function mail(text: string, zip?: Buffer): Buffer {
  const parts = [writePart(['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit'], text)];
  const kind = ['Content-Type: application/zip', 'Content-Transfer-Encoding: base64'];
  const name = `Content-Disposition: attachment; filename="${encodedWord('utf-8', Buffer.from('名簿.zip'))}"`;
  if (zip) parts.push(writePart([...kind, name], zip.toString('base64')));
  return writeMail(['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="b"'], joinParts('b', parts));
}

describe('password-beside', () => {
  it('tells in which file of the same folder the password of a locked one stands, never its value', async () => {
    const share = new Share();
    const zip = await packArchive({ '名簿.csv': roster(3) }, ['-tzip', '-mem=AES256', '-phimitsu9', '名簿.csv']);
    for (const folder of ['甲', '乙', '丙']) share.put(`${folder}/名簿.zip`, zip);
    share.put('甲/送付の件.txt', '先ほどの名簿をお送りします。\nパスワードは himitsu9 です。\n');
    share.put('乙/パスワード.txt', '机の中\n');
    share.put('丙/メモ.txt', 'パスワードは別便で。\n');
    share.put('丁/名簿.doc', lockDocument(writeDoc({ body: [{ text: 'なし\r' }] }), 'rc4-40', 'himitsu9'));
    share.put('丁/連絡.eml', mail('名簿のパスワードは以下のとおりです。\r\n\r\nhimitsu9\r\n'));
    share.put('戊/名簿_pw1234.zip', zip);
    share.put('己/送付.eml', mail('添付のパスワード： himitsu9\r\n', zip));
    share.put('庚/送付.eml', mail('添付をご覧ください。\r\n', zip));
    const csv = share.beside('out.csv');
    const { files } = share.scan('--csv', csv);
    const sealed = files.filter(({ verdict, path, member }) => verdict === 'sealed' && (member !== null || !String(path).endsWith('.eml')));
    const told = sealed.map((file) => [file.path, file.member, file.reasons, file.passwordBeside]);
    expect(told.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))).toEqual([
      ['丁/名簿.doc', null, ['weak-password', 'password-beside'], '丁/連絡.eml'],
      ['丙/名簿.zip', null, [], undefined],
      ['乙/名簿.zip', null, ['password-beside'], '乙/パスワード.txt'],
      ['己/送付.eml', '名簿.zip', ['password-beside'], '己/送付.eml'],
      ['庚/送付.eml', '名簿.zip', [], undefined],
      ['戊/名簿_pw1234.zip', null, ['password-beside'], '戊/名簿_pw1234.zip'],
      ['甲/名簿.zip', null, ['password-beside'], '甲/送付の件.txt'],
    ]);
    const checked = share.run('check', share.root).stdout;
    expect(checked).toContain('甲/送付の件.txt)');
    expect([...checked.matchAll(/^(.) (\S+)$/gm)].map(([, mark, path]) => `${mark} ${path}`)).toContain('? 甲/名簿.zip');
    for (const [path, place] of [
      ['甲/名簿.zip', '(送付の件.txt)'],
      ['乙/名簿.zip', '(パスワード.txt)'],
    ])
      expect(share.run('explain', join(share.root, path!)).stdout).toContain(place);
    expect(share.run('explain', join(share.root, '丙/名簿.zip')).stdout).not.toContain('メモ.txt');
    for (const text of [readFileSync(csv, 'utf8'), readFileSync(share.beside('inventory.db'), 'latin1')])
      expect(text).not.toContain('himitsu9');
    expect(readFileSync(csv, 'utf8')).toContain('甲/送付の件.txt');
    share.remove();
  }, 60_000);
});

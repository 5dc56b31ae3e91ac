import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/container/memory-source.js';
import { csvExtractor } from '../../src/extract/csv.js';
import { detectEncoding } from '../../src/extract/encoding.js';
import { htmlExtractor } from '../../src/extract/html.js';
import { jsonExtractor } from '../../src/extract/json.js';
import { mailExtractor } from '../../src/extract/mail.js';
import { sniff } from '../../src/extract/sniff.js';
import { textExtractor } from '../../src/extract/text.js';
import { decodeUtf7, isUtf7, Utf7Decoder } from '../../src/extract/utf7.js';
import { readBlocks } from '../kit/read-blocks.js';
import { readMembers } from '../kit/read-members.js';

/** RFC 2152, rules 1 and 2: what is not ASCII in runs of base64, each ended by `-`. */
function encode(text: string): string {
  return text.replaceAll('+', '+-').replace(/[^\u0000-\u007f]+/g, (run) => {
    const bytes = Buffer.from(run, 'utf16le').swap16();
    return `+${bytes.toString('base64').replace(/=+$/, '')}-`;
  });
}

const ROSTER = '氏名,住所\n佐藤健一,東京都杉並区高井戸西3丁目\n鈴木花子,大阪府大阪市北区梅田1丁目\n';

describe('UTF-7', () => {
  it.each<[string, string, string]>([
    ['runs', '+bA9UDQ-', '氏名'],
    ['a run without its end sign', '+bA9UDQ,x', '氏名,x'],
    ['a byte order mark', '+/v9sD1QN-,', '氏名,'],
    ['a plus sign', '1 +- 1', '1 + 1'],
    ['what is no run', '+81-3-1234 a+b C++', '+81-3-1234 a+b C++'],
    ['signs that run into letters', '+ZeU-+bA9UDQ-', '日氏名'],
    ['bytes beyond ASCII', 'a\u0093', 'a\ufffd'],
  ])('decodes %s', (_title, text, expected) => {
    expect(decodeUtf7(text)).toBe(expected);
  });

  it('decodes pieces as it does the whole, wherever they are cut', () => {
    const bytes = Buffer.from(encode(ROSTER));
    for (let size = 1; size < bytes.length; size++) {
      const decoder = new Utf7Decoder();
      let text = '';
      for (let at = 0; at < bytes.length; at += size) text += decoder.decode(bytes.subarray(at, at + size));
      expect([size, text + decoder.end()]).toEqual([size, ROSTER]);
    }
  });

  it.each<[string, boolean]>([
    [encode(ROSTER), true],
    [`${encode('氏名\n佐藤健一')}`, true],
    ['tel +81-3-1234-5678, a+b, C++11', false],
    ['+bA9UDQ-', false],
    [`${encode('氏名\n佐藤健一')} q=a+Tk8x+ZmE9 b+Zm9vYmFy c+QmFyYmF6 +SGVsbG8h`, false],
    [`-----BEGIN CERTIFICATE-----\n${Buffer.from('x+y/z'.repeat(99)).toString('base64').replaceAll('e', '+')}\n`, false],
    ['q=hoken+nenkin&q=tokyo+internet&q=yamada+taro&q=list+kanji', false],
  ])('is told from other ASCII: %j', (text, expected) => {
    expect([isUtf7(text), detectEncoding(Buffer.from(text), true)]).toEqual([expected, expected ? 'utf-7' : 'utf-8']);
  });

  it('is read in tables, texts, JSON and pages', async () => {
    const expected = '氏名\t住所\n佐藤健一\t東京都杉並区高井戸西3丁目\n鈴木花子\t大阪府大阪市北区梅田1丁目';
    const csv = Buffer.from(encode(ROSTER));
    expect([sniff(memorySource('a.csv', csv)).format, (await readBlocks(csvExtractor, csv)).all]).toEqual(['csv', expected]);
    expect((await readBlocks(textExtractor, csv)).all.trim()).toBe(ROSTER.trim());
    const json = Buffer.from(encode('[{"氏名":"佐藤健一","住所":"杉並区"}]'));
    expect((await readBlocks(jsonExtractor, json)).all).toContain('佐藤健一');
    for (const label of ['', '<meta charset="utf-7">', '<meta charset="utf-8">']) {
      const page = Buffer.from(encode(`<html>${label}<p>氏名 佐藤健一</p><p>東京都杉並区</p></html>`));
      expect((await readBlocks(htmlExtractor, page)).all).toBe('氏名 佐藤健一\n東京都杉並区');
    }
  });

  it('is read far behind an ASCII head', async () => {
    const text = `${'line of ascii + more\n'.repeat(100_000)}`;
    const { all } = await readBlocks(textExtractor, Buffer.from(text + encode(ROSTER.repeat(2_000))));
    expect(all.split('佐藤健一').length).toBe(2_001);
  });

  it.each(['', '; charset=utf-7', '; charset=us-ascii'])('is read in mails%s', async (charset) => {
    const mail = `From: a\nSubject: b\nContent-Type: text/plain${charset}\n\n${encode('氏名 佐藤健一\n1 + 1')}`;
    expect((await readMembers(mailExtractor, Buffer.from(mail))).texts[1]).toBe('氏名 佐藤健一\n1 + 1');
  });
});

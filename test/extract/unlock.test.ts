/** Documents that open with a password of the list: xls, doc, ppt and OpenDocument. */
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import type * as SheetJs from 'xlsx';
import { cellText } from '../../detectors/contract.js';
import { decryptBlowfishCfb } from '../../src/container/blowfish.js';
import { codePageBytes } from '../../src/container/code-page.js';
import { memorySource } from '../../src/container/memory-source.js';
import { xorKey, xorVerifier } from '../../src/container/xor-office.js';
import { extractorsFor } from '../../src/extract/registry.js';
import { sniff } from '../../src/extract/sniff.js';
import type { Block, MemberBlock, Source } from '../../src/model.js';
import { checkPassword } from '../../src/protect/registry.js';
import { writeDoc } from '../kit/doc-writer.js';
import { writeOdf } from '../kit/odf-writer.js';
import { lockDocument, lockOdf, lockPresentation, lockWorkbook, type OdfLock, type OfficeScheme } from '../kit/office-locker.js';

/** What the first reader gives, members that are the same file again included. */
async function read(source: Source, passwords: readonly string[]): Promise<{ text: string; problems: string[] }> {
  const { format } = sniff(source);
  const texts: string[] = [];
  const problems: string[] = [];
  const context = {
    format,
    passwords,
    problem: (code: string, detail: string) => void problems.push(`${code}: ${detail}`),
    unpacked: () => undefined,
  };
  const reader = extractorsFor(format)[0];
  if (!reader) return { text: '', problems };
  for await (const block of reader.read(source, context) as AsyncIterable<Block | MemberBlock>) {
    if (block.kind === 'text') texts.push(block.text);
    else if (block.kind === 'table') for (const { rows } of block.rows) texts.push(...rows.map((row) => row.map(cellText).join('\t')));
    else {
      const inner = await read(block.source, passwords);
      texts.push(inner.text);
      problems.push(...inner.problems);
    }
  }
  return { text: texts.join('\n'), problems };
}

const LINE = '見本 太郎 1234-567890';

let made: Buffer | null = null;

function workbook(): Buffer {
  if (made) return made;
  const { utils, write } = createRequire(import.meta.url)('xlsx') as typeof SheetJs;
  const book = utils.book_new();
  // More than one block of the cipher.
  utils.book_append_sheet(book, utils.aoa_to_sheet([['氏名', '番号'], ...Array.from({ length: 80 }, (_, i) => [LINE, i])]), '名簿');
  made = write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer;
  return made;
}

function set(text: string): Buffer {
  const value = Buffer.from(`${text}\0`, 'utf16le');
  const head = Buffer.alloc(48);
  head.writeUInt16LE(0xfffe, 0);
  head.writeUInt32LE(1, 24);
  head.writeUInt32LE(48, 44);
  const section = Buffer.alloc(24);
  for (const [at, number] of [24 + value.length, 1, 2, 16, 0x1f, value.length / 2].entries()) section.writeUInt32LE(number, at * 4);
  return Buffer.concat([head, section, value]);
}

const atom = (type: number, content: Buffer, container = false): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(container ? 0xf : 0, 0);
  head.writeUInt16LE(type, 2);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content]);
};
const text = (chars: string): Buffer => atom(0x0fa0, Buffer.from(chars, 'utf16le'));
const page = atom(0x03f3, Buffer.from(Uint32Array.of(2, 0, 0, 256, 0).buffer));
const slides = [atom(0x03e8, atom(0x0ff0, Buffer.concat([page, text(LINE)]), true), true), atom(0x03ee, Buffer.alloc(0), true)];
const word = writeDoc({ body: [{ text: `${LINE}。`.repeat(60).concat('\r') }] });
const package_ = writeOdf({ body: `<text:p>${LINE}</text:p>`, entries: { 'Pictures/a.png': randomBytes(2000) } });

type Case = readonly [name: string, lock: (password: string) => Buffer, state: string, scheme: string];
const office = (scheme: OfficeScheme, state: string, told: string): Case[] => [
  [`xls ${scheme}`, (password) => lockWorkbook(workbook(), scheme, password), state, told],
  [`doc ${scheme}`, (password) => lockDocument(word, scheme, password), state, told],
];
const cases: readonly Case[] = [
  ...office('rc4-40', 'weak', 'rc4-40'),
  ...office('cryptoapi-128', 'set', 'rc4-cryptoapi-128'),
  ...office('xor', 'weak', 'xor'),
  ['ppt cryptoapi-40', (password) => lockPresentation(slides, 'cryptoapi-40', password), 'weak', 'rc4-cryptoapi-40'],
  ['ppt cryptoapi-128', (password) => lockPresentation(slides, 'cryptoapi-128', password), 'set', 'rc4-cryptoapi-128'],
  ['odt aes', (password) => lockOdf(package_, password), 'set', 'odf-aes256'],
  ['odt blowfish', (password) => lockOdf(package_, password, { cipher: 'blowfish' }), 'set', 'odf-blowfish'],
];

describe.each(cases)('%s', (_, lock, state, scheme) => {
  it('stays closed without its password and is read with it', async () => {
    const bytes = lock('himitsu9');
    const source = memorySource('file', bytes);
    expect(checkPassword(source, sniff(source).format)).toEqual({ state, scheme });
    await expect(read(source, ['wrong', 'ひみつ'])).rejects.toThrow(/^encrypted/);
    const copy = Buffer.from(bytes);
    const { text: found, problems } = await read(source, ['wrong', 'himitsu9']);
    expect(found).toContain(LINE);
    expect(problems).toEqual([]);
    // What lies in memory may be the file of the share.
    expect(bytes.equals(copy)).toBe(true);
  });
});

describe('documents that programs lock by themselves', () => {
  it('open without a list', async () => {
    expect((await read(memorySource('a.xls', lockWorkbook(workbook(), 'rc4-40', 'VelvetSweatshop')), [])).text).toContain(LINE);
    const ppt = lockPresentation(slides, 'cryptoapi-40', '/01Hannes Ruescher/01');
    expect((await read(memorySource('a.ppt', ppt), [])).text).toContain(LINE);
  });
});

describe('properties that are locked apart', () => {
  it('come with the document', async () => {
    const ppt = lockPresentation(slides, 'cryptoapi-128', 'himitsu9', set('見本の題'));
    const { text: found, problems } = await read(memorySource('a.ppt', ppt), ['himitsu9']);
    expect(found).toContain('見本の題');
    expect(problems).toEqual([]);
  });
});

describe('passwords that are not ASCII', () => {
  it('are tried in the code page of Japanese Windows where the scheme takes bytes', async () => {
    const bytes = Buffer.from('82d082dd82c2', 'hex');
    expect(codePageBytes('ひみつ')).toEqual([bytes]);
    expect(codePageBytes('髙①')).toEqual([Buffer.from('fbfc8740', 'hex')]);
    expect(codePageBytes('é')).toEqual([Buffer.from([0xe9])]);
    const locked = memorySource('a.xls', lockWorkbook(workbook(), 'xor', '', bytes));
    expect((await read(locked, ['ひみつ'])).text).toContain(LINE);
    expect((await read(memorySource('a.doc', lockDocument(word, 'rc4-40', 'ひみつ①')), ['ひみつ①'])).text).toContain(LINE);
  });
});

describe('OpenDocument', () => {
  it.each<[string, OdfLock, RegExp]>([
    ['too many rounds', { rounds: 2 ** 31 }, /^encrypted: odf: 2147483648 rounds/],
    ['no rounds', { rounds: 0 }, /^encrypted: odf: 0 rounds/],
    ['Argon2id with AES-GCM, as LibreOffice 24.8 may write', { derivation: 'urn:org#argon2id', cipher: 'aes256-gcm' }, /not supported/],
    ['AES-GCM', { cipher: 'aes256-gcm' }, /^encrypted: odf: aes256-gcm, which is not supported/],
  ])('tells why it is not opened: %s', async (_, lock, words) => {
    const locked = memorySource('a.odt', lockOdf(package_, 'himitsu9', lock));
    expect(checkPassword(locked, 'odt').state).toBe('set');
    await expect(read(locked, ['himitsu9'])).rejects.toThrow(words);
  });

  it('reads the rest where a part does not open, and tells it', async () => {
    const locked = lockOdf(package_, 'himitsu9', { apart: 'Pictures/a.png' });
    const { text: found, problems } = await read(memorySource('a.odt', locked), ['himitsu9']);
    expect(found).toContain(LINE);
    expect(problems).toEqual(['encrypted: odf: 1 of 3 parts']);
  });
});

describe('parts', () => {
  it('Blowfish gives its authors’ vectors', () => {
    const zeros = Buffer.alloc(8);
    const ones = Buffer.alloc(8, 0xff);
    expect(decryptBlowfishCfb(zeros, zeros, zeros).toString('hex')).toBe('4ef997456198dd78');
    expect(decryptBlowfishCfb(ones, ones, zeros).toString('hex')).toBe('51866fd5b85ecb8a');
  });

  it('the obfuscation’s key and verifier are those that Excel writes', () => {
    expect([xorKey(Buffer.from('abc')), xorVerifier(Buffer.from('abc'))]).toEqual([20810, 52250]);
  });

  it('damaged and hostile ones end in problems', async () => {
    for (const [, lock] of cases) {
      const bytes = lock('himitsu9');
      for (let step = 1; step < 7; step++) {
        const mutant = Buffer.from(step % 3 ? bytes : bytes.subarray(0, (bytes.length * step) >> 4));
        if (step % 3) for (let at = step * 7; at < mutant.length; at += 211) mutant[at] = mutant[at]! ^ (1 << (step % 8));
        await read(memorySource('file', mutant), ['himitsu9']).catch((error: unknown) => {
          expect(String(error)).toMatch(/^FileProblem/);
        });
      }
    }
  });
});

import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/container/memory-source.js';
import { openPdf } from '../../src/container/pdf.js';
import { parsePdfValue } from '../../src/container/pdf-object.js';
import { FileProblem } from '../../src/problem.js';
import { cpuMs } from '../kit/cpu-time.js';

const open = (text: string) => openPdf(memorySource('x.pdf', Buffer.from(text, 'latin1')));

function withTable(trailer: string, before = ''): string {
  const body = `${before}%PDF-1.6\n1 0 obj\n<< /Type /Catalog >>\nendobj\n7 0 obj\n<< /Filter /Standard /V 2 /R 3 /O (a\\)b) /U <0102> /P -4 >>\nendobj\n`;
  return `${body}xref\n0 1\n0000000000 65535 f \ntrailer\n${trailer}\nstartxref\n${body.length - before.length}\n%%EOF\n`;
}

describe('openPdf', () => {
  it('finds no encryption in a plain file', () => {
    expect(open(withTable('<< /Root 1 0 R /Size 8 >>')).encrypt).toBeNull();
  });

  it.each(['', 'mail header of a gateway\n'])('finds the encryption dictionary and the id, also behind %j', (before) => {
    const pdf = open(withTable('<< /Root 1 0 R /Encrypt 7 0 R /ID [<aabb> (cc)] >>', before));
    expect(pdf.encrypt?.get('R')).toBe(3);
    expect(pdf.encrypt?.get('O')).toEqual(Buffer.from('a)b'));
    expect(pdf.encrypt?.get('P')).toBe(-4);
    expect(pdf.id.toString('hex')).toBe('aabb');
  });

  it('reads a cross-reference stream', () => {
    const body = '%PDF-1.5\n7 0 obj <</Filter/Standard/R 6>> endobj\n';
    const pdf = open(
      `${body}9 0 obj <</Type/XRef/Root 1 0 R/Encrypt 7 0 R/Length 3>> stream\nabc\nendstream endobj\nstartxref\n${body.length}\n%%EOF`,
    );
    expect(pdf.encrypt?.get('R')).toBe(6);
  });

  it('lets the newest trailer rule', () => {
    const old = withTable('<< /Root 1 0 R >>');
    const update = `7 0 obj << /Filter /Standard /R 4 >> endobj\nxref\n0 0\ntrailer << /Root 1 0 R /Prev 10 /Encrypt 7 0 R >>\n`;
    const at = old.length + update.indexOf('xref');
    expect(open(`${old}${update}startxref\n${at}\n%%EOF`).encrypt?.get('R')).toBe(4);
  });

  it.each(['startxref\n999999\n%%EOF', 'startxref\nabc', ''])('searches the file when the cross-reference is broken: %j', (end) => {
    const text = withTable('<< /Root 1 0 R /Encrypt 7 0 R >>');
    expect(open(text.slice(0, text.indexOf('startxref')) + end).encrypt?.get('R')).toBe(3);
  });

  it('says so when there is no trailer, or no dictionary where one should be', () => {
    expect(() => open('%PDF-1.4\nnothing here')).toThrow(FileProblem);
    expect(() => open(withTable('<< /Root 1 0 R /Encrypt 99 0 R >>'))).toThrow(FileProblem);
  });

  it('takes linear time on hostile files', () => {
    const started = cpuMs();
    for (const piece of ['trailer ', '/XRef ', '7 0 obj ', '<<', '[', '(((', 'trailer<</Root 1 0 R/Encrypt 7 0 R>>']) {
      try {
        open(`%PDF-1.4\n${piece.repeat(200_000)}`);
      } catch (error) {
        expect(error).toBeInstanceOf(FileProblem);
      }
    }
    expect(cpuMs() - started).toBeLessThan(10_000);
  });
});

describe('parsePdfValue', () => {
  it.each([
    [
      '<</A/B#20C/D[1 -2.5 true null 3 0 R]>>',
      new Map<string, unknown>([
        ['A', '/B C'],
        ['D', [1, -2.5, true, null, { object: 3, generation: 0 }]],
      ]),
    ],
    ['(a(b)c\\051\\n\\\r\nd)', Buffer.from('a(b)c)\nd')],
    ['<48 65 6C6c6>', Buffer.from('Hell`')],
    ['% comment\n12', 12],
    [')', undefined],
  ])('%s', (text, value) => {
    expect(parsePdfValue(Buffer.from(text, 'latin1'), 0)).toEqual(value);
  });
});

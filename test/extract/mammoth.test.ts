import { describe, expect, it } from 'vitest';
import { docxExtractor } from '../../src/extract/docx.js';
import { mammothExtractor } from '../../src/extract/mammoth.js';
import { cell, paragraph, table, writeDocx } from '../kit/docx-writer.js';
import { readBlocks } from '../kit/read-blocks.js';

const BODY =
  paragraph('見本の', '一覧 &lt;写し&gt;') +
  table([cell('番号'), cell('氏名')], [cell('1234-567890'), cell('見本　花子')]) +
  paragraph('以上');

describe('second reader of Word documents', () => {
  it('gives lines, and tables with tabs', async () => {
    const { blocks } = await readBlocks(mammothExtractor, writeDocx({ body: BODY }));
    expect(blocks).toEqual([{ where: { line: 1 }, text: '見本の一覧 <写し>\n番号\t氏名\n1234-567890\t見本　花子\n以上' }]);
  });

  it('holds the same words as the first', async () => {
    const bytes = writeDocx({ body: BODY });
    const [first, second] = [await readBlocks(docxExtractor, bytes), await readBlocks(mammothExtractor, bytes)];
    expect(second.all).toBe(first.all);
  });

  it('cuts long text between lines', async () => {
    const lines = Array.from({ length: 4_000 }, (_, at) => `見本の行その${at} ${'あ'.repeat(30)}`);
    const { blocks } = await readBlocks(mammothExtractor, writeDocx({ body: lines.map((line) => paragraph(line)).join('') }));
    expect(blocks.length).toBeGreaterThan(1);
    expect(blocks.map((block) => block.text).join('\n')).toBe(lines.join('\n'));
    expect(lines[blocks[1]!.where.line! - 1]).toBe(blocks[1]?.text?.split('\n')[0]);
  });

  it('says damaged without quoting the file', async () => {
    await expect(readBlocks(mammothExtractor, writeDocx({ body: '<w:p><w:r>見本花子' }))).rejects.toMatchObject({
      code: 'damaged',
      detail: expect.not.stringContaining('見本'),
    });
  });
});

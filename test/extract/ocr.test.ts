import { describe, expect, it } from 'vitest';
import { findOcr, loadOcr } from '../../src/extract/ocr-engine.js';
import { linesOfSymbols, type OcrSymbol } from '../../src/extract/ocr-lines.js';
import { PdfDocument } from '../../src/extract/pdf-document.js';
import { joinRuns } from '../../src/extract/pdf-layout.js';
import { loadPdfium } from '../../src/extract/pdfium.js';

const CONTENT = 'BT /F 28 Tf 20 60 Td (1234-567890) Tj ET';
const PAGE = [
  '%PDF-1.4',
  '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
  '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
  '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 240 120]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>endobj',
  `4 0 obj<</Length ${CONTENT.length}>>stream\n${CONTENT}\nendstream endobj`,
  '5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj',
  'trailer<</Root 1 0 R>>',
  '%%EOF',
].join('\n');

async function drawnPage() {
  const document = new PdfDocument(await loadPdfium(), Buffer.from(PAGE), []);
  try {
    return document.picture(0);
  } finally {
    document.close();
  }
}

/** Characters in a row, 20 pixels high, each `wide` from the last. */
function row(text: string, left: number, top: number, wide = 20, confidence = 90): OcrSymbol[] {
  return [...text].map((one, index) => ({
    text: one,
    confidence,
    left: left + index * wide,
    right: left + index * wide + wide - 3,
    top,
    bottom: top + 18,
    line: null,
  }));
}

function asLine(symbols: OcrSymbol[]): OcrSymbol[] {
  return symbols.map((symbol, index) => (index === 0 ? { ...symbol, line: { top: symbol.top, bottom: symbol.bottom } } : symbol));
}

describe('lines of characters that OCR found', () => {
  it('have a space where a gap is, and none between the words of the engine', () => {
    const symbols = asLine([...row('佐藤', 0, 0), ...row('花子', 60, 0), ...row('1234', 160, 0, 10)]);
    expect(linesOfSymbols(symbols).map((line) => joinRuns(line.runs))).toEqual(['佐藤 花子\t1234']);
  });

  it('part a number from the date before it', () => {
    const symbols = asLine([...row('4月1日', 0, 0), ...row('1234', 82, 0, 10)]);
    expect(linesOfSymbols(symbols).map((line) => joinRuns(line.runs))).toEqual(['4月1日 1234']);
  });

  it('stand in their order down the page; specks are none', () => {
    const symbols = [...asLine(row('下', 0, 90)), ...asLine(row('塵芥', 0, 50, 20, 10)), ...asLine(row('上', 0, 0))];
    expect(linesOfSymbols(symbols).map((line) => joinRuns(line.runs))).toEqual(['上', '下']);
  });
});

describe('OCR', () => {
  it('sees a page of a PDF as it is printed', async () => {
    const { widthPx, heightPx, dpi, grey } = await drawnPage();
    expect([widthPx, heightPx, Math.round(dpi)]).toEqual([1000, 500, 300]);
    const dark = grey.reduce((count, one) => count + (one < 128 ? 1 : 0), 0);
    expect(dark / grey.length).toBeGreaterThan(0.01);
    expect(dark / grey.length).toBeLessThan(0.2);
    expect(grey[0]).toBe(255);
  });

  it('tells what to install where its packages are missing', async () => {
    if (findOcr() !== null) return;
    await expect(loadOcr()).rejects.toMatchObject({ code: 'needs-ocr', detail: expect.stringContaining('npm install') });
  });

  it.skipIf(findOcr() === null)('reads a number off a drawn page', async () => {
    const raster = await drawnPage();
    const page = (await loadOcr()).recognise(raster, Date.now() + 20_000);
    expect(page.lines.map((line) => joinRuns(line.runs)).join('\n')).toContain('1234-567890');
  });
});

/**
 * Second reader of PDF, asked for what PDFium refuses: pdf-parse on pdf.js. It gives the text of each page in lines, with tabs between cells; no tables.
 */
import { limits } from '../limits.js';
import type { Block, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { foldVerticalForms, pdfJsOptions, pdfJsProblem } from './pdf-js.js';

export const pdfParseExtractor: Extractor = { id: 'pdf-parse', version: 2, formats: ['pdf'], read };

async function* read(source: Source, context: ExtractContext): AsyncIterable<Block> {
  const content = source.whole();
  // Where there is no object there is nothing to be read, and looking for some takes pdf.js all memory (ISO 32000-1 7.3.10).
  if (!content.includes('obj')) throw new FileProblem('damaged', 'pdf: no objects');
  const parser = await openParser(content);
  try {
    const { pages, total } = await parser.getText({ pageJoiner: '', first: limits.pagesMax });
    let chars = 0;
    for (const page of pages) {
      if (page.text.length > limits.pageCharsMax)
        context.problem('too-large', `page ${page.num}: more than ${limits.pageCharsMax} characters`);
      const text = foldVerticalForms(page.text.slice(0, limits.pageCharsMax));
      chars += text.trim().length;
      if (text.trim() !== '') yield { kind: 'text', where: { page: page.num, line: 1 }, text };
    }
    if (total > limits.pagesMax) context.problem('too-large', `${total} pages, read ${limits.pagesMax}`);
    if (chars === 0) context.problem('needs-ocr', `no text on any of ${total} pages`);
  } catch (error) {
    throw pdfJsProblem(error);
  } finally {
    await parser.destroy().catch(() => undefined);
  }
}

async function openParser(content: Buffer) {
  // Loaded when needed only: it brings a native canvas of some 30 MB.
  const { PDFParse, VerbosityLevel } = await import('pdf-parse');
  const options = { ...pdfJsOptions(), verbosity: VerbosityLevel.ERRORS };
  // A copy: pdf.js takes the buffer away from its owner.
  return new PDFParse({ ...options, data: new Uint8Array(content) });
}

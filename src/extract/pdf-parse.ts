/**
 * Second reader of PDF, asked for what PDFium refuses: pdf-parse on pdf.js. It gives the text of each page in lines, with tabs between cells; no tables.
 */
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { limits } from '../limits.js';
import type { Block, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';

export const pdfParseExtractor: Extractor = { id: 'pdf-parse', version: 1, formats: ['pdf'], read };

async function* read(source: Source, context: ExtractContext): AsyncIterable<Block> {
  const parser = await openParser(source.whole(), undefined);
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
    throw problemOf(error);
  } finally {
    await parser.destroy().catch(() => undefined);
  }
}

/** The text of single pages, counted from 1, by their numbers. Throws FileProblem('damaged' | 'encrypted'). */
export async function readPageTexts(content: Buffer, pages: readonly number[], password: string | undefined): Promise<Map<number, string>> {
  const parser = await openParser(content, password);
  try {
    const texts = new Map<number, string>();
    const result = await parser.getText({ pageJoiner: '', lineEnforce: false, cellSeparator: '', partial: [...pages] });
    for (const page of result.pages) texts.set(page.num, joinSingles(foldVerticalForms(page.text.slice(0, limits.pageCharsMax))));
    return texts;
  } catch (error) {
    throw problemOf(error);
  } finally {
    await parser.destroy().catch(() => undefined);
  }
}

async function openParser(content: Buffer, password: string | undefined) {
  // Loaded when needed only: it brings a native canvas of some 30 MB.
  const { PDFParse, VerbosityLevel } = await import('pdf-parse');
  const options = {
    ...fontOptions(),
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    verbosity: VerbosityLevel.ERRORS,
  };
  // A copy: pdf.js takes the buffer away from its owner.
  return new PDFParse({ ...options, data: new Uint8Array(content), ...(password !== undefined && { password }) });
}

/** Punctuation turned for vertical writing (U+FE10 and U+FE30 on) becomes what it is in a line. */
function foldVerticalForms(text: string): string {
  return text.replace(/[\ufe10-\ufe19\ufe30-\ufe48]/g, (char) => char.normalize('NFKC'));
}

/** Vertical text that was set character by character comes with each on a line of its own. */
function joinSingles(text: string): string {
  return text.replace(/(?:^|(?<=\n))(?:\S\n){2,}\S?/g, (singles) => `${singles.replaceAll('\n', '')}\n`);
}

/**
 * Without the character maps pdf.js gives no Japanese at all for fonts that are not embedded, and says nothing. They must come from the copy of
 * pdfjs-dist that pdf-parse itself uses: another version's maps may not fit.
 */
function fontOptions(): { cMapUrl: string; cMapPacked: true; standardFontDataUrl: string } {
  const require = createRequire(import.meta.url);
  const folder = dirname(createRequire(require.resolve('pdf-parse')).resolve('pdfjs-dist/package.json'));
  return { cMapUrl: join(folder, 'cmaps') + sep, cMapPacked: true, standardFontDataUrl: join(folder, 'standard_fonts') + sep };
}

/** pdf.js tells what is wrong by the class of its errors; their text may quote the file. */
function problemOf(error: unknown): unknown {
  if (error instanceof FileProblem) return error;
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException') return new FileProblem('encrypted', 'needs a password to open');
  if (/^(InvalidPDF|Format|Unknown|Response|Abort)(Exception|ErrorException|Error)$/.test(name))
    return new FileProblem('damaged', `pdf.js: ${name}`);
  return error;
}

/** The number formats of a workbook's cell styles (ECMA-376-1, 18.8). Nothing else of a style changes what a cell says. */
import { XmlCursor } from '../container/xml.js';
import { builtInCode, createNumberFormat, GENERAL, type NumberFormat } from './number-format.js';

/** Excel ends at 65,490 styles. */
const STYLES_MAX = 1_000_000;

/** One format for each cell style, in the order of their numbers. Throws FileProblem where the part breaks off. */
export function readFormats(pieces: Iterable<Buffer>, is1904: boolean): readonly NumberFormat[] {
  const codes = new Map<number, string>();
  const ids: number[] = [];
  const cursor = new XmlCursor(pieces);
  let inCellFormats = false;
  try {
    while (ids.length < STYLES_MAX && cursor.next()) {
      const name = cursor.name();
      if (name === 'cellXfs') inCellFormats = !cursor.closing && !cursor.selfClosing;
      else if (cursor.closing) continue;
      else if (name === 'xf' && inCellFormats) ids.push(Number(cursor.attribute('numFmtId') ?? 0));
      else if (name === 'numFmt') codes.set(Number(cursor.attribute('numFmtId')), cursor.attribute('formatCode') ?? 'General');
    }
  } finally {
    cursor.close();
  }
  return formatsOf(ids, codes, is1904);
}

/** The formats of styles by the numbers of their formats; `codes` are those that the workbook brings itself. */
export function formatsOf(ids: readonly number[], codes: ReadonlyMap<number, string>, is1904: boolean): readonly NumberFormat[] {
  const known = new Map<number, NumberFormat>();
  return ids.map((id) => {
    let format = known.get(id);
    if (!format) {
      const code = codes.get(id) ?? builtInCode(id);
      format = code === 'General' ? GENERAL : createNumberFormat(code, is1904);
      known.set(id, format);
    }
    return format;
  });
}

/** Writes small workbooks for tests from pieces of their XML, so that every odd notation can be tried. */
import { writeZip, type ZipFile } from './zip-writer.js';

export interface WorkbookSheet {
  readonly name: string;
  /** What stands between `<sheetData>` and its end. */
  readonly rows: string;
  /** What stands behind `</sheetData>`. */
  readonly tail?: string;
  readonly state?: 'hidden' | 'veryHidden';
  /** Relationships of the sheet: type's last word, and target. */
  readonly relations?: readonly (readonly [string, string])[];
}

export interface WorkbookPieces {
  readonly sheets: readonly WorkbookSheet[];
  /** `<si>` elements. */
  readonly strings?: string;
  /** Format codes of the cell styles from 1 on; a number is a built-in format. */
  readonly formats?: readonly (string | number)[];
  readonly is1904?: boolean;
  readonly parts?: Readonly<Record<string, string | Buffer>>;
  /** Changes each XML part before it is written. */
  readonly change?: (xml: string, name: string) => string | Buffer;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

export function writeWorkbook(pieces: WorkbookPieces): Buffer {
  const files = new Map<string, string | Buffer>();
  const { sheets } = pieces;
  files.set('[Content_Types].xml', contentTypes(sheets.length));
  files.set('_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']]));
  files.set('xl/workbook.xml', workbook(pieces));
  // Order of relationships and numbers of parts run against the order of the sheets on purpose.
  const targets = sheets.map((_sheet, index) => ['worksheet', `worksheets/sheet${sheets.length - index}.xml`] as const);
  const others = [['sharedStrings', 'sharedStrings.xml'] as const, ['styles', 'styles.xml'] as const];
  files.set('xl/_rels/workbook.xml.rels', relations([...targets, ...others]));
  for (const [index, sheet] of sheets.entries()) {
    const part = `sheet${sheets.length - index}.xml`;
    files.set(`xl/worksheets/${part}`, `<worksheet xmlns="${MAIN}"><sheetData>${sheet.rows}</sheetData>${sheet.tail ?? ''}</worksheet>`);
    if (sheet.relations) files.set(`xl/worksheets/_rels/${part}.rels`, relations(sheet.relations));
  }
  files.set('xl/styles.xml', styles(pieces.formats ?? []));
  files.set('xl/sharedStrings.xml', `<sst xmlns="${MAIN}">${pieces.strings ?? ''}</sst>`);
  for (const [name, content] of Object.entries(pieces.parts ?? {})) files.set(name, content);
  const { change } = pieces;
  const zipFiles: ZipFile[] = [...files].map(([name, content]) => ({
    name,
    content: change && typeof content === 'string' ? change(content, name) : content,
  }));
  return writeZip(zipFiles);
}

function contentTypes(sheets: number): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const parts = [
    ['/xl/workbook.xml', `${type}.sheet.main+xml`],
    ['/xl/styles.xml', `${type}.styles+xml`],
    ['/xl/sharedStrings.xml', `${type}.sharedStrings+xml`],
    ...Array.from({ length: sheets }, (_, index) => [`/xl/worksheets/sheet${index + 1}.xml`, `${type}.worksheet+xml`]),
  ];
  const overrides = parts.map(([name, kind]) => `<Override PartName="${name}" ContentType="${kind}"/>`).join('');
  return `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides}</Types>`;
}

function workbook({ sheets, is1904 }: WorkbookPieces): string {
  const list = sheets.map((sheet, index) => {
    const state = sheet.state ? ` state="${sheet.state}"` : '';
    return `<sheet name="${sheet.name}" sheetId="${index + 1}"${state} r:id="rId${index + 1}"/>`;
  });
  return `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr${is1904 ? ' date1904="1"' : ''}/><sheets>${list.join('')}</sheets></workbook>`;
}

function relations(list: readonly (readonly [string, string])[]): string {
  const each = list.map(([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`);
  return `<Relationships xmlns="${PACKAGE}">${each.join('')}</Relationships>`;
}

function styles(formats: readonly (string | number)[]): string {
  const escaped = (code: string) => code.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  const codes = formats.map((format, index) =>
    typeof format === 'string' ? `<numFmt numFmtId="${200 + index}" formatCode="${escaped(format)}"/>` : '',
  );
  const xfs = formats.map((format, index) => `<xf numFmtId="${typeof format === 'string' ? 200 + index : format}" applyNumberFormat="1"/>`);
  const empty = '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>';
  return `<styleSheet xmlns="${MAIN}"><numFmts>${codes.join('')}</numFmts>${empty}<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${xfs.join('')}</cellXfs></styleSheet>`;
}

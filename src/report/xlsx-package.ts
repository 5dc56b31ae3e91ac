/** The parts of a workbook beside its sheets: styles, names, relations, properties (ECMA-376 parts 1 and 2). */
import { escapeXml, RELATIONS, XML_HEAD } from './sheet-xml.js';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export interface PackageSheet {
  readonly name: string;
  /** Of its part, `xl/worksheets/sheetN.xml`. */
  readonly number: number;
  /** The range of its filter, for the hidden name by which Excel finds it; null without one. */
  readonly filter: string | null;
}

/** In the order of STYLE (sheet-xml.ts). */
export function stylesXml(): string {
  const fonts = [
    '<font><sz val="11"/><name val="Yu Gothic"/></font>',
    '<font><b/><sz val="11"/><name val="Yu Gothic"/></font>',
    '<font><b/><sz val="14"/><name val="Yu Gothic"/></font>',
    '<font><b/><sz val="11"/><color rgb="FFC00000"/><name val="Yu Gothic"/></font>',
    '<font><u/><sz val="11"/><color rgb="FF0563C1"/><name val="Yu Gothic"/></font>',
  ];
  const fills = [
    '<fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',
    '<fill><patternFill patternType="solid"><fgColor rgb="FFDDE6F0"/><bgColor indexed="64"/></patternFill></fill>',
  ];
  const formats = [
    '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/>',
    '<numFmt numFmtId="165" formatCode="0.0"/>',
    '<numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd"/>',
  ];
  // 49 is "@": a text stays one when its cell is edited; 3 is "#,##0".
  const styles: readonly (readonly [format: number, font: number, fill: number])[] = [
    [0, 0, 0],
    [49, 0, 0],
    [164, 0, 0],
    [3, 0, 0],
    [165, 0, 0],
    [49, 1, 2],
    [166, 0, 0],
    [49, 2, 0],
    [49, 3, 0],
    [49, 3, 0],
    [49, 4, 0],
  ];
  const xfs = styles.map(
    ([format, font, fill]) =>
      `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>`,
  );
  const list = (tag: string, items: readonly string[]) => `<${tag} count="${items.length}">${items.join('')}</${tag}>`;
  return `${XML_HEAD}<styleSheet xmlns="${MAIN}">${list('numFmts', formats)}${list('fonts', fonts)}${list('fills', fills)}<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>${list('cellXfs', xfs)}<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}

export function workbookXml(sheets: readonly PackageSheet[]): string {
  const entries = sheets.map(({ name, number }, at) => `<sheet name="${escapeXml(name)}" sheetId="${at + 1}" r:id="rId${number}"/>`);
  const names = sheets.flatMap(({ name, filter }, at) => {
    if (filter === null) return [];
    const place = `'${name.replaceAll("'", "''")}'!`;
    const range = filter.replace(/([A-Z]+)(\d+)/g, '$$$1$$$2');
    return [
      `<definedName name="_xlnm._FilterDatabase" localSheetId="${at}" hidden="1">${escapeXml(place + range)}</definedName>`,
      `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">${escapeXml(`${place}$1:$1`)}</definedName>`,
    ];
  });
  return `${XML_HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${entries.join('')}</sheets>${names.length > 0 ? `<definedNames>${names.join('')}</definedNames>` : ''}</workbook>`;
}

export function workbookRelsXml(sheets: readonly PackageSheet[]): string {
  const one = (id: string, type: string, target: string) => `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
  const all = [
    ...sheets.map(({ number }) => one(`rId${number}`, 'worksheet', `worksheets/sheet${number}.xml`)),
    one('rIdStyles', 'styles', 'styles.xml'),
    one('rIdStrings', 'sharedStrings', 'sharedStrings.xml'),
  ];
  return `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}</Relationships>`;
}

export function contentTypesXml(sheets: readonly PackageSheet[]): string {
  const one = (part: string, type: string) => `<Override PartName="${part}" ContentType="${type}"/>`;
  const all = [
    one('/xl/workbook.xml', `${OFFICE}.sheet.main+xml`),
    ...sheets.map(({ number }) => one(`/xl/worksheets/sheet${number}.xml`, `${OFFICE}.worksheet+xml`)),
    one('/xl/styles.xml', `${OFFICE}.styles+xml`),
    one('/xl/sharedStrings.xml', `${OFFICE}.sharedStrings+xml`),
    one('/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'),
  ];
  return `${XML_HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${all.join('')}</Types>`;
}

export function packageRelsXml(): string {
  return `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`;
}

/** The mark of confidence stands in the properties too, where systems that sort documents look for it. */
export function corePropertiesXml(title: string, mark: string, createdMs: number): string {
  const created = new Date(createdMs).toISOString().replace(/\.\d+Z$/, 'Z');
  return `${XML_HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escapeXml(title)}</dc:title><dc:subject>${escapeXml(mark)}</dc:subject><dc:creator>mimawari</dc:creator><cp:category>${escapeXml(mark)}</cp:category><dcterms:created xsi:type="dcterms:W3CDTF">${created}</dcterms:created></cp:coreProperties>`;
}

/** `texts` are as `cellText` gives them, in the order of their indexes. */
export function* sharedStringsXml(texts: Iterable<string>): Generator<string> {
  yield `${XML_HEAD}<sst xmlns="${MAIN}">`;
  for (const text of texts) yield `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`;
  yield '</sst>';
}

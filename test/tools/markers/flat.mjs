/** A workbook in one XML file, as Excel 2003 wrote it, with a marker in each place. */
import { Planting } from './planting.mjs';

export function plantXmlSpreadsheet() {
  const planting = new Planting('xml-spreadsheet');
  const mark = (place, options) => planting.mark(place, options);
  const copy = { copy: true };
  const data = (text) => `<Data ss:Type="String">${text}</Data>`;
  const rows = [
    `<Cell>${data(mark('cell'))}<Comment ss:Author="${mark('comment: author')}"><ss:Data>${mark('comment')}</ss:Data></Comment></Cell>`,
    `<Cell ss:HRef="mailto:${mark('link: target', copy)}@example.jp" x:HRefScreenTip="${mark('link: tip', copy)}">${data('x')}</Cell>`,
    `<Cell ss:Formula="=IF(RC[-1]=1,&quot;${mark('text in a formula', copy)}&quot;,&quot;&quot;)">${data(mark('result of a formula'))}</Cell>`,
  ];
  const options = `<x:WorksheetOptions><x:PageSetup><x:Header x:Data="&amp;L${mark('header')}"/><x:Footer x:Data="&amp;L${mark('footer')}"/></x:PageSetup></x:WorksheetOptions>`;
  const rest = `<x:DataValidation><x:Type>List</x:Type><x:Value>"${mark('list of allowed values')},x"</x:Value><x:InputTitle>${mark('prompt of a cell: title')}</x:InputTitle><x:InputMessage>${mark('prompt of a cell')}</x:InputMessage><x:ErrorMessage>${mark('refusal of a cell')}</x:ErrorMessage></x:DataValidation><x:AutoFilter><x:AutoFilterColumn><x:AutoFilterCondition x:Value="${mark('filter: value', copy)}"/></x:AutoFilterColumn></x:AutoFilter>`;
  const hidden = `<Worksheet ss:Name="隠し"><Table><Row><Cell>${data(mark('cell of a hidden sheet'))}</Cell></Row></Table><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>`;
  const xml = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:o="urn:schemas-microsoft-com:office:office"><o:DocumentProperties><o:Title>${mark('property: title')}</o:Title><o:Description>${mark('property: comment')}</o:Description></o:DocumentProperties><Names><NamedRange ss:Name="${mark('defined name')}" ss:RefersTo="=&quot;${mark('defined name: its text')}&quot;"/></Names><Worksheet ss:Name="S"><Table>${rows.map((row) => `<Row>${row}</Row>`).join('')}</Table>${options}${rest}</Worksheet>${hidden}</Workbook>`;
  return planting.file(Buffer.from(xml));
}

/** Places in Office packages that stand in attributes and in small parts: alternative texts, tips, filters, connections, fields, tags. */
import { HEAD, outsideRelations } from './planting.mjs';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const COPY = { copy: true };

/** What describes a shape. */
export const described = (mark) =>
  `descr="${mark('alternative text')}" title="${mark('alternative text: title')}"><a:hlinkClick r:id="r9" tooltip="${mark('tip of a shape')}"/`;

/** Behind the rows of a sheet in XML. */
export const sheetStrays = (mark) =>
  `<autoFilter ref="A1:B9"><filterColumn colId="0"><filters><filter val="${mark('filter: value', COPY)}"/></filters></filterColumn><filterColumn colId="1"><customFilters><customFilter val="${mark('filter: condition', COPY)}"/></customFilters></filterColumn></autoFilter>` +
  `<scenarios><scenario name="${mark('scenario: name', COPY)}" comment="${mark('scenario: comment', COPY)}"><inputCells r="A1" val="${mark('scenario: value', COPY)}"/></scenario></scenarios>` +
  `<customSheetViews><customSheetView guid="{1}"><headerFooter><oddHeader>&amp;L${mark('header of a view')}</oddHeader></headerFooter></customSheetView></customSheetViews>` +
  `<conditionalFormatting><cfRule type="containsText" text="${mark('conditional format: text', COPY)}"><formula>NOT(ISERROR(SEARCH("${mark('conditional format: formula', COPY)}",A1)))</formula></cfRule></conditionalFormatting>` +
  `<dataValidations count="1"><dataValidation type="list" promptTitle="${mark('prompt of a cell: title')}" errorTitle="${mark('refusal of a cell: title')}" error="${mark('refusal of a cell')}" sqref="B9"><formula1>A1</formula1></dataValidation></dataValidations>` +
  `<hyperlinks><hyperlink ref="A1" r:id="r8" display="${mark('link: text', COPY)}" tooltip="${mark('link: tip', COPY)}" location="${mark('link: place', COPY)}"/></hyperlinks>` +
  `<extLst><ext><x14:dataValidations xmlns:x14="urn:x14" xmlns:xm="urn:xm"><x14:dataValidation><x14:formula1><xm:f>"${mark('list of allowed values, newer')},x"</xm:f></x14:formula1></x14:dataValidation></x14:dataValidations></ext></extLst>`;

export const formulaCell = (mark) => `<row r="4"><c r="A4"><f>IF(B1=1,"${mark('text in a formula', COPY)}","x")</f><v>0</v></c></row>`;

/** Small parts of a workbook that are XML in both packages. */
export const bookStrays = (mark) => ({
  'xl/slicerCaches/slicerCache1.xml': `${HEAD}<slicerCacheDefinition xmlns="${MAIN}" name="x" sourceName="${mark('slicer: field', COPY)}"><data><olap><levels><level><ranges><range><i n="${mark('slicer: value', COPY)}"/></range></ranges></level></levels></olap></data></slicerCacheDefinition>`,
  'xl/slicers/slicer1.xml': `${HEAD}<slicers xmlns="${MAIN}"><slicer name="x" caption="${mark('slicer: caption', COPY)}"/></slicers>`,
  'xl/ctrlProps/ctrlProp1.xml': `${HEAD}<formControlPr xmlns="${MAIN}" objectType="Drop"><itemLst><item val="${mark('choice of a control')}"/></itemLst></formControlPr>`,
  'xl/richData/rdrichvalue.xml': `${HEAD}<rvData xmlns="${MAIN}"><rv s="0"><v>${mark('linked data', COPY)}</v></rv></rvData>`,
  'xl/future/part1.xml': `${HEAD}<x xmlns="urn:x" name="${mark('part of an unknown sort: attribute', COPY)}"><y>${mark('part of an unknown sort: text', COPY)}</y></x>`,
  'xl/drawings/_rels/drawing2.xml.rels': outsideRelations([
    ['hyperlink', `file:///\\\\srv\\${encodeURIComponent(mark('link: target', COPY))}.xlsx`],
  ]),
});

export const markupStrays = (mark) => ({
  'xl/connections.xml': `${HEAD}<connections xmlns="${MAIN}"><connection id="1" name="${mark('connection: name', COPY)}" description="${mark('connection: description', COPY)}"><dbPr connection="Data Source=${mark('connection: source', COPY)}" command="SELECT '${mark('connection: query', COPY)}'"/></connection></connections>`,
  'xl/queryTables/queryTable1.xml': `${HEAD}<queryTable xmlns="${MAIN}" name="${mark('query table: name', COPY)}"><queryTableRefresh><queryTableFields><queryTableField id="1" name="${mark('query table: field', COPY)}"/></queryTableFields></queryTableRefresh></queryTable>`,
  'xl/tables/table1.xml': `${HEAD}<table xmlns="${MAIN}" id="1" name="T" comment="${mark('table: comment', COPY)}"><autoFilter ref="A1:A9"><filterColumn colId="0"><filters><filter val="${mark('table: filter value', COPY)}"/></filters></filterColumn></autoFilter><tableColumns><tableColumn id="1" name="${mark('table: column', COPY)}" totalsRowLabel="${mark('table: label of a total', COPY)}"/></tableColumns></table>`,
  'xl/pivotTables/pivotTable1.xml': `${HEAD}<pivotTableDefinition xmlns="${MAIN}" name="P" rowHeaderCaption="${mark('pivot table: caption', COPY)}"><pivotFields><pivotField><items><item n="${mark('pivot table: item', COPY)}" x="0"/></items></pivotField></pivotFields></pivotTableDefinition>`,
  'xl/externalLinks/_rels/externalLink1.xml.rels': outsideRelations([
    ['externalLinkPath', `file:///C:\\${mark('linked workbook: path', COPY)}.xlsx`],
  ]),
});

/** In the body of a text. */
export const documentStrays = (mark) => {
  const marked = (type) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
  return [
    `<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="f"/><w:helpText w:type="text" w:val="${mark('form: help', COPY)}"/><w:statusText w:type="text" w:val="${mark('form: status', COPY)}"/><w:textInput><w:default w:val="${mark('form: default', COPY)}"/></w:textInput></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMTEXT </w:instrText></w:r>${marked('separate')}<w:r><w:t>${mark('form: value')}</w:t></w:r>${marked('end')}</w:p>`,
    `<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:listEntry w:val="${mark('form: choice', COPY)}"/></w:ddList></w:ffData></w:fldChar></w:r>${marked('end')}</w:p>`,
    `<w:sdt><w:sdtPr><w:alias w:val="${mark('content control: title', COPY)}"/><w:tag w:val="${mark('content control: tag', COPY)}"/><w:dropDownList><w:listItem w:displayText="${mark('content control: choice', COPY)}" w:value="${mark('content control: value of a choice', COPY)}"/></w:dropDownList></w:sdtPr><w:sdtContent><w:p><w:r><w:t>x</w:t></w:r></w:p></w:sdtContent></w:sdt>`,
    `<w:p>${marked('begin')}<w:r><w:instrText>HYPERLINK "mailto:${mark('code of a field', COPY)}"</w:instrText></w:r>${marked('separate')}<w:r><w:t>x</w:t></w:r>${marked('end')}</w:p>`,
    `<w:p><w:fldSimple w:instr="QUOTE ${mark('code of a simple field', COPY)}"><w:r><w:t>${mark('result of a simple field')}</w:t></w:r></w:fldSimple></w:p>`,
    `<w:p>${marked('begin')}<w:r><w:instrText>EQ \\* jc2 \\o\\ad(\\s\\up 9(${mark('ruby in a field')}),</w:instrText></w:r><w:r><w:instrText>${mark('text under ruby in a field')})</w:instrText></w:r>${marked('end')}</w:p>`,
    `<w:p><w:hyperlink r:id="r99" w:tooltip="${mark('link: tip')}"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>`,
    `<w:tbl><w:tblPr><w:tblCaption w:val="${mark('table: title')}"/><w:tblDescription w:val="${mark('table: description')}"/></w:tblPr><w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`,
    `<w:p><w:r><w:pict><v:shape alt="${mark('alternative text of an older sort')}"><v:textpath string="${mark('word art')}"/></v:shape></w:pict></w:r></w:p>`,
  ].join('');
};

export const documentParts = (mark) => ({
  'word/settings.xml': `${HEAD}<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docVars><w:docVar w:name="n" w:val="${mark('variable')}"/></w:docVars><w:mailMerge><w:query w:val="SELECT '${mark('mail merge: query')}'"/></w:mailMerge></w:settings>`,
  'word/_rels/settings.xml.rels': outsideRelations([['attachedTemplate', `file:///C:/${mark('template: path', COPY)}.dotx`]]),
});

export const presentationParts = (mark) => ({
  'ppt/tags/tag1.xml': `${HEAD}<p:tagLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:tag name="N" val="${mark('tag')}"/></p:tagLst>`,
  'ppt/slides/_rels/slide2.xml.rels': outsideRelations([['hyperlink', `mailto:${mark('link: target', COPY)}@example.jp`]]),
});
export const sections = (mark) =>
  `<p:extLst><p:ext><p14:sectionLst xmlns:p14="urn:p14"><p14:section name="${mark('section: name', COPY)}"/></p14:sectionLst></p:ext></p:extLst>`;

/** OpenDocument files with a marker in each place: ods, odt, odp. */
import { writeCfb } from '../write-cfb.mjs';
import { writeZip } from '../write-zip.mjs';
import { HEAD, Planting } from './planting.mjs';
import { plantSmallDocx } from './word.mjs';

const SPACES = ['office', 'text', 'table', 'draw', 'presentation', 'style', 'meta', 'form', 'chart']
  .map((prefix) => `xmlns:${prefix}="urn:oasis:names:tc:opendocument:xmlns:${prefix}:1.0"`)
  .concat('xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"', 'xmlns:dc="http://purl.org/dc/elements/1.1/"')
  .join(' ');
const p = (text) => `<text:p>${text}</text:p>`;
const cell = (text, rest = '') => `<table:table-cell office:value-type="string">${p(text)}${rest}</table:table-cell>`;
const frame = (text) => `<draw:frame><draw:text-box>${p(text)}</draw:text-box></draw:frame>`;
const content = (sort, body, automatic = '') =>
  `${HEAD}<office:document-content ${SPACES}><office:automatic-styles>${automatic}</office:automatic-styles><office:body><office:${sort}>${body}</office:${sort}></office:body></office:document-content>`;
const annotation = (planting) =>
  `<office:annotation><dc:creator>${planting.mark('comment: author')}</dc:creator>${p(planting.mark('comment'))}</office:annotation>`;

function write(planting, sort, kind, body, { automatic = '', master = '' } = {}) {
  const mark = (place, options) => planting.mark(place, options);
  const files = {
    mimetype: `application/vnd.oasis.opendocument.${kind}`,
    'META-INF/manifest.xml': `${HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.${kind}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`,
    'content.xml': content(sort, body, automatic),
    'styles.xml': `${HEAD}<office:document-styles ${SPACES}><office:master-styles>${master}</office:master-styles></office:document-styles>`,
    'meta.xml': `${HEAD}<office:document-meta ${SPACES}><office:meta><dc:title>${mark('property: title')}</dc:title><dc:description>${mark('property: comment')}</dc:description><meta:user-defined meta:name="x">${mark('property: custom')}</meta:user-defined></office:meta></office:document-meta>`,
    // A chart keeps the cells that it shows in a table of its own.
    'Object 1/content.xml': content(
      'chart',
      `<chart:chart><chart:title>${p(mark('chart: title', { copy: true }))}</chart:title><table:table table:name="local-table"><table:table-row>${cell(mark('chart: cached values', { copy: true }))}</table:table-row></table:table></chart:chart>`,
    ),
    'Object 2': writeCfb([['Package', plantSmallDocx(mark('embedded document'))]]),
  };
  return planting.file(
    writeZip(Object.entries(files).map(([name, data]) => ({ name, data: Buffer.from(data), office: true, store: name === 'mimetype' }))),
  );
}

const masterPage = (planting, names) =>
  `<style:master-page style:name="x">${names.map(([element, place]) => `<style:${element}>${p(planting.mark(place))}</style:${element}>`).join('')}</style:master-page>`;

const COPY = { copy: true };
const link = (mark) =>
  p(
    `<text:a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="mailto:${mark('link: target', COPY)}@example.jp" office:title="${mark('link: tip')}">x</text:a>`,
  );
/** Fields of a text and their declarations. */
const textFields = (mark) =>
  [
    `<text:user-field-decls><text:user-field-decl office:value-type="string" office:string-value="${mark('user field: value', COPY)}" text:name="u"/></text:user-field-decls>`,
    p(`<text:variable-set text:name="v" office:string-value="${mark('variable: value', COPY)}" text:display="none"/>`),
    p(
      `<text:drop-down text:name="d"><text:label text:value="${mark('choice of a field', COPY)}"/>${mark('chosen of a field')}</text:drop-down>`,
    ),
    p(`<text:text-input text:description="${mark('input field: prompt', COPY)}">${mark('input field: text')}</text:text-input>`),
    p(
      `<text:conditional-text text:string-value-if-true="${mark('conditional text: if', COPY)}" text:string-value-if-false="${mark('conditional text: else', COPY)}"/>`,
    ),
    p(`<text:alphabetical-index-mark text:string-value="${mark('index mark', COPY)}"/><text:bookmark text:name="${mark('bookmark')}"/>`),
    `<office:forms><form:form><form:listbox form:label="${mark('form: label', COPY)}" form:title="${mark('form: tip', COPY)}"><form:option form:label="${mark('form: choice', COPY)}"/></form:listbox></form:form></office:forms>`,
    link(mark),
  ].join('');
const sheetRanges = (mark) =>
  `<table:database-ranges><table:database-range table:name="${mark('database range: name')}"><table:filter><table:filter-condition table:value="${mark('filter: value', COPY)}"/></table:filter></table:database-range></table:database-ranges>`;

const MARGINS = [
  ['header', 'header'],
  ['footer', 'footer'],
  ['header-left', 'header of even pages'],
  ['footer-left', 'footer of even pages'],
  ['header-first', 'header of the first page'],
  ['footer-first', 'footer of the first page'],
];

export function plantOds() {
  const planting = new Planting('ods');
  const mark = (place, options) => planting.mark(place, options);
  const row = (cells, settings = '') => `<table:table-row${settings}>${cells}</table:table-row>`;
  const body = [
    `<table:tracked-changes><table:cell-content-change table:id="c"><office:change-info><dc:creator>${mark('author of a change')}</dc:creator></office:change-info><table:previous><table:change-track-table-cell>${p(mark('log of changes: former cell', { copy: true }))}</table:change-track-table-cell></table:previous></table:cell-content-change></table:tracked-changes>`,
    `<table:content-validations><table:content-validation table:name="v" table:condition="of:cell-content-is-in-list(&quot;${mark('list of allowed values')}&quot;)"><table:help-message table:title="${mark('prompt of a cell: title')}">${p(mark('prompt of a cell'))}</table:help-message></table:content-validation></table:content-validations>`,
    `<table:table table:name="普通"><table:shapes><draw:custom-shape><svg:desc>${mark('alternative text')}</svg:desc>${p(mark('shape on a sheet'))}</draw:custom-shape><draw:g><draw:rect>${p(mark('shape in a group'))}</draw:rect></draw:g></table:shapes><table:table-column/><table:table-column table:visibility="collapse"/>`,
    row(cell(mark('cell'), annotation(planting)) + cell(mark('cell in a hidden column'))),
    row(cell(mark('cell in a hidden row')), ' table:visibility="collapse"'),
    row(`<table:table-cell office:value-type="string">${link(mark)}</table:table-cell>`),
    row(cell(mark('cell in a filtered row')), ' table:visibility="filter"'),
    row(`<table:table-cell table:formula="of:=[.A1]" office:value-type="string">${p(mark('result of a formula'))}</table:table-cell>`),
    row(
      `<table:table-cell>${frame(mark('text box'))}<draw:frame><draw:object xlink:href="./Object 1" xmlns:xlink="http://www.w3.org/1999/xlink"/></draw:frame></table:table-cell>`,
    ),
    `<office:forms><form:form><form:textarea form:current-value="${mark('field')}"/></form:form></office:forms></table:table>`,
    `<table:table table:name="隠し" table:style-name="ta2">${row(cell(mark('cell of a hidden sheet')))}</table:table>`,
    `<table:table table:name="'file:///x.ods'#S" table:style-name="ta2"><table:table-source xlink:href="x.ods" xmlns:xlink="http://www.w3.org/1999/xlink" table:table-name="S" table:mode="copy-results-only"/>${row(cell(mark('cell of a linked workbook')))}</table:table>`,
    `<table:named-expressions><table:named-range table:name="${mark('defined name')}" table:cell-range-address="$S.$A$1"/><table:named-expression table:name="n" table:expression="&quot;${mark('defined name: its text')}&quot;"/></table:named-expressions>`,
    sheetRanges(mark),
  ];
  const automatic = '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>';
  return write(planting, 'spreadsheet', 'spreadsheet', body.join(''), { automatic, master: masterPage(planting, MARGINS) });
}

export function plantOdt() {
  const planting = new Planting('odt');
  const mark = (place, options) => planting.mark(place, options);
  const body = [
    `<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>${mark('author of a change')}</dc:creator></office:change-info>${p(mark('tracked deletion', { copy: true }))}</text:deletion></text:changed-region></text:tracked-changes>`,
    `<office:forms><form:form><form:text form:current-value="${mark('field')}"/></form:form></office:forms>`,
    p(mark('text')),
    textFields(mark),
    p(`x${annotation(planting)}`),
    p(
      `x<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>${p(mark('footnote'))}</text:note-body></text:note>`,
    ),
    p(
      `x<text:note text:note-class="endnote"><text:note-citation>i</text:note-citation><text:note-body>${p(mark('endnote'))}</text:note-body></text:note>`,
    ),
    p(
      `x${frame(mark('text box'))}<draw:frame><svg:title>${mark('alternative text: title')}</svg:title><svg:desc>${mark('alternative text')}</svg:desc></draw:frame>`,
    ),
    p(`<text:hidden-text text:condition="x" text:string-value="${mark('hidden text')}" text:is-hidden="true"/>`),
    `<text:section text:display="none">${p(mark('hidden section'))}</text:section>`,
    p(`<text:ruby><text:ruby-base>山</text:ruby-base><text:ruby-text>${mark('ruby')}</text:ruby-text></text:ruby>`),
    `<table:table>${`<table:table-row>${cell(mark('cell of a table'))}</table:table-row>`}</table:table>`,
  ];
  return write(planting, 'text', 'text', body.join(''), { master: masterPage(planting, MARGINS) });
}

export function plantOdp() {
  const planting = new Planting('odp');
  const mark = (place, options) => planting.mark(place, options);
  const body = [
    `<presentation:header-decl presentation:name="h">${mark('header')}</presentation:header-decl><presentation:footer-decl presentation:name="f">${mark('footer')}</presentation:footer-decl>`,
    `<draw:page draw:name="${mark('name of a slide')}">${frame(mark('text of a slide'))}<draw:g><draw:custom-shape>${p(mark('shape in a group'))}</draw:custom-shape></draw:g><draw:frame><svg:desc>${mark('alternative text')}</svg:desc></draw:frame>`,
    `<draw:frame><table:table><table:table-row>${cell(mark('cell of a table'))}</table:table-row></table:table></draw:frame>${annotation(planting)}`,
    `<presentation:notes>${frame(mark('notes'))}</presentation:notes></draw:page>`,
    `<draw:page draw:name="2" draw:style-name="dp2">${frame(mark('hidden slide'))}</draw:page>`,
  ];
  const automatic =
    '<style:style style:name="dp2" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>';
  const master = `<style:master-page style:name="x">${frame(mark('master'))}<presentation:notes>${frame(mark('master of the notes'))}</presentation:notes></style:master-page><style:handout-master>${frame(mark('master of handouts'))}</style:handout-master>`;
  return write(planting, 'presentation', 'presentation', body.join(''), { automatic, master });
}

/** A document in one XML file, which has its properties in itself. `sort`: text or spreadsheet. */
function plantFlat(format, sort, body) {
  const planting = new Planting(format);
  const mark = (place, options) => planting.mark(place, options);
  const kind = `application/vnd.oasis.opendocument.${sort}`;
  const meta = `<office:meta><dc:title>${mark('property: title')}</dc:title><dc:subject>${mark('property: subject')}</dc:subject><dc:description>${mark('property: comment')}</dc:description><meta:keyword>${mark('property: keyword')}</meta:keyword><meta:initial-creator>${mark('property: author')}</meta:initial-creator><meta:user-defined meta:name="x">${mark('property: custom')}</meta:user-defined></office:meta>`;
  const master = `<office:master-styles>${masterPage(planting, MARGINS)}</office:master-styles>`;
  const xml = `${HEAD}<office:document ${SPACES} office:mimetype="${kind}">${meta}${master}<office:body><office:${sort}>${body(planting, mark)}</office:${sort}></office:body></office:document>`;
  return planting.file(Buffer.from(xml));
}

export const plantFodt = () =>
  plantFlat('fodt', 'text', (planting, mark) => `${p(mark('text'))}${textFields(mark)}${p(`x${annotation(planting)}`)}`);

export const plantFods = () =>
  plantFlat(
    'fods',
    'spreadsheet',
    (planting, mark) =>
      `<table:content-validations><table:content-validation table:name="v" table:condition="of:cell-content-is-in-list(&quot;${mark('list of allowed values')}&quot;)"><table:help-message>${p(mark('prompt of a cell'))}</table:help-message></table:content-validation></table:content-validations>` +
      `<table:table table:name="S"><table:table-row>${cell(mark('cell'), annotation(planting))}</table:table-row></table:table>` +
      `<table:named-expressions><table:named-range table:name="${mark('defined name')}" table:cell-range-address="$S.$A$1"/><table:named-expression table:name="n" table:expression="&quot;${mark('defined name: its text')}&quot;"/></table:named-expressions>${sheetRanges(mark)}`,
  );

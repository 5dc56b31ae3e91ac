/** Presentations with a marker in each place: pptx, ppt. */
import { writeCfb } from '../write-cfb.mjs';
import {
  chartXml,
  DRAWING,
  diagramXml,
  HEAD,
  officeProperties,
  Planting,
  propertySet,
  relations,
  SUMMARY,
  shapeTable,
  uint32,
  wide,
  writePackage,
} from './planting.mjs';
import { presentationParts, sections } from './strays.mjs';
import { plantSmallDocx } from './word.mjs';

const SPACES = `xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" ${DRAWING}`;
const lines = (text) => `<a:bodyPr/><a:p><a:r><a:t>${text}</a:t></a:r></a:p>`;
const shape = (text, descr = '') =>
  `<p:sp><p:nvSpPr><p:cNvPr id="2" name="n"${descr && ` descr="${descr}"`}/><p:nvPr/></p:nvSpPr><p:txBody>${lines(text)}</p:txBody></p:sp>`;
const page = (tag, tree, settings = '') => `${HEAD}<p:${tag} ${SPACES}${settings}><p:cSld><p:spTree>${tree}</p:spTree></p:cSld></p:${tag}>`;

export function plantPptx() {
  const planting = new Planting('pptx');
  const mark = (place, options) => planting.mark(place, options);
  const copy = { copy: true };
  const table = `<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc><a:txBody>${lines(mark('cell of a table'))}</a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`;
  const link = `<p:pic><p:nvPicPr><p:cNvPr id="4" name="n" title="${mark('alternative text: title')}"><a:hlinkClick r:id="r9" tooltip="${mark('tip of a shape')}"/></p:cNvPr></p:nvPicPr></p:pic><p:sp><p:txBody><a:p><a:r><a:rPr><a:hlinkClick r:id="r9" tooltip="${mark('link: tip')}"/></a:rPr><a:t>x</a:t></a:r></a:p></p:txBody></p:sp>`;
  const tree = `${link}${shape(mark('text of a slide'), mark('alternative text'))}<p:grpSp>${shape(mark('shape in a group'))}</p:grpSp>${table}`;
  const parts = {
    '_rels/.rels': relations([['officeDocument', 'ppt/presentation.xml']]),
    'ppt/presentation.xml': `${HEAD}<p:presentation ${SPACES}><p:sldIdLst><p:sldId id="256" r:id="r1"/><p:sldId id="257" r:id="r2"/></p:sldIdLst>${sections(mark)}</p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relations([
      ['slide', 'slides/slide1.xml'],
      ['slide', 'slides/slide2.xml'],
    ]),
    ...presentationParts(mark),
    'ppt/slides/slide1.xml': page('sld', tree),
    'ppt/slides/slide2.xml': page('sld', shape(mark('hidden slide')), ' show="0"'),
    'ppt/slides/_rels/slide1.xml.rels': relations([
      ['notesSlide', '../notesSlides/notesSlide1.xml'],
      ['comments', '../comments/comment1.xml'],
      ['chart', '../charts/chart1.xml'],
      ['diagramData', '../diagrams/data1.xml'],
    ]),
    'ppt/notesSlides/notesSlide1.xml': page('notes', shape(mark('notes'))),
    'ppt/comments/comment1.xml': `${HEAD}<p:cmLst ${SPACES}><p:cm authorId="0"><p:text>${mark('comment')}</p:text></p:cm></p:cmLst>`,
    'ppt/comments/modernComment1.xml': `${HEAD}<p188:cmLst xmlns:p188="http://schemas.microsoft.com/office/powerpoint/2018/8/main" ${DRAWING}><p188:cm><p188:txBody>${lines(mark('comment of the newer sort'))}</p188:txBody></p188:cm></p188:cmLst>`,
    'ppt/commentAuthors.xml': `${HEAD}<p:cmAuthorLst ${SPACES}><p:cmAuthor id="0" name="${mark('comment: author')}"/></p:cmAuthorLst>`,
    'ppt/charts/chart1.xml': chartXml(mark('chart: cached values', copy), mark('chart: title', copy)),
    'ppt/diagrams/data1.xml': diagramXml(mark('diagram')),
    'ppt/slideMasters/slideMaster1.xml': page('sldMaster', shape(mark('master'))),
    'ppt/slideLayouts/slideLayout1.xml': page('sldLayout', shape(mark('layout'))),
    'ppt/notesMasters/notesMaster1.xml': page('notesMaster', shape(mark('master of the notes'))),
    'ppt/handoutMasters/handoutMaster1.xml': page('handoutMaster', shape(mark('master of handouts'))),
    'ppt/embeddings/Microsoft_Word_Document1.docx': plantSmallDocx(mark('embedded document')),
    ...officeProperties(planting),
  };
  return planting.file(
    writePackage(parts, [['ppt/presentation.xml', 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml']]),
  );
}

const record = (type, content, instance = 0, container = false) => {
  const head = Buffer.alloc(8);
  head.writeUInt16LE((instance << 4) | (container ? 0xf : 0), 0);
  head.writeUInt16LE(type, 2);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content]);
};
const holder = (type, children, instance = 0) => record(type, Buffer.concat(children), instance, true);
const chars = (text) => record(0x0fa0, wide(text));
const string = (instance, text) => record(0x0fba, wide(text), instance);
const box = (text) => holder(0xf004, [holder(0xf011, []), holder(0xf00d, [chars(text)])]);

export function plantPpt() {
  const planting = new Planting('ppt');
  const mark = (place, options) => planting.mark(place, options);
  const outline = (instance, ...records) => holder(0x0ff0, records, instance);
  const listed = (object, id) => record(0x03f3, uint32(object, 0, 0, id, 0));
  const objects = [
    holder(0x03e8, [
      outline(0, listed(2, 256), chars(mark('title of a slide'))),
      outline(2, listed(3, 256)),
      holder(0x0fd9, [string(1, mark('header')), string(2, mark('footer'))], 3),
    ]),
    holder(0x03ee, [
      box(mark('text box')),
      shapeTable(mark('alternative text', { copy: true })),
      holder(0x1388, [holder(0x1389, [string(0, 'N'), string(1, mark('tag', { copy: true }))])]),
      holder(0x2ee0, [string(0, mark('comment: author')), string(1, mark('comment'))]),
    ]),
    holder(0x03f0, [record(0x03f1, uint32(256, 0)), box(mark('notes'))]),
    holder(0x03f8, [box(mark('master'))]),
    record(0x1011, writeCfb([['Package', plantSmallDocx(mark('embedded document'))]])),
  ];
  const old = holder(0x03ee, [box(mark('former version of a slide', { copy: true }))]);
  let at = old.length;
  const offsets = objects.map(({ length }) => {
    at += length;
    return at - length;
  });
  const directory = record(0x1772, uint32((objects.length << 20) | 1, ...offsets));
  const edit = record(0x0ff5, uint32(0, 0, 0, at, 1, objects.length + 1, 0));
  const user = record(0x0ff6, uint32(20, 0xe391c05f, at + directory.length));
  return planting.file(
    writeCfb([
      ['PowerPoint Document', Buffer.concat([old, ...objects, directory, edit])],
      ['Current User', user],
      [SUMMARY, propertySet({ 2: mark('property: title'), 6: mark('property: comment') })],
      ['\x05DocumentSummaryInformation', propertySet({ 14: mark('property: manager') })],
    ]),
  );
}

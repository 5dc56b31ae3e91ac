/** What the makers of planted files share: markers that stand for one place each, XML of Office parts, packages. */
import { writeZip } from '../write-zip.mjs';

export const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
export const DRAWING =
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"';

/** One format's markers: each is a text that stands nowhere else. `copy`: the place keeps what a file holds a second time. */
export class Planting {
  places = [];

  constructor(format) {
    this.format = format;
  }

  mark(place, { copy = false } = {}) {
    const marker = `標識${this.format}${String(this.places.length + 1).padStart(2, '0')}印`;
    this.places.push({ place, marker, copy });
    return marker;
  }

  /** The planted file, for look.mjs. */
  file(bytes, format = this.format) {
    return { format, name: `planted.${format}`, bytes, places: this.places };
  }
}

export const relations = (list) =>
  `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list
    .map(([type, target], at) => `<Relationship Id="r${at + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

/** A list of relationships that lead outside of the file: [type, target]. */
export const outsideRelations = (list) =>
  relations(list).replaceAll('"/></', '" TargetMode="External"/></').replaceAll('"/><', '" TargetMode="External"/><');

/** `parts`: name to XML or bytes. The names in `types` are [part, content type]. */
export function writePackage(parts, types = []) {
  const overrides = types.map(([part, type]) => `<Override PartName="/${part}" ContentType="${type}"/>`).join('');
  const files = {
    '[Content_Types].xml': `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides}</Types>`,
    ...parts,
  };
  return writeZip(Object.entries(files).map(([name, data]) => ({ name, data: Buffer.from(data), office: true })));
}

/** Document properties and data that all Office packages have. */
export function officeProperties(planting) {
  return {
    'docProps/core.xml': `${HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${planting.mark('property: title')}</dc:title><dc:description>${planting.mark('property: comment')}</dc:description></cp:coreProperties>`,
    'docProps/app.xml': `${HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Manager>${planting.mark('property: manager')}</Manager></Properties>`,
    'docProps/custom.xml': `${HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="x"><vt:lpwstr>${planting.mark('property: custom')}</vt:lpwstr></property></Properties>`,
    'customXml/item1.xml': `${HEAD}<root xmlns="urn:x"><name>${planting.mark('custom XML', { copy: true })}</name></root>`,
  };
}

/** A chart with the values that it keeps of its sheet. */
export const chartXml = (cached, title, extra = '') =>
  `${HEAD}<c:chartSpace ${DRAWING}><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>${title}</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:barChart><c:ser><c:cat><c:strRef><c:f>S!$A$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>${cached}</c:v></c:pt></c:strCache></c:strRef></c:cat></c:ser></c:barChart></c:plotArea></c:chart>${extra}</c:chartSpace>`;

export const diagramXml = (text) =>
  `${HEAD}<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" ${DRAWING}><dgm:ptLst><dgm:pt><dgm:t><a:bodyPr/><a:p><a:r><a:t>${text}</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>`;

export const wide = (text) => Buffer.from(text, 'utf16le');
export const uint16 = (...values) => {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, at) => {
    bytes.writeUInt16LE(value & 0xffff, at * 2);
  });
  return bytes;
};
export const uint32 = (...values) => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, at) => {
    bytes.writeUInt32LE(value >>> 0, at * 4);
  });
  return bytes;
};

/** A table of a shape's properties (MS-ODRAW 2.2.9) with one text: its number is 0x381 for the alternative text. */
export function shapeTable(text, id = 0x381) {
  const content = wide(`${text}\0`);
  return Buffer.concat([uint16(0x13, 0xf00b), uint32(6 + content.length), uint16(id | 0x8000), uint32(content.length), content]);
}

/** A property set (MS-OLEPS 2.21) with texts as VT_LPWSTR: { number: text }. */
export function propertySet(texts) {
  const entries = Object.entries(texts);
  const values = entries.map(([, text]) => {
    const content = wide(`${text}\0`);
    return Buffer.concat([uint32(0x1f, text.length + 1), content, Buffer.alloc((4 - (content.length % 4)) % 4)]);
  });
  let at = 8 + entries.length * 8;
  const index = entries.map(([id], number) => {
    const place = uint32(Number(id), at);
    at += values[number].length;
    return place;
  });
  const section = Buffer.concat([uint32(at, entries.length), ...index, ...values]);
  const format = Buffer.from('e0859ff2f94f6810ab9108002b27b3d9', 'hex');
  return Buffer.concat([uint16(0xfffe, 0), uint32(0x00020006), Buffer.alloc(16), uint32(1), format, uint32(48), section]);
}
export const SUMMARY = '\x05SummaryInformation';

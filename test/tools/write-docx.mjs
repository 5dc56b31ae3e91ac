/** Writes Word documents (ECMA-376 part 1, WordprocessingML): paragraphs cut into runs as Word cuts them, tables, header and footer, text boxes, readings in ruby. */
import { escapeXml } from './write-xlsx.mjs';
import { writeZip } from './write-zip.mjs';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const SPACES = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="${OFFICE}/relationships" xmlns:v="urn:schemas-microsoft-com:vml"`;

const runXml = (text) => `<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`;
const rubyXml = ({ base, reading }) =>
  `<w:r><w:ruby><w:rubyPr/><w:rt>${runXml(reading)}</w:rt><w:rubyBase>${runXml(base)}</w:rubyBase></w:ruby></w:r>`;

/** A paragraph is a string, or a list of runs: strings and { base, reading }. */
export function paragraph(content) {
  const runs = Array.isArray(content) ? content : [content];
  return `<w:p>${runs.map((run) => (typeof run === 'string' ? runXml(run) : rubyXml(run))).join('')}</w:p>`;
}
export function table(rows) {
  const cells = (row) => row.map((cell) => `<w:tc><w:tcPr/>${paragraph(cell)}</w:tc>`).join('');
  return `<w:tbl><w:tblPr/><w:tblGrid/>${rows.map((row) => `<w:tr>${cells(row)}</w:tr>`).join('')}</w:tbl>`;
}
export function textbox(lines) {
  return `<w:p><w:r><w:pict><v:shape style="width:300pt;height:90pt"><v:textbox><w:txbxContent>${lines.map(paragraph).join('')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>`;
}

/** Cuts a text into runs at every `size` characters, as Word does where spelling was checked or a font changed. */
export const splitRuns = (text, size) => text.match(new RegExp(`.{1,${size}}`, 'gsu'));

/** `body`: pieces from paragraph(), table(), textbox(); `header` and `footer`: lines. */
export function writeDocx(body, { header, footer } = {}) {
  const parts = { header, footer };
  const present = Object.keys(parts).filter((name) => parts[name]);
  const references = present.map((name) => `<w:${name}Reference w:type="default" r:id="${name}"/>`).join('');
  const word = (name) => `application/vnd.openxmlformats-officedocument.wordprocessingml.${name}+xml`;
  const overrides = ['document', ...present].map(
    (name) => `<Override PartName="/word/${name}.xml" ContentType="${word(name === 'document' ? 'document.main' : name)}"/>`,
  );
  const relation = (id, target) =>
    `<Relationship Id="${id}" Type="${OFFICE}/relationships/${id === 'rId1' ? 'officeDocument' : id}" Target="${target}"/>`;
  const relations = (list) =>
    `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list.join('')}</Relationships>`;
  const files = {
    '[Content_Types].xml': `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`,
    '_rels/.rels': relations([relation('rId1', 'word/document.xml')]),
    'word/document.xml': `${HEAD}<w:document ${SPACES}><w:body>${body.join('')}<w:sectPr>${references}</w:sectPr></w:body></w:document>`,
    'word/_rels/document.xml.rels': relations(present.map((name) => relation(name, `${name}.xml`))),
  };
  for (const name of present) {
    const tag = name === 'header' ? 'hdr' : 'ftr';
    files[`word/${name}.xml`] = `${HEAD}<w:${tag} ${SPACES}>${parts[name].map(paragraph).join('')}</w:${tag}>`;
  }
  return writeZip(Object.entries(files).map(([name, text]) => ({ name, data: Buffer.from(text), office: true })));
}

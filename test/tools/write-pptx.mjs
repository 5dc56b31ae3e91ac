/** Writes presentations (ECMA-376 part 1, PresentationML): a slide for each list of lines, its text in one shape. */
import { escapeXml } from './write-xlsx.mjs';
import { writeZip } from './write-zip.mjs';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const KIND = 'application/vnd.openxmlformats-officedocument.presentationml';
const SPACES = `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="${OFFICE}"`;

const relations = (list) =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${list.map(([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`).join('')}</Relationships>`;

function slideXml(lines) {
  const paragraphs = lines.map((line) => `<a:p><a:r><a:rPr lang="ja-JP"/><a:t>${escapeXml(line)}</a:t></a:r></a:p>`).join('');
  const shape = `<p:sp><p:nvSpPr><p:cNvPr id="2" name="Text 1"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>${paragraphs}</p:txBody></p:sp>`;
  return `${HEAD}<p:sld ${SPACES}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>${shape}</p:spTree></p:cSld></p:sld>`;
}

export function writePptx(slides) {
  const ids = slides.map((_, at) => `<p:sldId id="${256 + at}" r:id="rId${at + 1}"/>`).join('');
  const override = (part, type) => `<Override PartName="/ppt/${part}.xml" ContentType="${KIND}.${type}+xml"/>`;
  const overrides = [override('presentation', 'presentation.main'), ...slides.map((_, at) => override(`slides/slide${at + 1}`, 'slide'))];
  const files = {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`,
    '_rels/.rels': relations([['officeDocument', 'ppt/presentation.xml']]),
    'ppt/presentation.xml': `${HEAD}<p:presentation ${SPACES}><p:sldIdLst>${ids}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relations(slides.map((_, at) => ['slide', `slides/slide${at + 1}.xml`])),
    ...Object.fromEntries(slides.map((lines, at) => [`ppt/slides/slide${at + 1}.xml`, slideXml(lines)])),
  };
  return writeZip(Object.entries(files).map(([name, text]) => ({ name, data: Buffer.from(text), office: true })));
}

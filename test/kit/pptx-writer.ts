/** A small PowerPoint writer for tests: slides are given as the inner XML of their shape tree, the package around them is made here. */
import { writeZip } from './zip-writer.js';

const NAMESPACES =
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"' +
  ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"';
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export interface PptxSlide {
  readonly tree: string;
  /** Parts that hang on the slide: type of the relationship, name, whole XML without its namespaces' declaration. */
  readonly parts?: readonly (readonly [type: string, name: string, xml: string])[];
}

export function shape(text: string, placeholder = ''): string {
  const lines = text.split('\n').map((line) => `<a:p><a:r><a:t>${line}</a:t></a:r></a:p>`);
  const nvPr = placeholder === '' ? '<p:nvPr/>' : `<p:nvPr><p:ph type="${placeholder}"/></p:nvPr>`;
  return `<p:sp><p:nvSpPr><p:cNvPr id="1" name="n"/>${nvPr}</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>${lines.join('')}</p:txBody></p:sp>`;
}

export function slideTable(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => `<a:tc><a:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></a:txBody><a:tcPr/></a:tc>`;
  return `<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tblPr/>${rows.map((row) => `<a:tr>${row.map(cell).join('')}</a:tr>`).join('')}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>`;
}

/** `order`: indexes of the slides as they are shown; `entries`: further files by their whole name. */
export function writePptx(
  slides: readonly PptxSlide[],
  entries: Readonly<Record<string, string | Buffer>> = {},
  order?: readonly number[],
): Buffer {
  const shown = (order ?? slides.map((_, index) => index)).map((index) => `<p:sldId id="${256 + index}" r:id="s${index}"/>`);
  const files: Record<string, string | Buffer> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': relations([['a', 'officeDocument', 'ppt/presentation.xml']]),
    'ppt/presentation.xml': `<p:presentation ${NAMESPACES}><p:sldIdLst>${shown.join('')}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relations(slides.map((_, index) => [`s${index}`, 'slide', `slides/slide${index + 1}.xml`])),
  };
  for (const [index, { tree, parts = [] }] of slides.entries()) {
    files[`ppt/slides/slide${index + 1}.xml`] = `<p:sld ${NAMESPACES}><p:cSld><p:spTree>${tree}</p:spTree></p:cSld></p:sld>`;
    files[`ppt/slides/_rels/slide${index + 1}.xml.rels`] = relations(parts.map(([type, name], part) => [`p${part}`, type, `/${name}`]));
    for (const [, name, xml] of parts) files[name] = xml.replace(/^<([\w:]+)/, `<$1 ${NAMESPACES}`);
  }
  return writeZip(Object.entries({ ...files, ...entries }).map(([name, content]) => ({ name, content })));
}

function relations(list: readonly (readonly [id: string, type: string, target: string])[]): string {
  const each = list.map(([id, type, target]) => `<Relationship Id="${id}" Type="${RELATION}/${type}" Target="${target}"/>`);
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each.join('')}</Relationships>`;
}

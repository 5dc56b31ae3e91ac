/** A small OpenDocument writer for tests: the inner XML of the body is given, the package around it is made here. */
import { writeZip } from './zip-writer.js';

const NAMESPACES = ['office', 'text', 'table', 'draw', 'presentation', 'style', 'meta', 'form']
  .map((prefix) => `xmlns:${prefix}="urn:oasis:names:tc:opendocument:xmlns:${prefix}:1.0"`)
  .concat('xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"', 'xmlns:dc="http://purl.org/dc/elements/1.1/"')
  .join(' ');

export interface OdfSpec {
  readonly body: string;
  /** `text`, `presentation`, `drawing`. */
  readonly sort?: string;
  /** Inner XML of the styles' document. */
  readonly styles?: string;
  readonly manifest?: string;
  /** Stands before the root of the content. */
  readonly prolog?: string;
  readonly entries?: Readonly<Record<string, string | Buffer>>;
}

export function contentXml(body: string, sort = 'text', prolog = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${prolog}<office:document-content ${NAMESPACES}><office:body><office:${sort}>${body}</office:${sort}></office:body></office:document-content>`;
}

export function writeOdf({ body, sort = 'text', styles = '', manifest = '', prolog = '', entries = {} }: OdfSpec): Buffer {
  const files: Record<string, string | Buffer> = {
    mimetype: `application/vnd.oasis.opendocument.${sort}`,
    'content.xml': contentXml(body, sort, prolog),
    'styles.xml': `<office:document-styles ${NAMESPACES}>${styles}</office:document-styles>`,
    'META-INF/manifest.xml': `<manifest:manifest>${manifest}</manifest:manifest>`,
    ...entries,
  };
  return writeZip(Object.entries(files).map(([name, content]) => ({ name, content })));
}

/** Tells a handler what an XML part of a document holds, tag by tag. Where every microsecond counts, drive an XmlCursor instead. */
import { XmlCursor } from './xml.js';

/** What a scan tells. Names are local names; a prefix is passed over. */
export interface XmlHandler {
  /** `attributes(name)` is only valid during the call. An element `<a/>` gives `open` with selfClosing true and no `close`. */
  open(name: string, attributes: (name: string) => string | undefined, selfClosing: boolean): void;
  close(name: string): void;
  /** Text between two tags, entities resolved; whitespace between elements too. */
  text(text: string): void;
}

/** Scans a whole document or fragment. Throws FileProblem('damaged' | 'too-large' | 'too-deep') after telling what it could read. */
export function scanXml(pieces: Iterable<Buffer>, handler: XmlHandler): void {
  const cursor = new XmlCursor(pieces);
  const attributes = (name: string) => cursor.attribute(name);
  try {
    while (cursor.next()) {
      const text = cursor.text();
      if (text !== '') handler.text(text);
      if (cursor.closing) handler.close(cursor.name());
      else handler.open(cursor.name(), attributes, cursor.selfClosing);
    }
  } finally {
    cursor.close();
  }
}

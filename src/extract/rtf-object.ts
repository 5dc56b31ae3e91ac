/** Unpacks the data of an embedded object in RTF: an object of OLE 1.0 (MS-OLEDS 2.2.5) around the native data. */

const EMBEDDED = 2;
const STRING_BYTES_MAX = 4096;

/** The native data, null for links and for what is cut. */
export function readEmbedded(object: Buffer): Buffer | null {
  if (object.length < 24 || object.readUInt32LE(4) !== EMBEDDED) return null;
  let at = 8;
  // Class, topic and item: strings with their length in front.
  for (let strings = 0; strings < 3; strings++) {
    if (at + 4 > object.length) return null;
    const bytes = object.readUInt32LE(at);
    if (bytes > STRING_BYTES_MAX) return null;
    at += 4 + bytes;
  }
  if (at + 4 > object.length) return null;
  const bytes = object.readUInt32LE(at);
  return at + 4 + bytes <= object.length && bytes > 0 ? object.subarray(at + 4, at + 4 + bytes) : null;
}

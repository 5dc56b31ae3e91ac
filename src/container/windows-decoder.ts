/**
 * Decoders for the code pages of Windows. Node 20 and 22 take windows-1252 for Latin-1 when a whole text is decoded at once: dashes, quotes and the euro sign (0x80
 * to 0x9F) come out as control characters. Decoding in pieces is right, and a decoder that has done so once stays right.
 */
type Decoder = InstanceType<typeof TextDecoder>;

/** @throws RangeError when this runtime doesn't know the name */
export function createDecoder(name: string): Decoder {
  const decoder = new TextDecoder(name);
  decoder.decode(new Uint8Array(0), { stream: true });
  return decoder;
}

/** Changes in the image of a compound file for a library that is to read it. */

/** An entry of the directory and the name in it (MS-CFB 2.6.1). */
const ENTRY_BYTES = 128;
const NAME_BYTES = 64;

/** Gives streams another name in place, so that whoever reads the image does not find them. Entries of the directory are aligned to their size. */
export function hideStreams(image: Buffer, names: readonly string[]): void {
  for (const name of names) {
    const wanted = Buffer.alloc(NAME_BYTES);
    wanted.write(name, 'utf16le');
    for (let at = image.indexOf(wanted); at >= 0; at = image.indexOf(wanted, at + 1))
      if (at % ENTRY_BYTES === 0) image.write('x', at, 'utf16le');
  }
}

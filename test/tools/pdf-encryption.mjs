/** The standard security handler of PDF (ISO 32000-1, 7.6): RC4 with 40 or 128 bits and AES with 128 bits, as old office printers write it. Made for samples: it protects nothing. */
import { createCipheriv, createHash } from 'node:crypto';

const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const md5 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('md5')).digest();
const padded = (password) => Buffer.concat([Buffer.from(password, 'latin1'), PADDING]).subarray(0, 32);

/** Node's OpenSSL has RC4 switched off, and samples need it. */
export function rc4(key, data) {
  const box = Uint8Array.from({ length: 256 }, (_, at) => at);
  for (let at = 0, other = 0; at < 256; at++) {
    other = (other + box[at] + key[at % key.length]) & 255;
    [box[at], box[other]] = [box[other], box[at]];
  }
  let [a, b] = [0, 0];
  return Buffer.from(data).map((byte) => {
    a = (a + 1) & 255;
    b = (b + box[a]) & 255;
    [box[a], box[b]] = [box[b], box[a]];
    return byte ^ box[(box[a] + box[b]) & 255];
  });
}

/** RC4 once (revision 2), or twenty times with the key mixed with the round's number (revisions 3 and 4: algorithms 3 and 5). */
function rounds(key, data, revision) {
  let result = data;
  for (let round = 0; round < (revision === 2 ? 1 : 20); round++) {
    result = rc4(
      key.map((byte) => byte ^ round),
      result,
    );
  }
  return result;
}

function hashed(start, revision, length) {
  let key = start;
  if (revision > 2) for (let round = 0; round < 50; round++) key = md5(key.subarray(0, length));
  return key.subarray(0, length);
}

/** `scheme`: 'rc4-40', 'rc4-128' or 'aes-128'. Gives the Encrypt dictionary's text and what encrypts the strings and streams of an object. */
export function createPdfEncryption({ scheme, userPassword, ownerPassword, id, chance }) {
  const [version, revision, length] = { 'rc4-40': [1, 2, 5], 'rc4-128': [2, 3, 16], 'aes-128': [4, 4, 16] }[scheme];
  // Printing allowed, copying and changing not: bits as in table 22.
  const permissions = revision === 2 ? -44 : -3376;
  const ownerKey = hashed(md5(padded(ownerPassword)), revision, length);
  const owner = rounds(ownerKey, padded(userPassword), revision);
  const flags = Buffer.alloc(4);
  flags.writeInt32LE(permissions);
  const key = hashed(md5(padded(userPassword), owner, flags, id), revision, length);
  const user = revision === 2 ? rc4(key, PADDING) : Buffer.concat([rounds(key, md5(PADDING, id), revision), Buffer.alloc(16)]);
  const filter = version === 4 ? ' /CF << /StdCF << /CFM /AESV2 /AuthEvent /DocOpen /Length 16 >> >> /StmF /StdCF /StrF /StdCF' : '';
  const dictionary = `<< /Filter /Standard /V ${version} /R ${revision} /Length ${length * 8} /P ${permissions} /O <${owner.toString('hex')}> /U <${user.toString('hex')}>${filter} >>`;
  const encrypt = (number, data) => {
    const salt = Buffer.from([number & 255, (number >> 8) & 255, number >> 16, 0, 0]);
    const objectKey = md5(key, salt, version === 4 ? 'sAlT' : '').subarray(0, Math.min(16, length + 5));
    if (version !== 4) return rc4(objectKey, data);
    const vector = chance.bytes(16);
    const cipher = createCipheriv('aes-128-cbc', objectKey, vector);
    return Buffer.concat([vector, cipher.update(data), cipher.final()]);
  };
  return { dictionary, encrypt };
}

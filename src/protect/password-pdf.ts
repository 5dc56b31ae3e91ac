/**
 * Whether a PDF needs a password, or a certificate, to be opened. An owner password alone does not count: readers open the file without
 * asking and only ask programs to respect what it forbids.
 */
import { openPdf, type PdfTrailer } from '../container/pdf.js';
import { isDictionary, type PdfDictionary, type PdfValue } from '../container/pdf-object.js';
import type { Password } from '../model.js';
import type { PasswordCheck } from '../parts.js';
import { FileProblem } from '../problem.js';
import { opensWithEmpty, type StandardHandler } from './pdf-empty-password.js';

const NONE: Password = { state: 'none', scheme: null };

export const pdfCheck: PasswordCheck = {
  id: 'password-pdf',
  version: 1,
  formats: ['pdf'],
  check(source) {
    const pdf = openPdf(source);
    return pdf.encrypt ? judge(pdf, pdf.encrypt) : NONE;
  },
};

function judge(pdf: PdfTrailer, encrypt: PdfDictionary): Password {
  const scheme = schemeOf(encrypt);
  if (encrypt.get('Filter') !== '/Standard') return { state: 'set', scheme: publicKey(encrypt) ? 'public-key' : 'other-handler' };
  // No user password, no protection: also when an owner password is there.
  if (opensWithEmpty(handlerOf(pdf, encrypt))) return NONE;
  // Only the files attached to it are encrypted: the document itself opens (ISO 32000-1 7.6.5).
  if (scheme.name === 'identity') return encrypt.has('EFF') ? { state: 'partial', scheme: cipherOf(encrypt, 'EFF').name } : NONE;
  return { state: scheme.keyBits <= 40 ? 'weak' : 'set', scheme: scheme.name };
}

function publicKey(encrypt: PdfDictionary): boolean {
  return encrypt.get('Filter') === '/Adobe.PubSec' || String(encrypt.get('SubFilter') ?? '').startsWith('/adbe.pkcs7');
}

interface Scheme {
  readonly name: string;
  readonly keyBits: number;
}

/** By V (table 20): 1 and 2 are RC4 throughout; 4 and 5 name a filter for streams, strings and attached files each. */
function schemeOf(encrypt: PdfDictionary): Scheme {
  const version = numberOf(encrypt.get('V'), 0);
  if (version < 4) return rc4Scheme(version < 2 ? 40 : numberOf(encrypt.get('Length'), 40));
  const streams = cipherOf(encrypt, 'StmF');
  return streams.name === 'identity' ? cipherOf(encrypt, 'StrF') : streams;
}

function cipherOf(encrypt: PdfDictionary, use: string): Scheme {
  const identity = { name: 'identity', keyBits: 256 };
  const name = encrypt.get(use);
  const filters = encrypt.get('CF');
  const filter = typeof name === 'string' && isDictionary(filters) ? filters.get(name.slice(1)) : undefined;
  if (!isDictionary(filter)) return identity;
  const method = filter.get('CFM');
  if (method === '/AESV3') return { name: 'aes-256', keyBits: 256 };
  if (method === '/AESV2') return { name: 'aes-128', keyBits: 128 };
  if (method === '/V2') return rc4Scheme(keyBitsOf(encrypt, filter));
  return identity;
}

function rc4Scheme(keyBits: number): Scheme {
  return { name: `rc4-${keyBits}`, keyBits };
}

/** The length of a crypt filter is told in bytes by some writers and in bits by others; below 40 it is bytes. */
function keyBitsOf(encrypt: PdfDictionary, filter: PdfDictionary): number {
  const told = numberOf(filter.get('Length'), 0) || numberOf(encrypt.get('Length'), 128);
  return told < 40 ? told * 8 : told;
}

function handlerOf(pdf: PdfTrailer, encrypt: PdfDictionary): StandardHandler {
  const owner = encrypt.get('O');
  const user = encrypt.get('U');
  const revision = numberOf(encrypt.get('R'), 0);
  if (!Buffer.isBuffer(owner) || !Buffer.isBuffer(user) || user.length < 32)
    throw new FileProblem('damaged', 'pdf: encryption keys missing');
  if (revision < 2 || revision > 6) throw new FileProblem('unsupported', `pdf: security handler of revision ${revision}`);
  return {
    revision,
    keyBytes: keyBytesOf(encrypt),
    owner,
    user,
    permissions: numberOf(encrypt.get('P'), 0),
    encryptsMetadata: encrypt.get('EncryptMetadata') !== false,
    id: pdf.id,
  };
}

/** Length in bits, a multiple of 8 from 40 to 128. With V 4 readers take 128, whatever it says. */
function keyBytesOf(encrypt: PdfDictionary): number {
  const version = numberOf(encrypt.get('V'), 0);
  if (version === 4) return 16;
  const bits = version === 1 ? 40 : numberOf(encrypt.get('Length'), 40);
  return Math.min(16, Math.max(5, (bits < 40 ? bits * 8 : bits) >> 3));
}

function numberOf(value: PdfValue | undefined, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}

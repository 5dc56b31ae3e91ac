/**
 * The bytes of an open PDF without its encryption, as PDFium would save them: strings of an encrypted file are encrypted one by one, and only PDFium has
 * opened it. Nothing is written to a disk.
 */
import { limits } from '../limits.js';
import type { Pdfium } from './pdfium.js';

/** FPDF_REMOVE_SECURITY, public/fpdf_save.h. */
const REMOVE_SECURITY = 3;
/** FPDF_FILEWRITE: a version and a callback. */
const WRITER_BYTES = 8;
/**
 * A module that hands on the function it imports, so that PDFium's table of functions, which takes none of JavaScript's, can hold it:
 * `(module (import "e" "f" (func (param i32 i32 i32) (result i32))) (export "f" (func 0)))`.
 */
const BRIDGE = Buffer.from('0061736d0100000001080160037f7f7f017f02070101650166000007050101660000', 'hex');

/** As much of WebAssembly as a bridge needs: the types of it belong to browsers. */
interface WasmScope {
  readonly WebAssembly: {
    readonly Module: new (bytes: Buffer) => object;
    readonly Instance: new (module: object, imports: object) => { readonly exports: { readonly f: unknown } };
  };
}

/** No function stands there: a pointer of 0 is none, and the table can't grow. It holds the callback while a file is saved. */
const FREE_PLACE = 0;

/** Null where PDFium could not save it, or it is larger than `limits.wholeBytesMax`. */
export function plainCopy(pdfium: Pdfium, document: number): Buffer | null {
  const pieces: Buffer[] = [];
  let length = 0;
  const write = (_writer: number, from: number, sizeBytes: number): number => {
    length += sizeBytes;
    if (length > limits.wholeBytesMax) return 0;
    pieces.push(Buffer.from(new Uint8Array(pdfium.memory.buffer).slice(from, from + sizeBytes)));
    return 1;
  };
  const table = pdfium.__indirect_function_table;
  const before = table.get(FREE_PLACE);
  const writer = pdfium.malloc(WRITER_BYTES);
  try {
    table.set(FREE_PLACE, bridge(write));
    const fields = new DataView(pdfium.memory.buffer, writer, WRITER_BYTES);
    fields.setUint32(0, 1, true);
    fields.setUint32(4, FREE_PLACE, true);
    return pdfium.FPDF_SaveAsCopy(document, writer, REMOVE_SECURITY) ? Buffer.concat(pieces) : null;
  } finally {
    table.set(FREE_PLACE, before);
    pdfium.free(writer);
  }
}

/** `f` as a function of WebAssembly. */
function bridge(f: (writer: number, from: number, sizeBytes: number) => number): unknown {
  const { WebAssembly } = globalThis as unknown as WasmScope;
  return new WebAssembly.Instance(new WebAssembly.Module(BRIDGE), { e: { f } }).exports.f;
}

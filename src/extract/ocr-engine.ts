/**
 * Tesseract, compiled to WebAssembly: one instance in a process, made when the first picture comes. Program and language data are files of two optional
 * packages; the wasm is handed over from there, so that nothing is ever fetched. It runs in this thread: what takes too long is thrown out of it.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { FileProblem } from '../problem.js';
import type { Raster } from './image-raster.js';
import { type Line, linesOfSymbols, type OcrSymbol } from './ocr-lines.js';

/** The packages that OCR needs; without them a picture stays unread. */
export const OCR_PACKAGES = ['tesseract.js-core', '@tesseract.js-data/jpn'] as const;

/** The build without the engine of Tesseract 3, for processors that know SIMD, which Node 20 takes for granted. */
const CORE = 'tesseract-core-simd-lstm';
const LANGUAGE = 'jpn';
/** Integer weights: the float ones write digits as circled ones. */
const DATA = join('4.0.0_best_int', `${LANGUAGE}.traineddata.gz`);
/** Init()'s OEM_LSTM_ONLY; PSM_SINGLE_BLOCK keeps the rows of a table whole (publictypes.h). */
const LSTM_ONLY = 1;
const SINGLE_BLOCK = 6;
/** PageIteratorLevel, publictypes.h. */
const TEXTLINE = 2;
const SYMBOL = 4;
const INPUT = '/input';
/** A page has no more characters; what has is noise. */
const SYMBOLS_MAX = 50_000;

/** What is used of the compiled library. Its objects stand for addresses in the memory of the instance. */
interface Core {
  readonly FS: { writeFile(path: string, bytes: Uint8Array): void; unlink(path: string): void };
  readonly TessBaseAPI: new () => TessBaseApi;
  getPointer(object: object): number;
  _emscripten_bind_Pix_get_data_0(pix: number): number;
  _malloc(sizeBytes: number): number;
  _free(address: number): void;
  destroy(object: object): void;
}
interface TessBaseApi {
  Init(path: null, language: string, mode: number): number;
  SetPageSegMode(mode: number): void;
  SetVariable(name: string, value: string): boolean;
  SetImageFile(orientation: number, angle: number): number;
  SetImage(bytes: number, width: number, height: number, bytesPerPixel: number, bytesPerLine: number): void;
  SetSourceResolution(dpi: number): void;
  GetInputImage(): Pix;
  Recognize(monitor: null): number;
  GetIterator(): ResultIterator;
  /** Of words, 0 to 100: that of single characters is high for nonsense too. */
  MeanTextConf(): number;
  Clear(): void;
}
interface Pix {
  get_w(): number;
  get_h(): number;
  get_d(): number;
  get_wpl(): number;
  get_spp(): number;
  get_xres(): number;
}
interface ResultIterator {
  Begin(): void;
  Next(level: number): boolean;
  Empty(level: number): boolean;
  GetUTF8Text(level: number): string;
  Confidence(level: number): number;
  IsAtBeginningOf(level: number): boolean;
  getBoundingBox(level: number): { x0: number; y0: number; x1: number; y1: number };
}

/** What stands on one picture of a page. */
export interface OcrPage {
  readonly lines: Line[];
  /** How sure the engine is of its words on the average, 0 to 100. */
  readonly confidence: number;
  readonly symbols: number;
}

interface Memory {
  readonly buffer: ArrayBuffer;
}
/** Node's own types leave it out. */
interface Wasm {
  instantiate(bytes: Buffer, imports: object): Promise<{ instance: { exports: Record<string, unknown> }; module: object }>;
  readonly Memory: new () => Memory;
}

let instance: Promise<OcrEngine> | null = null;

/** The process's engine. Throws FileProblem('needs-ocr') where its packages are not installed. */
export function loadOcr(): Promise<OcrEngine> {
  instance ??= start();
  return instance;
}

/** After a trap or a stop the instance's memory can't be trusted: the next page gets a fresh one. */
export function dropOcr(): void {
  instance = null;
}

/** Whether the packages are there; they are optional. */
export function findOcr(): { readonly core: string; readonly data: string } | null {
  const { resolve } = createRequire(import.meta.url);
  try {
    const [core, data] = OCR_PACKAGES.map((name) => dirname(resolve(`${name}/package.json`))) as [string, string];
    return { core: join(core, CORE), data: join(data, DATA) };
  } catch {
    return null;
  }
}

async function start(): Promise<OcrEngine> {
  const files = findOcr();
  if (!files) throw new FileProblem('needs-ocr', `OCR is not installed: npm install ${OCR_PACKAGES.join(' ')}`);
  let memory: Memory | null = null;
  const wasm = (globalThis as unknown as { WebAssembly: Wasm }).WebAssembly;
  const stopwatch = { endMs: Number.POSITIVE_INFINITY };
  const create = createRequire(import.meta.url)(`${files.core}.js`) as (options: object) => Promise<Core>;
  const core = await create({
    print: ignore,
    printErr: ignore,
    // Called about every twentieth word while a page is recognised; an error thrown here comes out of Recognize().
    TesseractProgress: () => {
      if (Date.now() > stopwatch.endMs) throw new OutOfTime();
    },
    instantiateWasm: (imports: object, done: (instance: object, module: object) => void) => {
      void wasm.instantiate(readFileSync(`${files.core}.wasm`), imports).then((made) => {
        memory = Object.values(made.instance.exports).find((one) => one instanceof wasm.Memory) ?? null;
        done(made.instance, made.module);
      });
      return {};
    },
  });
  core.FS.writeFile(`${LANGUAGE}.traineddata`, gunzipSync(readFileSync(files.data)));
  const api = new core.TessBaseAPI();
  if (api.Init(null, LANGUAGE, LSTM_ONLY) !== 0 || !memory) throw new Error('OCR could not be started');
  core.FS.unlink(`${LANGUAGE}.traineddata`);
  api.SetPageSegMode(SINGLE_BLOCK);
  return new OcrEngine(core, api, memory, stopwatch);
}

function ignore(): void {}

class OutOfTime extends Error {}

export class OcrEngine {
  readonly #core: Core;
  readonly #api: TessBaseApi;
  readonly #memory: Memory;
  readonly #stopwatch: { endMs: number };

  constructor(core: Core, api: TessBaseApi, memory: Memory, stopwatch: { endMs: number }) {
    this.#core = core;
    this.#api = api;
    this.#memory = memory;
    this.#stopwatch = stopwatch;
  }

  /** The first picture of a PNG, JPEG, TIFF or BMP file in shades of grey. Its size is to be looked at before. Throws FileProblem('damaged'). */
  decode(content: Uint8Array, orientation: number): Raster {
    return this.#guard(() => {
      this.#core.FS.writeFile(INPUT, content);
      try {
        if (this.#api.SetImageFile(orientation, 0) !== 0) throw new FileProblem('damaged', 'the picture could not be decoded');
      } finally {
        this.#core.FS.unlink(INPUT);
      }
      const raster = this.#greyOf(this.#api.GetInputImage());
      this.#api.Clear();
      return raster;
    });
  }

  /** Throws FileProblem('timed-out') past `endMs`. */
  recognise(raster: Raster, endMs: number): OcrPage {
    const core = this.#core;
    this.#stopwatch.endMs = endMs;
    return this.#guard(() => {
      const { widthPx, heightPx, grey } = raster;
      const at = core._malloc(grey.length);
      if (at === 0) throw new FileProblem('too-large', 'no memory for this picture');
      try {
        new Uint8Array(this.#memory.buffer).set(grey, at);
        this.#api.SetImage(at, widthPx, heightPx, 1, widthPx);
        this.#api.SetSourceResolution(raster.dpi);
      } finally {
        core._free(at);
      }
      if (this.#api.Recognize(null) !== 0) throw new FileProblem('damaged', 'OCR refused the picture');
      const symbols = this.#symbols();
      const confidence = this.#api.MeanTextConf();
      this.#api.Clear();
      return { lines: linesOfSymbols(symbols), confidence, symbols: symbols.length };
    });
  }

  #symbols(): OcrSymbol[] {
    const symbols: OcrSymbol[] = [];
    const iterator = this.#api.GetIterator();
    iterator.Begin();
    do {
      if (iterator.Empty(SYMBOL)) continue;
      const { x0, y0, x1, y1 } = iterator.getBoundingBox(SYMBOL);
      const text = iterator.GetUTF8Text(SYMBOL);
      const confidence = iterator.Confidence(SYMBOL);
      const line = iterator.IsAtBeginningOf(TEXTLINE) ? iterator.getBoundingBox(TEXTLINE) : null;
      symbols.push({ text, confidence, left: x0, top: y0, right: x1, bottom: y1, line: line && { top: line.y0, bottom: line.y1 } });
    } while (symbols.length < SYMBOLS_MAX && iterator.Next(SYMBOL));
    this.#core.destroy(iterator);
    return symbols;
  }

  /** One byte a pixel, 0 is black. Leptonica keeps rows in words of 32 bits, the leftmost pixel in the highest bits. */
  #greyOf(pix: Pix): Raster {
    const [widthPx, heightPx, depth, rowBytes] = [pix.get_w(), pix.get_h(), pix.get_d(), pix.get_wpl() * 4];
    const bytes = new Uint8Array(
      this.#memory.buffer,
      this.#core._emscripten_bind_Pix_get_data_0(this.#core.getPointer(pix)),
      rowBytes * heightPx,
    );
    const grey = new Uint8Array(widthPx * heightPx);
    const alpha = depth === 32 && pix.get_spp() === 4;
    for (let y = 0; y < heightPx; y += 1) {
      const row = y * rowBytes;
      const to = y * widthPx;
      if (depth === 1) for (let x = 0; x < widthPx; x += 1) grey[to + x] = (bytes[row + ((x >> 3) ^ 3)]! >> (7 - (x & 7))) & 1 ? 0 : 255;
      else if (depth === 8) for (let x = 0; x < widthPx; x += 1) grey[to + x] = bytes[row + (x ^ 3)]!;
      else if (depth === 32) for (let x = 0; x < widthPx; x += 1) grey[to + x] = greyOfColour(bytes, row + x * 4, alpha);
      else throw new FileProblem('unsupported', `pictures of ${depth} bits a pixel`);
    }
    return { widthPx, heightPx, dpi: pix.get_xres(), grey };
  }

  #guard<T>(use: () => T): T {
    try {
      return use();
    } catch (error) {
      if (error instanceof FileProblem) throw error;
      dropOcr();
      if (error instanceof OutOfTime) throw new FileProblem('timed-out', 'OCR took too long');
      if (isTrap(error)) throw new FileProblem('damaged', 'OCR stopped on this picture');
      throw error;
    } finally {
      this.#stopwatch.endMs = Number.POSITIVE_INFINITY;
    }
  }
}

/** A trap of the wasm, its abort, or a C++ error that nobody caught, which comes as its address. */
function isTrap(error: unknown): boolean {
  return typeof error === 'number' || (error instanceof Error && error.name === 'RuntimeError');
}

/** Red, green, blue and alpha from the highest byte down; weights of ITU-R BT.601; what is transparent lies on white paper. */
function greyOfColour(bytes: Uint8Array, at: number, alpha: boolean): number {
  const grey = (bytes[at + 3]! * 77 + bytes[at + 2]! * 150 + bytes[at + 1]! * 29) >> 8;
  return alpha ? 255 - Math.round(((255 - grey) * bytes[at]!) / 255) : grey;
}

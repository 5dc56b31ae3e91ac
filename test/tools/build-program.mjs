/**
 * Makes the compiled program few files: one for the command line, one for a worker, the code that both need, and what is seldom needed in files of its own.
 * Node reads hundreds of modules slower than it runs them, and every worker reads them again. The files lie two folders below dist/, as those of dist/src do,
 * so that the same relative places lead to dist/data, to package.json and to the worker.
 */
import { join } from 'node:path';
import { build } from 'esbuild';

/** Packages that stay as they are: with native code, WebAssembly, files of their own, or loaded by their place. All others become part of the program. */
export const KEPT_PACKAGES = [
  '@hyzyla/pdfium',
  '@tesseract.js-data/jpn',
  '7z-wasm',
  'koffi',
  'libsql',
  'pdf-parse',
  'pdfjs-dist',
  'tesseract.js-core',
  'xlsx',
];

/** Gives esbuild's account of what went where (its metafile). */
export async function buildProgram(top) {
  const { metafile } = await build({
    absWorkingDir: top,
    entryPoints: { main: join('src', 'cli', 'main.ts'), 'worker-main': join('src', 'cli', 'worker-main.ts') },
    outdir: join('dist', 'program', 'cli'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.16',
    charset: 'utf8',
    // Names are kept: a fault of the program is told by them.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    metafile: true,
    external: KEPT_PACKAGES,
    // For the CommonJS packages that become part of a module.
    banner: { js: "import{createRequire as createRequireHere}from'node:module';const require=createRequireHere(import.meta.url);" },
    logLevel: 'warning',
  });
  return metafile;
}

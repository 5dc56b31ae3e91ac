/** The script and the style sheet of the page, as the build has laid them out from src/page. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface PageFiles {
  readonly script: string;
  readonly style: string;
}

/** From `dist/data`, for the compiled module (dist/src/report/html) and for its source (src/report/html, as tests run it). Throws Error when the program was never built. */
export function pageFiles(): PageFiles {
  const here = dirname(fileURLToPath(import.meta.url));
  for (const folder of [join(here, '../../../data'), join(here, '../../../dist/data')]) {
    if (!existsSync(join(folder, 'page.js'))) continue;
    return { script: readFileSync(join(folder, 'page.js'), 'utf8'), style: readFileSync(join(folder, 'page.css'), 'utf8') };
  }
  throw new Error('the script of the page is missing; run npm run build');
}

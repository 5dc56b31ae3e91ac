/** What this host brings: runtime, memory, reading processes, database, calls of the system, OCR. */
import { createRequire } from 'node:module';
import { freemem } from 'node:os';
import type { Lang } from '../../../detectors/contract.js';
import { Store } from '../../inventory/store.js';
import { limits } from '../../limits.js';
import { defaultWorkers } from '../compose.js';
import { hasOcr, ocrArchive } from '../native-note.js';
import type { Line } from './line.js';
import { doctorWords, type Said } from './words.js';

/** package.json, "engines". */
const NODE_MIN = [20, 16] as const;
const MB = 1024 * 1024;

export async function lookAtHost(workers: number, wantsOcr: boolean, lang: Lang): Promise<Line[]> {
  const say = doctorWords(lang);
  const lines: Line[] = [];
  const add = (check: string, isFine: boolean, { text, todo }: Said, effect?: Line['effect']): void => {
    const mark = isFine ? 'ok' : effect === 'cannot-run' ? 'bad' : 'warn';
    lines.push({ check, mark, text, ...(todo === undefined ? {} : { todo }), ...(isFine || !effect ? {} : { effect }) });
  };
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNew = major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1]);
  add('node', isNew, say.node(process.versions.node, isNew), 'cannot-run');
  const needed = Math.max(limits.treeBytesMax, workers * (wantsOcr ? limits.ocrWorkerBytesMin : limits.workerBytesMin));
  const free = availableBytes();
  add(
    'memory',
    free >= needed,
    say.memory(String(Math.round(free / MB)), String(Math.round(needed / MB)), defaultWorkers(), workers, free >= needed),
  );
  try {
    Store.open(':memory:').close();
    add('sqlite', true, say.sqlite(loads('node:sqlite') ? 'node:sqlite' : 'libsql'));
  } catch (error) {
    add('sqlite', false, say.sqliteFails(error instanceof Error ? error.name : 'error'), 'cannot-run');
  }
  if (process.platform === 'linux' || process.platform === 'win32') add('koffi', loads('koffi'), say.koffi(loads('koffi')), 'unexamined');
  const isThere = hasOcr();
  const said = say.ocr(isThere, wantsOcr, ocrArchive());
  if (isThere || wantsOcr) add('ocr', isThere, said, 'unexamined');
  else lines.push({ check: 'ocr', mark: 'note', ...said });
  return lines;
}

/** What may still be taken: of the host, or of the container or service that this process is shut into. */
function availableBytes(): number {
  const within = process.constrainedMemory();
  return within > 0 && within < Number.MAX_SAFE_INTEGER ? Math.min(freemem(), within) : freemem();
}

function loads(name: string): boolean {
  try {
    createRequire(import.meta.url)(name);
    return true;
  } catch {
    return false;
  }
}

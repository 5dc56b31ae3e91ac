/** Opens documents of Office 97 to 2003 (xls, doc, ppt) with passwords that are known: those that programs set by themselves, and `--passwords`. */
import { BIFF_HEAD_BYTES, biffStreamName, openBiff, readBiffLock } from '../container/biff-lock.js';
import { EXCEL_PASSWORD, POWERPOINT_PASSWORD } from '../container/default-passwords.js';
import { openSummary, SUMMARY_STREAMS } from '../container/encrypted-summary.js';
import { memorySource } from '../container/memory-source.js';
import { type OfficeLock, schemeOf } from '../container/office-lock.js';
import { OLE_MAGIC, openOle } from '../container/ole.js';
import { hideStreams } from '../container/ole-image.js';
import { openPowerPoint, readPowerPointLock } from '../container/powerpoint-lock.js';
import { unlockRc4 } from '../container/rc4-office.js';
import { openWord, readWordLock } from '../container/word-lock.js';
import type { Source } from '../model.js';
import { FileProblem } from '../problem.js';
import { readOleProperties } from './ole-properties.js';
import type { Opened, Unlock } from './unlock.js';

/** Without a compound file around it (Excel 2 to 4) the stream is the file. Packages, which the same reader takes, do not begin like one. */
export const unlockWorkbook: Unlock = (source, { passwords }) => {
  const isCompound = source.read(0, OLE_MAGIC.length).equals(OLE_MAGIC);
  const inside = isCompound ? unlessDamaged(() => openOle(source)) : null;
  if (isCompound && !inside) return null;
  const name = inside ? biffStreamName(inside) : '';
  const locked = unlessDamaged(() => readBiffLock(inside ? inside.head(name, BIFF_HEAD_BYTES) : source.read(0, BIFF_HEAD_BYTES)));
  if (!locked) return null;
  const stream = inside ? inside.stream(name) : source.whole();
  const { lock } = locked;
  const { opened, password } = tryAll('xls', lock, [EXCEL_PASSWORD, ...passwords], (one) => openBiff(stream, locked, one));
  return inside ? patched(source, new Map([[name, opened]]), lock, password) : { source: memorySource(source.name, opened) };
};

export const unlockDocument: Unlock = (source, { passwords }) => {
  const ole = openOle(source);
  const lock = unlessDamaged(() => readWordLock(ole));
  if (!lock) return null;
  const { opened, password } = tryAll('doc', lock, passwords, (one) => openWord(ole, lock, one));
  return patched(source, opened, lock, password);
};

export const unlockPresentation: Unlock = (source, { passwords }) => {
  const ole = openOle(source);
  const lock = unlessDamaged(() => readPowerPointLock(ole));
  if (!lock) return null;
  const { opened, password } = tryAll('ppt', lock, [POWERPOINT_PASSWORD, ...passwords], (one) => openPowerPoint(ole, lock, one));
  return patched(source, opened, lock, password);
};

function patched(source: Source, streams: ReadonlyMap<string, Buffer>, lock: OfficeLock, password: string): Opened {
  const ole = openOle(source);
  const image = ole.patched(streams);
  // A reader takes them for the sign that the file is locked.
  hideStreams(image, SUMMARY_STREAMS);
  const blocks = lock.sort === 'rc4' ? unlockRc4(lock.header, password) : null;
  const sets = blocks ? openSummary(ole, blocks) : new Map<string, Buffer>();
  const properties = readOleProperties({ head: (path, bytes) => sets.get(path)?.subarray(0, bytes) ?? Buffer.alloc(0) });
  return { source: memorySource(source.name, image), properties };
}

function tryAll<T>(
  format: string,
  lock: OfficeLock,
  passwords: readonly string[],
  open: (password: string) => T | null,
): { opened: T; password: string } {
  for (const password of passwords) {
    const opened = open(password);
    if (opened !== null) return { opened, password };
  }
  throw new FileProblem('encrypted', `${format}: ${schemeOf(lock)}`);
}

/** What is wrong with a file is its reader's to tell. */
function unlessDamaged<T>(work: () => T | null): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof FileProblem && error.code === 'damaged') return null;
    throw error;
  }
}

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
import type { ExtractContext } from '../parts.js';
import { FileProblem } from '../problem.js';
import { readOleProperties, tellOleDates } from './ole-properties.js';
import type { Opened, Unlock } from './unlock.js';

/** Without a compound file around it (Excel 2 to 4) the stream is the file. Packages, which the same reader takes, do not begin like one. */
export const unlockWorkbook: Unlock = (source, context) => {
  const isCompound = source.read(0, OLE_MAGIC.length).equals(OLE_MAGIC);
  const inside = isCompound ? unlessDamaged(() => openOle(source)) : null;
  if (isCompound && !inside) return null;
  const name = inside ? biffStreamName(inside) : '';
  const locked = unlessDamaged(() => readBiffLock(inside ? inside.head(name, BIFF_HEAD_BYTES) : source.read(0, BIFF_HEAD_BYTES)));
  if (!locked) return null;
  // Mostly in the clear beside what is locked.
  if (inside) tellOleDates(inside, context);
  const stream = inside ? inside.stream(name) : source.whole();
  const { lock } = locked;
  const { opened, password } = tryAll('xls', lock, [EXCEL_PASSWORD, ...context.passwords], (one) => openBiff(stream, locked, one));
  return inside ? patched(source, new Map([[name, opened]]), lock, password, context) : { source: memorySource(source.name, opened) };
};

export const unlockDocument: Unlock = (source, context) => {
  const ole = openOle(source);
  const lock = unlessDamaged(() => readWordLock(ole));
  if (!lock) return null;
  tellOleDates(ole, context);
  const { opened, password } = tryAll('doc', lock, context.passwords, (one) => openWord(ole, lock, one));
  return patched(source, opened, lock, password, context);
};

export const unlockPresentation: Unlock = (source, context) => {
  const ole = openOle(source);
  const lock = unlessDamaged(() => readPowerPointLock(ole));
  if (!lock) return null;
  tellOleDates(ole, context);
  const { opened, password } = tryAll('ppt', lock, [POWERPOINT_PASSWORD, ...context.passwords], (one) => openPowerPoint(ole, lock, one));
  return patched(source, opened, lock, password, context);
};

function patched(
  source: Source,
  streams: ReadonlyMap<string, Buffer>,
  lock: OfficeLock,
  password: string,
  context: ExtractContext,
): Opened {
  const ole = openOle(source);
  const image = ole.patched(streams);
  // A reader takes them for the sign that the file is locked.
  hideStreams(image, SUMMARY_STREAMS);
  const blocks = lock.sort === 'rc4' ? unlockRc4(lock.header, password) : null;
  const sets = blocks ? openSummary(ole, blocks) : new Map<string, Buffer>();
  const locked = { head: (path: string, bytes: number) => sets.get(path)?.subarray(0, bytes) ?? Buffer.alloc(0) };
  tellOleDates(locked, context);
  return { source: memorySource(source.name, image), properties: readOleProperties(locked) };
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

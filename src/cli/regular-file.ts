/** Files that an operator names, opened only when they are files: a pipe or a device would never end, or keep the program waiting for a writer. */
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { UsageError } from '../problem.js';
import { causeJa, codeOf } from './paths.js';

const A_FILE = { ja: '', en: '' };

/** Links are followed. `what` it is, for the message. @throws UsageError for what can't be read or is no regular file */
export function withRegularFile<T>(file: string, use: (fd: number, sizeBytes: number) => T, what = A_FILE): T {
  let fd: number | null = null;
  try {
    // Without waiting: opening a pipe blocks until somebody writes (open(2)). Windows has neither.
    fd = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = fstatSync(fd);
    if (!stat.isFile())
      throw new UsageError({
        ja: `${file}: ふつうのファイルではありません（フォルダー、パイプ、装置など）`,
        en: `${file}: is no regular file (a folder, pipe or device)`,
      });
    return use(fd, stat.size);
  } catch (error) {
    if (error instanceof UsageError || (error as { code?: unknown }).code === undefined) throw error;
    const code = codeOf(error);
    throw new UsageError({ ja: `${file}: ${what.ja}読めません（${causeJa(code)}）`, en: `${file}: ${what.en}can't be read (${code})` });
  } finally {
    if (fd !== null) closeSync(fd);
  }
}

/** The whole file. @throws UsageError as above */
export function readRegularFile(file: string, what = A_FILE): Buffer {
  return withRegularFile(file, (fd) => readFileSync(fd), what);
}

/**
 * Readers of formats that keep their own name when they are locked (xls, doc, ppt, OpenDocument): one that opens with a password that is known is
 * handed back in the clear as the file itself (a member without a name); all else goes to the reader as it is. It judges no protection.
 */
import type { Block, MemberBlock, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';

export interface Opened {
  /** The file in the clear. */
  readonly source: Source;
  /** What of its properties was locked apart. */
  readonly properties?: readonly string[];
}

/** Null when the file is not locked. Throws FileProblem('encrypted') when none of the passwords fits. */
export type Unlock = (source: Source, context: ExtractContext) => Opened | null;

/** Part of each reader's version: raised when other files open, or in another way. */
const VERSION = 2;

export function unlocking(reader: Extractor, ...unlocks: readonly Unlock[]): Extractor {
  return {
    ...reader,
    version: reader.version * 100 + VERSION,
    read(source, context) {
      for (const unlock of unlocks) {
        const opened = unlock(source, context);
        if (opened) return blocksOf(opened, context);
      }
      return reader.read(source, context);
    },
  };
}

function* blocksOf({ source, properties = [] }: Opened, context: ExtractContext): Generator<Block | MemberBlock> {
  context.unpacked(source.sizeBytes);
  yield { kind: 'member', name: '', source };
  if (properties.length > 0) yield { kind: 'text', where: { part: 'property', line: 1 }, text: properties.join('\n') };
}

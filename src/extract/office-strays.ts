/**
 * Parts of Office packages (ECMA-376) that no reader of its own takes, by their names: what of each is text and what its place is called. Parts that
 * are not named here are read whole, so that what programs add later is not passed over.
 */
import { XmlCursor } from '../container/xml.js';
import type { Block } from '../model.js';
import { readStrays, type StrayPlan, StrayTexts } from './xml-strays.js';

export interface StrayPart extends StrayPlan {
  /** What the place is called in findings. */
  readonly part: string;
  /** It mostly says what stands elsewhere in the file. */
  readonly copy: boolean;
  /** Its texts are values beside each other, not sentences. */
  readonly list: boolean;
  /** The targets of its external relationships are what counts. */
  readonly links: boolean;
}

const names = (words: string) => new Set(words.split(' ').filter((word) => word !== ''));
const DEFAULTS = { wide: true, texts: false, copy: true, list: false, links: false, of: '' };
/** `of`: the elements whose attributes `known` are. */
const stray = (part: string, known: string, given: Partial<typeof DEFAULTS> = {}): StrayPart => {
  const { of, ...rest } = { ...DEFAULTS, ...given };
  return { part, known: names(known), elements: of === '' ? null : names(of), ...rest };
};

/** Looks and settings of programs; parts that are read elsewhere with all their texts; lists of parts. */
const NOT_STRAY =
  /^(?:\[Content_Types\]\.xml|docProps\/.*|_rels\/.*|customXml\/.*|xl\/(?:(?:worksheets|chartsheets|dialogsheets|macrosheets|theme|charts|diagrams|comments|threadedComments|persons|pivotCache\/pivotCacheRecords)[^.]*\.xml|(?:sharedStrings|styles|calcChain|volatileDependencies)\.xml|revisions\/revisionLog[^/]*\.xml)|word\/(?:theme\/.*|charts\/.*|diagrams\/.*|(?:glossary\/)?(?:styles|stylesWithEffects|fontTable|webSettings|numbering|commentsExtended|commentsIds|commentsExtensible)\.xml)|ppt\/(?:theme\/.*|charts\/.*|diagrams\/.*|(?:presProps|viewProps|tableStyles)\.xml))$/i;

const STRAYS: readonly (readonly [RegExp, StrayPart])[] = [
  [/\.rels$/i, stray('link', '', { links: true })],
  [/^(?:xl|word|ppt)\/drawings\/[^/]+\.(?:xml|vml)$/i, stray('description', 'descr title tooltip alt string', { copy: false })],
  [/^xl\/connections\.xml$/i, stray('connection', 'name description connection command sourceFile odcFile url', { texts: true })],
  [/^xl\/tables\/[^/]+\.xml$/i, stray('filter', 'val totalsRowLabel comment', { list: true, of: 'filter customFilter table tableColumn' })],
  [/^xl\/pivotTables\/[^/]+\.xml$/i, stray('pivot', 'n c caption stringValue1 stringValue2', { list: true })],
  // Its values are read as a table.
  [/^xl\/pivotCache\/pivotCacheDefinition[^/]*\.xml$/i, stray('author', 'refreshedBy', { wide: false })],
  [/^xl\/(?:slicers|slicerCaches|timelines|timelineCaches)\/[^/]+\.xml$/i, stray('filter', 'n c caption', { list: true })],
  [/^xl\/ctrlProps\/[^/]+\.xml$/i, stray('field', 'val', { list: true, copy: false, of: 'item' })],
  [/^xl\/externalLinks\/[^/]+\.xml$/i, stray('link', '')],
  [/^xl\/workbook\.xml$/i, stray('name', 'userName name', { wide: false, of: 'fileSharing customWorkbookView' })],
  [/^xl\/revisions\/[^/]+\.xml$/i, stray('author', 'userName name')],
  [
    /^word\/settings\.xml$/i,
    stray('variable', 'name val', { wide: false, copy: false, of: 'docVar query connectString udl mailSubject mappedName' }),
  ],
  [/^ppt\/tags\/[^/]+\.xml$/i, stray('tag', 'val', { copy: false, of: 'tag' })],
  [/^ppt\/presentation\.xml$/i, stray('name', '')],
  // Their texts are read elsewhere.
  [/^customXml\/item\d+\.xml$/i, stray('data', '')],
  [/^docProps\/custom\.xml$/i, stray('property', '', { texts: true })],
];
const UNKNOWN = stray('data', '', { texts: true });

/** What of a part is text that nobody reads; null for one that holds none. `taken`: its texts were read. */
export function strayPartOf(name: string, taken: boolean): StrayPart | null {
  if (!/\.(?:xml|vml|rels)$/i.test(name)) return null;
  const known = STRAYS.find(([pattern]) => pattern.test(name));
  if (known) return known[1];
  return taken || NOT_STRAY.test(name) ? null : UNKNOWN;
}

export function readStrayPart(pieces: Iterable<Buffer>, plan: StrayPart): readonly string[] {
  return plan.links ? readLinks(pieces) : readStrays(pieces, plan);
}

/** As blocks: sentences as lines, values as a table of one column, where neighbours are no one person's. */
export function* strayBlocks(texts: readonly string[], { part, list, copy }: Pick<StrayPart, 'part' | 'list' | 'copy'>): Generator<Block> {
  if (texts.length === 0) return;
  const where = { part };
  if (!list) yield { kind: 'text', where, text: texts.join('\n'), ...(copy && { copy }) };
  else yield { kind: 'table', where, rows: [{ firstRow: 1, rows: texts.map((text) => [text]) }], ...(copy && { copy }) };
}

/**
 * Where a part's relationships lead outside of the file (9.3.2.2), decoded: addresses of mails, files of servers, and any that goes beyond ASCII; an
 * address of ASCII letters in the web is nobody's text. Throws FileProblem.
 */
function readLinks(pieces: Iterable<Buffer>): readonly string[] {
  const cursor = new XmlCursor(pieces);
  const texts = new StrayTexts();
  try {
    while (cursor.next()) {
      if (cursor.closing || cursor.attribute('TargetMode') !== 'External') continue;
      const target = decoded(cursor.attribute('Target') ?? '');
      if (/^(?:mailto|tel|file):|[^\u0000-\u007f]/i.test(target)) texts.add(target);
    }
  } finally {
    cursor.close();
  }
  return texts.all();
}

/** With its percent escapes resolved where they are UTF-8. */
function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

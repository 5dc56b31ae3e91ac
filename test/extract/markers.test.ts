/** The table of places (test/tools/prove/markers.mjs prints it): what every format can hold text in is read, or told as not read. */
import { beforeAll, describe, expect, it } from 'vitest';
import { cellText } from '../../detectors/contract.js';
import { memorySource } from '../../src/container/memory-source.js';
import { extractorsFor } from '../../src/extract/registry.js';
import { sniff } from '../../src/extract/sniff.js';

interface Place {
  readonly format: string;
  readonly place: string;
  readonly state: 'read' | 'told' | 'silent';
  readonly twice: boolean;
}
interface Looked {
  readonly format: string;
  readonly places: readonly Place[];
  readonly problems: readonly string[];
}

const tools = new URL('../tools/markers/', import.meta.url);
const readers = { sniff, extractorsFor, memorySource, cellText };
const looked = new Map<string, Looked>();

beforeAll(async () => {
  const { plantedFiles } = await import(new URL('index.mjs', tools).href);
  const { lookForMarkers } = await import(new URL('look.mjs', tools).href);
  for (const file of plantedFiles()) looked.set(file.format, await lookForMarkers(file, readers));
});

const names = (places: readonly Place[]) => places.map(({ format, place }) => `${format}: ${place}`);

/** Formats whose planted file goes by the name of a kin. */
const KIN: Readonly<Record<string, string>> = { mht: 'eml', fodt: 'odf-flat', fods: 'odf-flat' };
/** Places that are not read; the record of their file tells so. */
const TOLD = ['xls: log of changes: former cell'];

describe('the table of places', () => {
  it('holds all formats that have readers of their own', () => {
    const formats =
      'xlsx xlsm xlsb xls ods docx doc odt rtf pptx ppt odp pdf html mht xml json eml msg vcf ics zip fodt fods xml-spreadsheet'.split(' ');
    expect([...looked.keys()]).toEqual(formats);
    for (const format of formats) expect(looked.get(format)?.format).toBe(KIN[format] ?? format);
  });

  it('is read, and the rest told', () => {
    const places = [...looked.values()].flatMap((file) => file.places);
    expect(places.length).toBeGreaterThan(700);
    expect(names(places.filter(({ state }) => state === 'silent'))).toEqual([]);
    expect(names(places.filter(({ state }) => state === 'told'))).toEqual(TOLD);
    expect(names(places.filter(({ twice }) => twice))).toEqual([]);
  });

  it('comes without problems but where a place is not read', () => {
    const told = [...looked].filter(([, { problems }]) => problems.length > 0).map(([format, { problems }]) => [format, problems]);
    expect(told).toEqual([['xls', ['unsupported: xls: log of changes not read']]]);
  });
});

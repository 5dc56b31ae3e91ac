/**
 * When a document says of itself that it was made and last saved: properties of its format, never dates in its text, which may be birthdates. Copying or
 * restoring a file renews the times of the file and not these.
 */
import type { DocumentDates } from '../model.js';
import type { ExtractContext } from '../parts.js';

/** Before it stand the zeros of all clocks: 1601 (Windows), 1899 and 1904 (sheets), 1970, and 1 January 1980 (DOS, zip) in any time zone. */
const FIRST_MS = Date.UTC(1980, 0, 2);
const DAY_MS = 86_400_000;
const LAST_MS = Date.UTC(10_000, 0, 1) - 1;
/** What templates and settings of widespread writers leave in every file: python-docx, python-pptx (made, saved), ReportLab's `invariant`. */
const WRITERS_OWN: ReadonlySet<number> = new Set(
  ['2013-12-23T23:15:00Z', '2013-01-27T09:14:16Z', '2013-01-27T09:15:58Z', '2000-01-01T00:00:00Z'].map((text) => Date.parse(text)),
);

/**
 * Tells them to whoever reads the file, but for what can't be true. A document saved last before it was made contradicts itself: its writer filled a
 * template and left the template's date, which says nothing of what was filled in. Whether a date lies in the future is for the judge, who has a clock.
 */
export function tellDates(context: ExtractContext, createdMs: number | null, savedMs: number | null): void {
  const created = believable(createdMs);
  const saved = believable(savedMs);
  const dates: DocumentDates = { created, saved: created !== null && saved !== null && saved + DAY_MS < created ? null : saved };
  if (dates.created !== null || dates.saved !== null) context.dates?.(dates);
}

function believable(ms: number | null): number | null {
  return ms !== null && ms >= FIRST_MS && ms <= LAST_MS && !WRITERS_OWN.has(ms) ? ms : null;
}

const W3C = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,12})?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** W3CDTF of OOXML and XMP, ISO 8601 of OpenDocument: to the day at least. Without a zone it is local time, as OpenOffice writes it. Null for all else. */
export function w3cDate(text: string): number | null {
  const found = W3C.exec(text.trim());
  if (!found) return null;
  const [, year, month, day, hour, minute, second, zone] = found;
  return momentOf([year, month, day, hour, minute, second], zone === undefined ? null : offsetOf(zone));
}

const PDF = /^(?:D:)?(\d{4})(\d\d)(\d\d)(?:(\d\d)(?:(\d\d)(\d\d)?)?)?(?:(Z)|([+-]\d\d)(?:'?(\d\d)'?)?)?/;

/** ISO 32000-1, 7.9.4: `D:20150323090000+09'00'`, to the day at least. Null for all else. */
export function pdfDate(text: string): number | null {
  const found = PDF.exec(text.trim());
  if (!found) return null;
  const [, year, month, day, hour, minute, second, utc, hours, minutes] = found;
  const zone = utc ?? (hours === undefined ? undefined : `${hours}${minutes ?? '00'}`);
  return momentOf([year, month, day, hour, minute, second], zone === undefined ? null : offsetOf(zone));
}

const MAIL =
  /^(?:[a-z]{2,9},?\s{0,9})?(\d{1,2})[\s-]{1,9}([a-z]{3})[a-z]{0,6}[\s-]{1,9}(\d{2,4})\s{1,9}(\d{1,2}):(\d\d)(?::(\d\d))?\s{0,9}([+-]\d{4}|[a-z]{1,5})?/i;
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
/** RFC 5322, 4.3, and Japan's. All other letters are UTC, as that section says. */
const ZONES: Readonly<Record<string, string>> = {
  JST: '+0900',
  EST: '-0500',
  EDT: '-0400',
  CST: '-0600',
  CDT: '-0500',
  MST: '-0700',
  MDT: '-0600',
  PST: '-0800',
  PDT: '-0700',
};

/** RFC 5322, 3.3 and 4.3: `Mon, 23 Mar 2015 09:00:00 +0900 (JST)`. Null for all else. */
export function mailDate(text: string): number | null {
  const found = MAIL.exec(text.trim());
  if (!found) return null;
  const [, day, name, digits, hour, minute, second, zone = 'Z'] = found;
  const month = MONTHS.indexOf(name!.toLowerCase()) + 1;
  const short = Number(digits);
  const year = digits!.length === 4 ? short : digits!.length === 2 && short < 50 ? short + 2000 : short + 1900;
  const offset = offsetOf(/^[+-]/.test(zone) ? zone : (ZONES[zone.toUpperCase()] ?? 'Z'));
  return momentOf([String(year), String(month), day, hour, minute, second], offset);
}

/** MS-DTYP 2.3.3: hundreds of nanoseconds since 1601. */
export function fileTimeDate(low: number, high: number): number {
  return Math.floor((high * 0x1_0000_0000 + low) / 10_000) - 11_644_473_600_000;
}

/** Minutes; NaN for an offset that no place has. */
function offsetOf(zone: string): number {
  if (zone === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  if (hours > 14 || minutes > 59) return Number.NaN;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** Null for a day or an hour that no calendar has. `offsetMinutes` null: local time. */
function momentOf(texts: readonly (string | undefined)[], offsetMinutes: number | null): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = texts.map((text) => Number(text ?? 0));
  if (year < 1000 || month < 1 || month > 12 || hour > 24 || minute > 59 || second > 60) return null;
  if (day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  const ms =
    offsetMinutes === null
      ? new Date(year, month - 1, day, hour, minute, second).getTime()
      : Date.UTC(year, month - 1, day, hour, minute, second) - offsetMinutes * 60_000;
  return Number.isNaN(ms) ? null : ms;
}

/** Days as spreadsheets count them, and their text. Pure arithmetic: no time zone, no clock. */

/** 9999-12-31, where Excel ends. */
const SERIAL_MAX = 2_958_465;
/** From 1900's day 1 to the first day of the 1904 system (ECMA-376-1, 18.17.4.1). */
const DAYS_1904 = 1462;
/** 1970-01-01 as a serial of the 1900 system. */
const EPOCH_SERIAL = 25_569;
const DAY_SECONDS = 86_400;

/**
 * `YYYY-MM-DD`, with ` HH:MM:SS` when there is a time. Null outside 1900–9999. The 1900 system takes 1900 for a leap year, so that serials
 * below 60 are a day off against the calendar, and 60 is a day that never was.
 */
export function dateText(serial: number, is1904: boolean): string | null {
  const [days, seconds] = splitSerial(is1904 ? serial + DAYS_1904 : serial);
  if (!(days >= 0 && days <= SERIAL_MAX)) return null;
  if (days === 0) return clockText(seconds);
  const date = days === 60 ? '1900-02-29' : civilText(days - EPOCH_SERIAL + (days < 60 ? 1 : 0));
  return seconds === 0 ? date : `${date} ${clockText(seconds)}`;
}

/** `HH:MM:SS`; hours go past 24 where whole days are in it. Null for negative values. */
export function timeText(serial: number): string | null {
  const [days, seconds] = splitSerial(serial);
  return days >= 0 && days <= SERIAL_MAX ? clockText(days * DAY_SECONDS + seconds) : null;
}

/** The serial of an ISO 8601 date with or without time, as strict files keep them. NaN for anything else. */
export function serialOfIso(text: string): number {
  const parts = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}(?:\.\d{1,9})?))?)?Z?$/.exec(text);
  if (!parts) return Number.NaN;
  const [, year, month, day, hours = 0, minutes = 0, seconds = 0] = parts.map(Number).map((part) => (Number.isNaN(part) ? 0 : part));
  const days = daysOfCivil(year!, month!, day!) + EPOCH_SERIAL;
  return (days < 61 ? days - 1 : days) + (hours * 3600 + minutes * 60 + seconds) / DAY_SECONDS;
}

/** Whole days and whole seconds; half a second rounds up, so that binary fractions do not show as 23:59:59. */
function splitSerial(serial: number): [number, number] {
  const days = Math.floor(serial);
  const seconds = Math.round((serial - days) * DAY_SECONDS);
  return seconds === DAY_SECONDS ? [days + 1, 0] : [days, seconds];
}

function clockText(seconds: number): string {
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** Days since 1970-01-01 to the Gregorian calendar, in cycles of 400 years that begin in March. */
function civilText(days: number): string {
  const shifted = days + 719_468;
  const cycle = Math.floor(shifted / 146_097);
  const dayOfCycle = shifted - cycle * 146_097;
  const yearOfCycle = Math.floor(
    (dayOfCycle - Math.floor(dayOfCycle / 1460) + Math.floor(dayOfCycle / 36_524) - Math.floor(dayOfCycle / 146_096)) / 365,
  );
  const dayOfYear = dayOfCycle - (365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100));
  const march = Math.floor((5 * dayOfYear + 2) / 153);
  const month = march < 10 ? march + 3 : march - 9;
  const year = yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(dayOfYear - Math.floor((153 * march + 2) / 5) + 1)}`;
}

function daysOfCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const cycle = Math.floor(shifted / 400);
  const yearOfCycle = shifted - cycle * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return cycle * 146_097 + yearOfCycle * 365 + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100) + dayOfYear - 719_468;
}

function two(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}

/** Times in reports: the clock of the office, with its offset, so that a line can be compared with what Explorer shows and still be sorted. */

const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** `2015-03-23T09:00:00+09:00`; null for a time that is not known or that no calendar holds. */
export function localIso(ms: number | null): string | null {
  const local = localParts(ms);
  return local === null ? null : `${local.day}T${local.time}${local.offset}`;
}

/** `2015-03-23 09:00:00`, which spreadsheets read as a date; '' when it is not known. */
export function localStamp(ms: number | null): string {
  const local = localParts(ms);
  return local === null ? '' : `${local.day} ${local.time}`;
}

/** What the office's clock shows beyond UTC at that moment, in milliseconds. */
export function localOffsetMs(ms: number): number {
  return -new Date(ms).getTimezoneOffset() * 60_000;
}

function localParts(ms: number | null): { day: string; time: string; offset: string } | null {
  if (ms === null) return null;
  const date = new Date(ms);
  const year = date.getFullYear();
  if (Number.isNaN(year)) return null;
  const minutes = -date.getTimezoneOffset();
  const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
  return {
    day: `${String(year).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`,
    time: `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`,
    offset,
  };
}

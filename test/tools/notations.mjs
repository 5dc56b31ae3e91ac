/** Birthdates as forms, lists and old systems write them. Dates here are `{ year, month, day }` of the civil calendar. */

/** Start of each era as a number YYYYMMDD, its name, letter and the code of pension forms. */
const ERAS = [
  [20190501, '令和', 'R', 9],
  [19890108, '平成', 'H', 7],
  [19261225, '昭和', 'S', 5],
  [19120730, '大正', 'T', 3],
  [18680125, '明治', 'M', 1],
];
const two = (number) => String(number).padStart(2, '0');

function eraOf({ year, month, day }) {
  const [start, name, letter, code] = ERAS.find(([from]) => year * 10000 + month * 100 + day >= from);
  return { name, letter, code, year: year - Math.floor(start / 10000) + 1 };
}

export const iso = ({ year, month, day }) => `${year}-${two(month)}-${two(day)}`;
export const slashed = ({ year, month, day }) => `${year}/${two(month)}/${two(day)}`;
export const packed = ({ year, month, day }) => `${year}${two(month)}${two(day)}`;
export const western = ({ year, month, day }) => `${year}年${month}月${day}日`;
export function wareki(date) {
  const era = eraOf(date);
  return `${era.name}${era.year === 1 ? '元' : era.year}年${date.month}月${date.day}日`;
}
/** `S30.3.4` */
export function lettered(date) {
  const era = eraOf(date);
  return `${era.letter}${era.year}.${date.month}.${date.day}`;
}
/** `5300304`: era code, year, month, day, as on pension forms; with a mark between the parts `5-30-03-04`. */
export function coded(date, mark = '') {
  const era = eraOf(date);
  return [era.code, two(era.year), two(date.month), two(date.day)].join(mark);
}
/** Days since 1899-12-30, as a workbook keeps a date after February 1900. */
export const serial = ({ year, month, day }) => Math.round((Date.UTC(year, month - 1, day) - Date.UTC(1899, 11, 30)) / 86400000);

/** Amounts and spans of time as a person reads them, in either language. Pure. */
import type { Lang } from '../../../detectors/contract.js';

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `3.4 GB`; a step is 1,024. */
export function bytesText(bytes: number): string {
  const step = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  const value = bytes / 1024 ** step;
  return `${value >= 100 || step === 0 ? Math.round(value) : value.toFixed(1)} ${UNITS[step]}`;
}

/** Never 0 % for something and never 100 % for less than all. */
export function percentText(part: number): string {
  const percent = Math.round(part * 100);
  if (part > 0 && percent === 0) return '<1 %';
  if (part < 1 && percent === 100) return '>99 %';
  return `${percent} %`;
}

/** `40 s`, `12 min`, `5.5 h`. */
export function spanText(seconds: number, lang: Lang): string {
  const [units, value] = lang === 'ja' ? [['秒', '分', '時間'], ''] : [['s', 'min', 'h'], ' '];
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))}${value}${units[0]}`;
  if (seconds < 5400) return `${Math.round(seconds / 60)}${value}${units[1]}`;
  return `${(seconds / 3600).toFixed(1)}${value}${units[2]}`;
}

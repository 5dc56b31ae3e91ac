/** `--until`: the moment at which a sweep ends, whether it is done or not. */
import { UsageError } from '../problem.js';

/** A timer can't wait longer than 2^31 ms, and no night lasts that long. */
const AHEAD_MS_MAX = 7 * 86_400_000;

/**
 * Milliseconds since 1970: `HH:MM` is the next such time by the local clock, today or tomorrow; else a full ISO time, local unless it names its offset.
 * @throws UsageError for anything else, for a time that is over, and for one more than seven days ahead.
 */
export function untilOption(text: string | undefined, nowMs: number): number | null {
  if (text === undefined) return null;
  const ms = clockTime(text, nowMs) ?? isoTime(text);
  if (ms === null)
    throw new UsageError({
      ja: `--until ${text}: 06:00 または 2026-04-01T06:00 の形で時刻を指定してください`,
      en: `--until ${text}: give a time as 06:00 or 2026-04-01T06:00`,
    });
  if (ms <= nowMs) throw new UsageError({ ja: `--until ${text}: 過ぎた時刻です`, en: `--until ${text}: is over already` });
  if (ms - nowMs > AHEAD_MS_MAX)
    throw new UsageError({ ja: `--until ${text}: 7日より先は指定できません`, en: `--until ${text}: is more than seven days ahead` });
  return ms;
}

function clockTime(text: string, nowMs: number): number | null {
  const [hours, minutes] = (/^(\d{1,2}):(\d{2})$/u.exec(text) ?? []).slice(1).map(Number);
  if (hours === undefined || minutes === undefined || hours > 23 || minutes > 59) return null;
  const now = new Date(nowMs);
  const at = (dayAhead: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + dayAhead, hours, minutes).getTime();
  return at(0) > nowMs ? at(0) : at(1);
}

function isoTime(text: string): number | null {
  const match = /^\d{4}-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?$/u.exec(text);
  const ms = match ? new Date(text).getTime() : Number.NaN;
  if (!match || Number.isNaN(ms)) return null;
  // The engine takes 31 February for a day in March.
  const day = new Date(`${text.slice(0, 10)}T00:00Z`);
  return day.getUTCDate() === Number(match[2]) ? ms : null;
}

/**
 * A run as one line for a log: JSON, or words and figures. ASCII alone and below 2,000 characters, which every syslog takes whole (RFC 5424, 6.1); counts
 * only, and the roots masked like names of files.
 */

import { type RunStop, VERDICTS } from '../model.js';
import { countsInOrder } from './order.js';
import type { RunFigures } from './prometheus.js';
import { localIso } from './time.js';

const LINE_CHARS_MAX = 2_000;

export interface LoggedRun extends RunFigures {
  readonly stopped: RunStop | null;
  /** As they may be shown. */
  readonly roots: readonly string[];
}

export function logLine(logged: LoggedRun, form: 'json' | 'text'): string {
  const line = form === 'json' ? jsonLine(logged, logged.roots) : textLine(logged);
  return line.length > LINE_CHARS_MAX && form === 'json' ? jsonLine(logged, []) : line;
}

function jsonLine(
  { run, totals, exitCode, exposed, manners, inventoryRebuilt, mails, stopped }: LoggedRun,
  roots: readonly string[],
): string {
  const fields = {
    time: localIso(run.endedMs),
    program: 'mimawari',
    version: run.version,
    event: 'sweep',
    level: levelOf(exitCode),
    exitCode,
    complete: run.complete,
    stopped,
    started: localIso(run.startedMs),
    seconds: Math.round((run.endedMs - run.startedMs) / 1000),
    ...(roots.length > 0 ? { roots } : {}),
    enumerated: totals.enumerated,
    byVerdict: countsInOrder(VERDICTS, totals.byVerdict),
    openViolations: totals.openViolations,
    notExamined: totals.notExamined,
    piles: totals.piles?.length ?? 0,
    records: Object.values(totals.records).reduce((sum, count) => sum + count, 0),
    persons: totals.persons,
    exposedPersons: exposed.persons,
    accessTimesMoved: manners.accessTimesMoved,
    readAgain: manners.readAgain,
    restedSeconds: Math.round(manners.restedMs / 1000),
    inventoryRebuilt,
    mailsSent: mails.sent,
    mailsFailed: mails.failed,
  };
  return asciiJson(fields);
}

function asciiJson(fields: object): string {
  return JSON.stringify(fields).replace(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A sweep that could not begin, or that broke off before its report. */
export interface FailedRun {
  readonly startedMs: number;
  readonly endedMs: number;
  readonly version: string;
  readonly exitCode: number;
  /** The sentence that the operator was told, as it may be shown. */
  readonly why: string;
}

const WHY_CHARS_MAX = 250; // each may become six

export function failureLine({ startedMs, endedMs, version, exitCode, why }: FailedRun, form: 'json' | 'text'): string {
  const seconds = Math.round((endedMs - startedMs) / 1000);
  if (form === 'text') return `mimawari: sweep failed exit=${exitCode} seconds=${seconds}`;
  return asciiJson({
    time: localIso(endedMs),
    program: 'mimawari',
    version,
    event: 'sweep',
    level: levelOf(exitCode),
    exitCode,
    complete: false,
    stopped: 'failed',
    started: localIso(startedMs),
    seconds,
    why: [...why].slice(0, WHY_CHARS_MAX).join(''),
  });
}

function textLine({ run, totals, exitCode, exposed, mails, stopped }: LoggedRun): string {
  const seconds = Math.round((run.endedMs - run.startedMs) / 1000);
  return [
    `mimawari: sweep ${run.complete ? 'complete' : `stopped (${stopped ?? 'unknown'})`}`,
    `exit=${exitCode}`,
    `seconds=${seconds}`,
    `files=${totals.enumerated}`,
    `violations=${totals.openViolations}`,
    `not_examined=${totals.notExamined}`,
    `piles=${totals.piles?.length ?? 0}`,
    `persons=${totals.persons}`,
    `exposed_persons=${exposed.persons}`,
    `mails=${mails.sent}/${mails.sent + mails.failed}`,
  ].join(' ');
}

/** Severities of syslog by name: findings are for somebody to act on, a run that did not end is worse. */
function levelOf(exitCode: number): 'info' | 'warning' | 'error' {
  return exitCode === 0 ? 'info' : exitCode === 1 || exitCode === 3 ? 'warning' : 'error';
}

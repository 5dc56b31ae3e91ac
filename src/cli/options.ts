/** All options of all commands in one table: the help, and what each command takes, come from here. */
import type { Command } from 'commander';
import type { Lang } from '../../detectors/contract.js';
import { UsageError } from '../problem.js';

interface OptionText {
  readonly flags: string;
  readonly ja: string;
  readonly en: string;
  readonly repeat?: true;
}

export const OPTIONS = {
  lang: { flags: '--lang <ja|en>', ja: '表示言語', en: 'language of messages' },
  inventory: {
    flags: '--inventory <file>',
    ja: '台帳ファイル（省略時は利用者の状態フォルダー）',
    en: "inventory file (default: in the user's state folder)",
  },
  key: {
    flags: '--key <file>',
    ja: '指紋用の鍵ファイル（省略時は台帳の隣）',
    en: 'key file of the fingerprints (default: beside the inventory)',
  },
  config: {
    flags: '--config <file>',
    ja: '設定ファイル（YAML。対象、方針、出力、お知らせ）。コマンドで指定したものが優先',
    en: 'configuration of the site (YAML): folders, policy, outputs, mails; the command line wins',
  },
  policy: { flags: '--policy <file>', ja: '方針ファイル（YAML）', en: 'policy file (YAML)' },
  passwords: {
    flags: '--passwords <file>',
    ja: '試すパスワードの一覧（1行に1つ）。開けたファイルは中身も調べる。記録も表示もしない',
    en: 'passwords to try, one a line: what opens is examined too; never logged or kept',
  },
  csv: { flags: '--csv <file>', ja: 'CSV を書き出す（- は標準出力）', en: 'write a CSV report (- is standard output)' },
  xlsx: {
    flags: '--xlsx <file>',
    ja: 'Excel ブックを書き出す。部署ごとのシートと概要（- は標準出力）',
    en: 'write a workbook: a summary and a sheet a department (- is standard output)',
  },
  byDepartment: {
    flags: '--by-department <folder>',
    ja: 'このフォルダーに、部署ごとの CSV を書き出す',
    en: 'write a CSV for each department into this folder',
  },
  encoding: {
    flags: '--encoding <utf-8|cp932>',
    ja: 'CSV の文字コード（既定は utf-8）。cp932 にない字は数を知らせる',
    en: 'encoding of the CSV (default: utf-8); what cp932 does not hold is counted',
  },
  sign: {
    flags: '--sign <file>',
    ja: '報告の manifest に、この秘密鍵で署名する（作るには mimawari keygen）',
    en: 'sign the manifests of the reports with this private key (mimawari keygen makes one)',
  },
  publicKey: { flags: '--key <file>', ja: '署名を確かめる公開鍵', en: 'public key to check the signature with' },
  folder: { flags: '--folder <folder>', ja: 'このフォルダーだけについて', en: 'of this folder alone' },
  department: { flags: '--department <name>', ja: 'この部署だけについて', en: 'of this department alone' },
  jsonl: { flags: '--jsonl <file>', ja: 'JSONL を書き出す（- は標準出力）', en: 'write a JSONL report (- is standard output)' },
  html: {
    flags: '--html <file>',
    ja: 'HTML の報告を書き出す（1つのファイル。ブラウザーで開き、A4 に印刷できる。- は標準出力）',
    en: 'write an HTML report: one file for a browser, prints on A4 (- is standard output)',
  },
  include: {
    flags: '--include <glob>',
    ja: 'この形に合うファイルだけを見る（繰り返し可）',
    en: 'look only at files that match (may be repeated)',
    repeat: true,
  },
  exclude: {
    flags: '--exclude <glob>',
    ja: 'この形に合うものを除く。除いた数は報告する（繰り返し可）',
    en: 'leave out what matches; counted (may be repeated)',
    repeat: true,
  },
  stamp: {
    flags: '--stamp <file>',
    ja: '直すところがなければ、確認の印を書き出す（.txt、.html、.json。確かめるフォルダーの外に置く）',
    en: 'when all is in order, write a stamp to keep (.txt, .html, .json; outside of what is checked)',
  },
  ocr: {
    flags: '--ocr',
    ja: '画像（スキャン、FAX、写真）の文字も読む。1ページに数秒かかる',
    en: 'read pictures of text too (scans, faxes, photographs): some seconds a page',
  },
  workers: {
    flags: '--workers <n>',
    ja: '読み取りプロセスの数（省略時は CPU の数）',
    en: 'number of reading processes (default: one a core)',
  },
  maxFilesPerSecond: {
    flags: '--max-files-per-second <n>',
    ja: '1秒に読み始めるファイル数の上限',
    en: 'begin at most so many files a second',
  },
  maxBytesPerSecond: {
    flags: '--max-bytes-per-second <n>',
    ja: '1秒に読む量の上限（例: 20M。K、M、G が使える）',
    en: 'read at most so much a second, by all processes together (20M; K, M, G)',
  },
  priority: {
    flags: '--priority <low|normal>',
    ja: '読み取りプロセスの CPU 優先度（既定は normal、設定ファイルがあれば low）',
    en: 'CPU priority of the reading processes (default: normal; low with a configuration)',
  },
  prometheus: {
    flags: '--prometheus <file>',
    ja: 'Prometheus（node_exporter）用の数値を書き出す（名前は .prom で終える）',
    en: "write figures for the text file collector of Prometheus' node_exporter (name ends in .prom)",
  },
  log: {
    flags: '--log <json|text>',
    ja: '要約の代わりに、1行のログを標準出力へ（syslog、journald 用）',
    en: 'one log line on standard output in place of the summary, for syslog and journald',
  },
  withoutMail: { flags: '--without-mail', ja: '設定があってもメールを送らない', en: 'send no mail, whatever the configuration says' },
  until: {
    flags: '--until <time>',
    ja: 'この時刻（06:00 または 2026-04-01T06:00）になったら切り上げる。続きは次の見回りで',
    en: 'stop at this time (06:00 or 2026-04-01T06:00); the next sweep goes on from there',
  },
  acceptReplaced: {
    flags: '--accept-replaced',
    ja: '対象フォルダーの中身が丸ごと入れ替わったと認める（前のファイルは消えたものとして記録する）',
    en: 'the folder was replaced on purpose: what was there before counts as gone',
  },
  fresh: {
    flags: '--fresh',
    ja: '変わっていないファイルも、もう一度すべて読む',
    en: 'read everything again, unchanged files too',
  },
  since: {
    flags: '--since <date|run>',
    ja: 'この日（YYYY-MM-DD）またはこの回（番号）と比べる（省略時は、最後まで見たひとつ前の回）',
    en: 'compare with that day (YYYY-MM-DD) or run (its number); default: the run before that reached its end',
  },
  trend: {
    flags: '--trend',
    ja: '回ごとの違反（例外を除く）と人数の移り変わりを示す',
    en: 'violations (without exceptions) and exposed persons from run to run',
  },
  run: {
    flags: '--run <n|last-complete>',
    ja: 'その回（番号、または last-complete: 最後まで終わった回）の結果を書き出す',
    en: 'of that run: its number, or last-complete',
  },
  asOf: { flags: '--as-of <date>', ja: '経過日数をこの日（YYYY-MM-DD）で数える', en: 'judge ages as on that day (YYYY-MM-DD)' },
  dryRun: { flags: '--dry-run', ja: '読まずに、対象になるものだけを示す', en: 'show what would be walked; open no file' },
  quiet: { flags: '--quiet', ja: '要約と進み具合を表示しない', en: 'no summary, no progress' },
  json: { flags: '--json', ja: '結果を JSON で標準出力へ', en: 'result as JSON on standard output' },
  as: {
    flags: '--as <user|group>',
    ja: 'このアカウントかグループだけを示す（名前、uid・gid、SID）',
    en: 'only this account or group (a name, uid, gid or SID)',
  },
  top: { flags: '--top <n>', ja: '多い方から示す数（既定は 20）', en: 'how many to show, from the top (default: 20)' },
  root: {
    flags: '--root <folder>',
    ja: '共有の先頭のフォルダー。ここから下のフォルダーを数える（省略時は台帳から、なければファイルのあるフォルダー）',
    en: "the shared folder, from which on folders count (default: from the inventory, else the file's own folder)",
  },
  dropped: {
    flags: '--dropped',
    ja: '候補だったが採らなかったものと、その理由も示す',
    en: 'also what looked like personal data and was rejected, and why',
  },
  unmask: {
    flags: '--unmask',
    ja: '値を伏せずに標準出力へ示す（ファイルには決して書かない）',
    en: 'show values in the clear, on standard output only',
  },
  minConfidence: {
    flags: '--min-confidence <certain|likely|weak>',
    ja: 'この確からしさ以上を示す（既定は likely）',
    en: 'show findings from this confidence on (default: likely)',
  },
} as const satisfies Record<string, OptionText>;

export type OptionName = keyof typeof OPTIONS;
/** What commander hands to an action: texts, lists for repeatable ones, true for flags. */
export type Given = { readonly [name in OptionName]?: string & string[] & true };

export function addOptions(command: Command, names: readonly OptionName[], lang: Lang): Command {
  for (const name of names) {
    const option: OptionText = OPTIONS[name];
    if (option.repeat) command.option(option.flags, option[lang], (value: string, before: string[] = []) => [...before, value]);
    else if (option.flags.includes('<')) command.option(option.flags, option[lang], (value: string) => written(option.flags, value));
    else command.option(option.flags, option[lang]);
  }
  return command;
}

/** `--csv --quiet` is a forgotten name, not a file of that name (which can be written `./--quiet`). */
function written(flags: string, value: string): string {
  if (!/^--[a-z]/u.test(value)) return value;
  throw new UsageError({
    ja: `${flags} の値がありません。${flags.split(' ')[0]} のあとに続けて書いてください`,
    en: `option '${flags}': its value is missing`,
  });
}

/** A whole number from `min` to `max`. */
export function numberOption(flag: string, text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d{1,9}$/u.test(text) || value < min || value > max)
    throw new UsageError({
      ja: `${flag} ${text}: ${min} から ${max} までの整数を指定してください`,
      en: `${flag} ${text}: give a whole number from ${min} to ${max}`,
    });
  return value;
}

/** The last moment of the given day in local time, so that a file changed on that day has age 0; now without one. */
export function asOfOption(text: string | undefined, nowMs: number): number {
  return text === undefined ? nowMs : dayOption('--as-of', text);
}

/** The last moment of a day, `YYYY-MM-DD`, in local time. */
export function dayOption(flag: string, text: string): number {
  const [year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/u.exec(text) ?? []).slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined)
    throw new UsageError({
      ja: `${flag} ${text}: 日付を 2026-04-01 の形で指定してください`,
      en: `${flag} ${text}: give a day as YYYY-MM-DD`,
    });
  const start = new Date(year, month - 1, day);
  if (start.getMonth() !== month - 1 || start.getDate() !== day)
    throw new UsageError({ ja: `${flag} ${text}: そのような日は暦にありません`, en: `${flag} ${text}: there is no such day` });
  return new Date(year, month - 1, day + 1).getTime() - 1;
}

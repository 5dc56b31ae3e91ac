/**
 * What commander says of a command line that it can't understand, in the program's own words: commander's sentences are English, and its pinned
 * version is what these patterns are held against (test/cli/usage.test.ts). A sentence that is not known here is passed on as it is.
 */
import type { Lang } from '../../detectors/contract.js';

interface Rule {
  readonly pattern: RegExp;
  ja(...parts: string[]): string;
  /** Left out: commander's own sentence. */
  en?(...parts: string[]): string;
}

/** The names of `argument()` in words. */
const ARGUMENTS_JA: Readonly<Record<string, string>> = {
  folder: '見回るフォルダー',
  path: '確かめるファイルかフォルダー',
  file: 'ファイル',
  answers: '申告の表のファイル',
  manifest: '報告の横にある manifest（…manifest.json）',
  key: '新しい鍵のファイル名',
};

const RULES: readonly Rule[] = [
  {
    pattern: /^unknown option '(.*)'$/su,
    ja: (flag) => `${flag} というオプションはありません`,
  },
  {
    pattern: /^unknown command '(.*)'$/su,
    ja: (name) =>
      `「${name}」というコマンドはありません。フォルダーを見回るには mimawari scan フォルダー、保存前に確かめるには mimawari check ファイル`,
    en: (name) => `unknown command '${name}'; to sweep a folder: mimawari scan FOLDER`,
  },
  {
    pattern: /^option '(.*)' argument missing$/su,
    ja: (flags) => `${flags} の値がありません。${flags.split(' ')[0]} のあとに続けて書いてください`,
    en: (flags) => `option '${flags}': its value is missing`,
  },
  {
    pattern: /^missing required argument '(.*)'$/su,
    ja: (name) => `${ARGUMENTS_JA[name] ?? name}を指定してください`,
    en: (name) => `no ${name} was given`,
  },
  {
    pattern: /^too many arguments(?: for '(.*)')?\. Expected (\d+) arguments? but got (\d+)\.$/su,
    ja: (command, expected, got) =>
      expected === '0'
        ? `${command || 'mimawari'} の後ろに、ファイルなどの名前は書けません（${got} 個あります）。使えるのは、-- で始まるオプションです`
        : `${command || 'mimawari'} に続ける名前は ${expected} 個までですが、${got} 個あります。空白のある名前は "" で囲んでください`,
    en: (command, expected, got) =>
      expected === '0'
        ? `${command || 'mimawari'} takes no names, only options that begin with --; there are ${got}`
        : `${command || 'mimawari'} takes ${expected} name${expected === '1' ? '' : 's'}, not ${got}; put a name with spaces into quotes`,
  },
];

/** `text` as commander hands it to `outputError`: `error: …`, with a suggestion on a line of its own. */
export function usageText(text: string, lang: Lang): string {
  const [, sentence, similar] = /^error: (.*?)(?:\n\(Did you mean (?:one of )?(.*)\?\))?\n?$/su.exec(text) ?? [];
  if (sentence === undefined) return text;
  const hint = similar === undefined ? '' : lang === 'ja' ? `（${similar} ではありませんか）` : ` (did you mean ${similar}?)`;
  return `mimawari: ${said(sentence, lang)}${hint}\n`;
}

function said(sentence: string, lang: Lang): string {
  for (const rule of RULES) {
    const parts = rule.pattern.exec(sentence)?.slice(1);
    if (parts) return rule[lang]?.(...parts.map((part) => part ?? '')) ?? sentence;
  }
  return sentence;
}

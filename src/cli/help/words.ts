/** What the command line says about its completions and its man page, in both languages. */
import type { Lang } from '../../../detectors/contract.js';

export interface HelpWords {
  readonly completion: string;
  readonly completionExamples: string;
  readonly shellArgument: string;
  unknownShell(shell: string): string;
  readonly man: {
    readonly made: string;
    readonly manual: string;
    readonly name: string;
    readonly summary: string;
    readonly synopsis: string;
    readonly options: string;
    readonly command: string;
    readonly description: string;
    readonly commands: string;
    readonly files: string;
    readonly fileList: readonly (readonly [string, string])[];
  };
}

const ja: HelpWords = {
  completion: 'シェルの補完の設定を出力します',
  completionExamples: `
例:
  eval "$(mimawari completion bash)"                                    今の bash で（~/.bashrc に書けば毎回）
  mimawari completion bash > /etc/bash_completion.d/mimawari            全員の bash で
  mimawari completion zsh > ~/.zfunc/_mimawari                          zsh（fpath にあるフォルダーへ）
  mimawari completion powershell | Out-String | Invoke-Expression       PowerShell（$PROFILE に書けば毎回）`,
  shellArgument: 'シェルの種類',
  unknownShell: (shell) => `completion ${shell}: bash、zsh、powershell のどれかを指定してください`,
  man: {
    made: 'オプションの表から作ったもの。直さないこと',
    manual: 'mimawari の使い方',
    name: '名前',
    summary: '共有フォルダーの個人情報を見回る',
    synopsis: '書式',
    options: 'オプション',
    command: 'コマンド',
    description: '説明',
    commands: 'コマンド',
    files: 'ファイル',
    fileList: [
      ['~/.local/state/mimawari/inventory.db', '台帳（Windows では %LOCALAPPDATA%\\mimawari）'],
      ['~/.local/state/mimawari/inventory.db.key', '指紋用の鍵'],
    ],
  },
};

const en: HelpWords = {
  completion: 'print the completion of commands and options for a shell',
  completionExamples: `
Examples:
  eval "$(mimawari completion bash)"                                    in this bash (in ~/.bashrc: always)
  mimawari completion bash > /etc/bash_completion.d/mimawari            for all users of bash
  mimawari completion zsh > ~/.zfunc/_mimawari                          zsh (a folder of fpath)
  mimawari completion powershell | Out-String | Invoke-Expression       PowerShell (in $PROFILE: always)`,
  shellArgument: 'which shell',
  unknownShell: (shell) => `completion ${shell}: give bash, zsh or powershell`,
  man: {
    made: 'made from the table of options; do not edit',
    manual: 'mimawari manual',
    name: 'NAME',
    summary: 'make the rounds of shared folders for personal data',
    synopsis: 'SYNOPSIS',
    options: 'options',
    command: 'command',
    description: 'DESCRIPTION',
    commands: 'COMMANDS',
    files: 'FILES',
    fileList: [
      ['~/.local/state/mimawari/inventory.db', 'the inventory (on Windows: %LOCALAPPDATA%\\mimawari)'],
      ['~/.local/state/mimawari/inventory.db.key', 'the key of its fingerprints'],
    ],
  },
};

const tables: Readonly<Record<Lang, HelpWords>> = { ja, en };

export function helpWords(lang: Lang): HelpWords {
  return tables[lang];
}

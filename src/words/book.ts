/** What only the workbook says, in both languages; the rest of its words are those of the summary and of the columns. */
import type { Lang } from '../../detectors/contract.js';

export interface BookWords {
  readonly mark: string;
  readonly summarySheet: string;
  readonly columnsSheet: string;
  /** Files that belong to no department, and what stands together in one sheet because a workbook can't have so many. */
  readonly noDepartment: string;
  readonly otherDepartments: string;
  readonly ended: string;
  readonly policy: string;
  readonly byDepartment: string;
  readonly department: string;
  readonly sheet: string;
  readonly files: string;
  readonly members: string;
  readonly overlap: string;
  /** Of sheets that hold no files. */
  readonly furtherSheets: string;
  readonly rows: string;
  readonly notes: string;
  cutCells(count: number): string;
  manySheets(count: number): string;
  readonly columnHead: readonly [name: string, otherLanguage: string, holds: string];
}

const ja: BookWords = {
  mark: '取扱注意: 個人情報のある場所の一覧です。関係者以外に渡さないでください',
  summarySheet: '概要',
  columnsSheet: '列の説明',
  noDepartment: '（部署なし）',
  otherDepartments: 'そのほかの部署',
  ended: '終了',
  policy: '方針のハッシュ',
  byDepartment: '部署別',
  department: '部署',
  sheet: 'シート',
  files: 'ファイル',
  members: '内部ファイル',
  overlap: '人数は部署どうしで重なることがあるので、合計は部署別の和より小さいことがあります。',
  furtherSheets: 'ほかのシート',
  rows: '件数',
  notes: '注意',
  cutCells: (count) => `32,767 字を超えた ${count} セルは、Excel に入る長さで切り、「…」で終えました。全文は CSV にあります。`,
  manySheets: (count) => `部署が多いので、最初の ${count} 部署より後のものは「そのほかの部署」にまとめました。`,
  columnHead: ['列', '英語の名前', '内容'],
};

const en: BookWords = {
  mark: 'Confidential: a list of places that hold personal data. Only for the people concerned',
  summarySheet: 'Summary',
  columnsSheet: 'Columns',
  noDepartment: '(no department)',
  otherDepartments: 'Other departments',
  ended: 'Ended',
  policy: 'Hash of the policy',
  byDepartment: 'By department',
  department: 'department',
  sheet: 'sheet',
  files: 'files',
  members: 'members',
  overlap: 'Departments may share persons, so that the total can be less than the sum of the departments.',
  furtherSheets: 'Further sheets',
  rows: 'rows',
  notes: 'Notes',
  cutCells: (count) =>
    `${count} cells of more than 32,767 characters were cut to what Excel takes, and end in "…"; the CSV has them whole.`,
  manySheets: (count) => `Departments after the first ${count} stand together in "Other departments".`,
  columnHead: ['Column', 'Japanese name', 'Holds'],
};

export function bookWords(lang: Lang): BookWords {
  return lang === 'ja' ? ja : en;
}

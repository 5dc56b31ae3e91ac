/** The data dictionary of the auditors' sheet as a page, from the table of columns; a test holds data-dictionary.md to it. */
import { COLUMNS, type ColumnSort } from '../words/csv-columns.js';

const SORTS: Readonly<Record<ColumnSort, readonly [ja: string, en: string]>> = {
  words: ['文字（プログラムの言葉）', 'words of the program'],
  text: ['文字（外から来たもの）', 'text from outside'],
  count: ['整数', 'whole number'],
  year: ['年（整数）', 'year, a whole number'],
  amount: ['数（小数1桁まで）', 'number, at most one decimal'],
  time: ['日時 YYYY-MM-DD hh:mm:ss', 'date and time YYYY-MM-DD hh:mm:ss'],
  day: ['日付 YYYY-MM-DD', 'date YYYY-MM-DD'],
};

export function dataDictionary(): string {
  const rows = COLUMNS.map(({ sort, ja, en, about }, at) => {
    const [sortJa, sortEn] = SORTS[sort];
    return `| ${at + 1} | ${ja} | ${en} | ${sortJa}<br>${sortEn} | ${[about.ja, about.en].filter((text) => text !== '').join('<br>')} |`;
  });
  return `# 一覧表の項目 / Data dictionary of the auditors' sheet

CSV と xlsx の列です。順序と名前は変わりません。新しい列は最後に加わります。この頁はプログラムの表から作られています。
The columns of the CSV and of the sheets of the xlsx. Order and names do not change; columns are added at the end only. This page is made from the
program's own table (\`UPDATE_GOLDEN=1 npx vitest run test/report\` renews it).

- 空欄の数は「分からない」で、0 ではありません。 / An empty number is one that is not known, which is not 0.
- 一行は、一つのファイル、読めなかったフォルダー、リンク、特殊ファイル、または書庫・メール・文書の中の一つのファイルです。入れ物の行は中身の和です。
  One row a file, folder that could not be read, link or special file, and one for each member of an archive, mail or document; a container's row sums its members.
  Add up only rows whose _Member_ is empty.
- 最後まで終わらなかった回の CSV は、最初の行の判定が「未完了」（判定コードは \`incomplete\`）です。これはファイルの行ではないので、数えるときは除きます。
  In the CSV of a run that did not reach its end the first row has "incomplete" for a verdict (code \`incomplete\`). It is no file: leave it out of counts.
- CSV では、Excel が数式・数・日付と取り違える文字の前に \`'\` を置きます。もともと \`'\` で始まる文字には、もう一つ置きます。
  In the CSV a text from outside that Excel would take for a formula, number or date gets a leading \`'\`; one that begins with it gets a second.
- 制御文字、改行、向きを変える文字は \`\\u{202e}\` の形で書きます。\`--encoding cp932\` では、CP932 にない文字もこの形で書き、その数を知らせます。
  Controls, line breaks and marks of direction are written \`\\u{202e}\`; with \`--encoding cp932\` so is what CP932 does not hold, and it is counted.

| # | 列 | Column | 型 / type | 内容 / holds |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

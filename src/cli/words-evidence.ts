/** What the commands for auditors say of themselves, in both languages: report files, verify, keygen, leak, declared. */
import type { Lang } from '../../detectors/contract.js';
import { showText } from '../report/escape.js';

export interface EvidenceCliWords {
  readonly verify: string;
  readonly verifyExamples: string;
  readonly manifestArgument: string;
  readonly keygen: string;
  readonly keygenExamples: string;
  readonly keyArgument: string;
  keysMade(file: string): string;
  readonly leak: string;
  readonly leakExamples: string;
  readonly declared: string;
  readonly declaredExamples: string;
  readonly answersArgument: string;
  replacedChars(file: string, count: number): string;
  rowsDiffer(file: string, rows: number, counted: number): string;
  noManifest(file: string): string;
  folderOrDepartment: string;
  noSuchFolder(folder: string, roots: readonly string[]): string;
}

const ja: EvidenceCliWords = {
  verify: '報告が作られたときのままかを、横にある manifest で確かめます',
  verifyExamples: `
例:
  mimawari verify 結果.csv.manifest.json
  mimawari verify 結果.csv.manifest.json --key 監査.key.pub      署名も確かめる

終了コード: 0 本物 · 1 違う · 2 確かめられない`,
  manifestArgument: '報告の横にある manifest',
  keygen: '報告に署名するための鍵を作ります',
  keygenExamples: `
例:
  mimawari keygen 監査.key                      秘密鍵 監査.key と、公開鍵 監査.key.pub
  mimawari report --csv 結果.csv --sign 監査.key`,
  keyArgument: '新しい鍵のファイル',
  keysMade: (file) => `${file}: 秘密鍵です。署名する人だけが持ってください。\n${file}.pub: 公開鍵です。確かめる人に渡してください。`,
  leak: 'もし漏えいしたら何件・何人になるかを、全体、フォルダー、部署について示します',
  leakExamples: `
例:
  mimawari leak                                 全体を、最初のフォルダーごとに
  mimawari leak --folder /srv/share/総務部      このフォルダーを、中のフォルダーごとに
  mimawari leak --department 総務部 --json
  mimawari leak --csv 漏えい表.csv`,
  declared: '部署の自己点検の申告を、見回りで測ったものと突き合わせます',
  declaredExamples: `
例:
  mimawari declared 自己点検.xlsx               部署、日付、申告、ファイル数の列がある表
  mimawari declared 4月.csv 5月.csv --csv 突き合わせ.csv

終了コード: 0 食い違いなし · 1 「適正」と申告した部署に違反あり · 2 実行できない · 3 違反は見つからず、確かめられない申告あり`,
  answersArgument: '申告の表（CSV、xlsx など）',
  replacedChars: (file, count) => `${file}: CP932 にない ${count}字を、同じ形の字または \\u{20bb7} の形で書きました`,
  rowsDiffer: (file, rows, counted) =>
    `${file}: 書いた行 ${rows} が、数えた ${counted} と合いません。書いている間に別の見回りが台帳を変えたようです。もう一度書き出してください`,
  noManifest: (file) => `${file}: mimawari の manifest ではありません。報告の横にある …${'.manifest.json'} を指定してください`,
  folderOrDepartment: '--folder と --department は、どちらか一つにしてください',
  noSuchFolder: (folder, roots) =>
    `${showText(folder)}: 見回ったものの中に、このフォルダーやファイルはありません。見回ったもの: ${roots.map(showText).join('、')}`,
};

const en: EvidenceCliWords = {
  verify: 'check by the manifest beside it that a report is as it was made',
  verifyExamples: `
Examples:
  mimawari verify result.csv.manifest.json
  mimawari verify result.csv.manifest.json --key audit.key.pub    the signature too

Exit codes: 0 genuine · 1 not · 2 could not be checked`,
  manifestArgument: 'the manifest beside the report',
  keygen: 'make a key to sign reports with',
  keygenExamples: `
Examples:
  mimawari keygen audit.key                     the private key audit.key and the public one audit.key.pub
  mimawari report --csv result.csv --sign audit.key`,
  keyArgument: 'the new key file',
  keysMade: (file) => `${file}: the private key, only for who signs.\n${file}.pub: the public key, for whoever checks.`,
  leak: 'how many records and persons would leak: of the whole share, a folder or a department',
  leakExamples: `
Examples:
  mimawari leak                                 the whole, by its first folders
  mimawari leak --folder /srv/share/general     a folder, by the folders in it
  mimawari leak --department general --json
  mimawari leak --csv leak.csv`,
  declared: "hold the departments' self-inspection answers against what was measured",
  declaredExamples: `
Examples:
  mimawari declared answers.xlsx                a table with columns department, date, answer, files
  mimawari declared april.csv may.csv --csv compared.csv

Exit codes: 0 nothing contradicts · 1 a department that declared "proper" was in violation · 2 could not run · 3 none was found, some answers could not be checked`,
  answersArgument: 'tables of answers (CSV, xlsx and the like)',
  replacedChars: (file, count) => `${file}: ${count} characters that CP932 does not hold were written by their look-alike or as \\u{20bb7}`,
  rowsDiffer: (file, rows, counted) =>
    `${file}: ${rows} rows were written, ${counted} were counted: another sweep seems to have changed the inventory meanwhile; write the report again`,
  noManifest: (file) => `${file}: is no manifest of mimawari; name the …${'.manifest.json'} beside the report`,
  folderOrDepartment: 'give --folder or --department, not both',
  noSuchFolder: (folder, roots) => `${showText(folder)}: no such folder or file was swept; swept are: ${roots.map(showText).join(', ')}`,
};

export function evidenceCliWords(lang: Lang): EvidenceCliWords {
  return lang === 'ja' ? ja : en;
}

/** What the reader of YAML says of a slip of the pen, in words of its own in English and plain ones in Japanese. */
import type { YAMLParseError } from 'yaml';
import type { Told } from '../problem.js';

/** By the reader's codes; what has no sentence here is told in general. */
const JA: Readonly<Partial<Record<YAMLParseError['code'], string>>> = {
  BAD_ALIAS: '「*」で始まる値は "" で囲んでください',
  BAD_DQ_ESCAPE: '"" の中の「\\」は「\\\\」と書くか、\'\' で囲んでください',
  BAD_INDENT: '字下げ（行の先頭の空白）がそろっていません',
  BAD_SCALAR_START: 'この記号で始まる値は "" で囲んでください',
  BLOCK_AS_IMPLICIT_KEY: '一行に「: 」が二つあります。値を "" で囲むか、行を分けてください',
  KEY_OVER_1024_CHARS: '項目名が長すぎます',
  MISSING_CHAR: '記号（「:」、閉じる括弧や引用符など）が足りません',
  MULTIPLE_DOCS: '「---」で区切った二つめの文書は読みません。一つにまとめてください',
  MULTILINE_IMPLICIT_KEY: '項目名のあとに「:」がないか、引用符が閉じていません',
  TAB_AS_INDENT: '字下げにタブは使えません。空白を使ってください',
  TAG_RESOLVE_FAILED: '「!」で始まる値は "" で囲んでください',
};

export function syntaxFault(error: YAMLParseError): Told {
  return { ja: `YAML の書き方に誤りがあります: ${JA[error.code] ?? 'この行か、すぐ上の行を見直してください'}`, en: error.message };
}

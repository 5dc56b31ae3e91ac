/**
 * Why a place was taken for personal data, or was not, in words: the codes of `Match.why` and `Dropped.why`. A code may carry a detail
 * after a colon (`column:氏名`): sheet names and column labels, never text of cells. A code that is not here is shown as it is.
 */
import type { Lang } from '../../detectors/contract.js';
import { wordOf, words } from './words.js';

type Text = readonly [ja: string, en: string];

/** A new code of a detector is one line here. */
const WHY: Readonly<Record<string, Text>> = {
  // Context
  label: ['見出しがある', 'a label stands by it'],
  'label-before': ['前に見出しがある', 'a label stands before it'],
  column: ['列の見出し', 'header of its column'],
  header: ['表の見出し', 'header of the table'],
  field: ['項目名', 'label of its field'],
  company: ['近くにほかの個人情報がある', 'other personal data stands beside it'],
  'column-cells': ['見出しはないが、列の多くの値が同じ種類', 'no header, but most cells of its column are of this kind'],
  'broken-line': ['次の行に続いている', 'goes on in the next line'],
  'split-cells': ['いくつかのセルに分けて書かれている', 'written over several cells'],
  site: ['この組織の設定による', 'by the words of this site'],
  // Shape and check
  shape: ['形が合う', 'the shape fits'],
  'shape-4-6': ['4桁-6桁の形', 'four and six digits'],
  'shape-4-6-4': ['4桁-6桁-4桁の形（年金証書）', 'four, six and four digits (pension certificate)'],
  'ten-digits': ['10桁の数字', 'ten digits'],
  'cell-shape': ['この列のほかの値と形が違う', 'the cell does not look like this kind'],
  'check-digit': ['検査用数字が合う', 'the check digit fits'],
  'like-phone': ['電話番号のようでもある', 'could be a telephone number'],
  // Names
  lexicon: ['辞書にある', 'in the dictionary'],
  family: ['姓の辞書にある', 'known family name'],
  given: ['名の辞書にある', 'known given name'],
  'family-given': ['姓と名が続く', 'family and given name follow each other'],
  'kanji-name': ['姓と名らしい漢字が続く', 'kanji of a family and a given name'],
  'spaced-name': ['姓と名が空白で分かれている', 'family and given name with a space between them'],
  'kana-name': ['かな書きの姓と名', 'family and given name in kana'],
  'latin-name': ['ローマ字の姓と名', 'family and given name in Latin letters'],
  'foreign-name': ['片仮名の外国人の氏名', 'a foreign name in katakana'],
  'called-name': ['氏と名のあとに敬称が付いている', 'a family and a given name with an honorific behind them'],
  'context-name': ['敬称や見出しなど、氏名と分かる言葉が付いている', 'words around it tell that it is a name'],
  'unlike-a-name': ['氏名らしさが足りない', 'too little speaks for a name'],
  honorific: ['敬称が付いている', 'followed by an honorific'],
  title: ['肩書きが付いている', 'stands with a title'],
  kana: ['かな書きの氏名', 'a name in kana'],
  katakana: ['片仮名の氏名', 'a name in katakana'],
  romaji: ['ローマ字の氏名', 'a name in Latin letters'],
  space: ['姓と名の間に空白がある', 'a space between family and given name'],
  // Birthdates
  'born-after': ['「生まれ」などの言葉が続く', 'a word such as "born" follows'],
  'life-span': ['生没年の書き方', 'written as a span of life'],
  'date-alone': ['日付だけで、手がかりがない', 'a date alone, with nothing beside it'],
  'date-era': ['元号の付いた日付', 'a date with its era'],
  'date-western': ['西暦の日付', 'a western date'],
  'date-era-compact': ['元号の付いた続き書きの日付', 'a compact date with its era'],
  'date-compact': ['8桁の日付', 'a date of eight digits'],
  'date-era-code': ['元号を番号にした日付', 'a date with its era as a code'],
  'date-english': ['英語の日付', 'an English date'],
  'date-two-digit': ['年が2桁の日付', 'a date with a year of two digits'],
  // Addresses
  'city-town': ['市区町村と町名が続く', 'a municipality and a town of it'],
  city: ['市区町村名がある', 'holds a municipality'],
  'house-number': ['丁目・番地が続く', 'block and house numbers follow'],
  'no-house-number': ['番地がない', 'no house number follows'],
  prefecture: ['都道府県名がある', 'holds a prefecture'],
  municipality: ['市区町村名がある', 'holds a municipality'],
  town: ['町名がある', 'holds a town'],
  chain: ['丁目・番地が続く', 'block and house numbers follow'],
  postcode: ['郵便番号がある', 'holds a postcode'],
  // Rejected
  age: ['年齢としてありえない', 'no plausible age'],
  check: ['検査用数字が合わない', 'the check digit does not fit'],
  'other-label': ['別のものの見出しがある', 'the label of something else stands before it'],
  'phone-label': ['電話番号の見出しがある', 'the label of a telephone number stands before it'],
  'no-label': ['見出しがない', 'no label stands by it'],
  'no-context': ['手がかりが足りない', 'nothing near it speaks for it'],
  'bare-ten-digits': ['10桁の数字だけで、見出しがない', 'ten bare digits without a label'],
  'longer-number': ['もっと長い番号の一部', 'part of a longer number'],
  'after-letter': ['英数字に続いている', 'follows a letter or digit'],
  placeholder: ['見本や伏せ字の番号', 'a placeholder'],
  known: ['報告しない値として登録されている', 'listed as a value not to be reported'],
  telephone: ['電話番号と見られる', 'looks like a telephone number'],
  organisation: ['会社や組織のもの', 'belongs to an organisation'],
  counted: ['年で始まり順に増える番号で、受付番号などと見られる', 'begins with a year and rises one by one: a number of receipts'],
  word: ['普通の言葉', 'a common word'],
  place: ['地名と見られる', 'looks like a place'],
};

/** Codes whose detail is not merely put behind them. */
const WITH_DETAIL: Readonly<Record<string, (detail: string) => Text>> = {
  column: (label) => [`列の見出し「${label}」`, `column "${label}"`],
  field: (label) => [`項目名「${label}」`, `field "${label}"`],
  owner: (word) => [`別の人（${word}）のもの`, `another person's ("${word}")`],
  'column-unlike': (label) => [`列の見出しは「${label}」だが、どのセルもその形でない`, `below "${label}", but no cell looks like it`],
  'column-second': (label) => [`ほかの列を使い、列「${label}」は使わなかった`, `another column was taken instead of "${label}"`],
  'column-part': (label) => [`列「${label}」だけでは一つの値にならない`, `column "${label}" makes no value on its own`],
  digits: (count) => [`${count}桁の数字`, `${count} digits`],
  cells: (counts) => {
    const [taken = '', all = ''] = counts.split('/');
    return [`この列の${all}件中${taken}件`, `${taken} of ${all} cells`];
  },
};

/** Codes that end in a kind: `beside-name`, `inside-phone`. */
const WITH_KIND: Readonly<Record<string, (kind: string) => Text>> = {
  beside: (kind) => [`近くに${kind}がある`, `stands beside: ${kind}`],
  inside: (kind) => [`より確かな${kind}と重なる`, `overlaps with a surer one: ${kind}`],
};

/** The words for a code; `code:detail` gives both; an unknown code is given back as it is. */
export function whyText(code: string, lang: Lang): string {
  const colon = code.indexOf(':');
  const plain = colon < 0 ? code : code.slice(0, colon);
  const detail = code.slice(colon + 1);
  const own = colon >= 0 && Object.hasOwn(WITH_DETAIL, plain) ? WITH_DETAIL[plain] : undefined;
  const text = own ? own(detail) : Object.hasOwn(WHY, plain) ? WHY[plain] : textWithKind(plain, lang);
  if (text === undefined) return code;
  const said = text[lang === 'ja' ? 0 : 1];
  if (colon < 0 || own) return said;
  return lang === 'ja' ? `${said}「${detail}」` : `${said} "${detail}"`;
}

function textWithKind(code: string, lang: Lang): Text | undefined {
  const [, head, kind] = /^([a-z]{1,16})-([a-z-]{1,40})$/.exec(code) ?? [];
  if (head === undefined || kind === undefined || !Object.hasOwn(WITH_KIND, head)) return undefined;
  return WITH_KIND[head]?.(wordOf(words(lang).kinds, kind));
}

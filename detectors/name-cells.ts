/** What a cell says of being a name: strictly when it stands alone, by its shape when a label or column vouches for it. */
import type { Cell, Role, Strength } from './contract.js';
import { fold, foldName, SELECTORS } from './fold.js';
import { labelPattern } from './labels.js';
import { COMMON_SHIFT, type Lexicon, WORD } from './lexicon.js';
import { isFamily, isGiven } from './name-features.js';

const NO_OTHER =
  '(?!.*(?:番号|コード|住所|電話|年月日|区分|人数|件数|回数|日時|有無|印$|会社名|法人|事業所|学校|メール|mail|生年|性別|続柄|数$|cd$|id$|_no$))';
const NO_KANA = '(?!.*(?:カナ|かな|ｶﾅ|フリガナ|ふりがな|フリカナ|ヨミ|よみ|読み|kana|ローマ字ではない))';
const KANA_WORD =
  '(?:カナ|かな|仮名|片仮名|フリガナ|ふりがな|フリカナ|ふり仮名|振り仮名|振仮名|ヨミ(?:ガナ|カナ)?|よみ(?:がな|かな)?|読み(?:仮名|がな|方)?|furigana|kana|yomi)';
/** Who the column is about is a name too: 世帯主, 配偶者. Words that hold something else in most tables (代理人の有無) are stopped by NO_OTHER. */
const PERSON =
  '氏名|名前|姓名|おなまえ|なまえ|人名|個人名|氏名または名称|氏名又は名称|氏名・名称|(?:被保険者|加入者|受給者|受給権者|申請者|届出者|請求者|届出人|請求人|申請人|世帯主|配偶者|対象者|契約者|名義人|口座名義人?|受取人|担当者|代表者|責任者|会員|患者|利用者|職員|社員|従業員|顧客|生徒|児童|学生|保護者|参加者|受講者|' +
  '出席者|相談者|納付者|納税者|滞納者|未納者|扶養者|被扶養者|本人|遺族|死亡者|相続人|代理人|後見人|宛名|宛先|妻|夫|父|母|長男|長女|家族|従業者|所有者|依頼者|連絡者|応募者|事業主)(?:の?(?:お)?(?:氏名|名前|名))?|(?!.*(?:(?<![漁農林])業者|製造者|製作者|販売者|発注者|受注者|設置者|開設者|出展者))[㐀-\\u9fff]{1,5}[者員主客様]の?(?:お)?(?:氏名|名前|名)|full_?name|name|(?:customer|person|patient|member|employee|staff|client|applicant)(?:_?name)?|shimei|氏名ローマ字';

const anchored = (lookahead: string, core: string) => {
  const pattern = labelPattern(core);
  return new RegExp(`^${lookahead}${pattern.source.slice(1)}`, pattern.flags);
};

export const NAME_LABELS = {
  whole: [anchored(NO_OTHER + NO_KANA, PERSON)],
  kana: [
    anchored(NO_OTHER, `(?:${PERSON}|シメイ|)[(_・/-]?${KANA_WORD}\\)?|${KANA_WORD}(?:の)?(?:氏名|名前|名|シメイ)?|シメイ|name_?kana`),
  ],
  family: [
    anchored(
      NO_OTHER + NO_KANA,
      '姓|苗字|名字|氏|(?:氏名|名前)[(_-]?(?:姓|氏)\\)?|姓名[(_-]姓\\)?|family_?-? ?name|last_?-? ?name|surname|sei',
    ),
  ],
  // 会員名 and 世帯主名 stand over whole names; 申請者の名 and 名 alone over given ones.
  given: [
    anchored(
      NO_OTHER + NO_KANA,
      '(?<=^|[の・/,])名|下の名前?|(?:氏名|名前)[(_-]?名\\)?|姓名[(_-]名\\)?|given_?-? ?name|first_?-? ?name|mei',
    ),
  ],
  familyKana: [
    anchored(
      NO_OTHER,
      `セイ|せい|(?:姓|氏|苗字|名字)[(_・-]?${KANA_WORD}\\)?|${KANA_WORD}[(_・-]?(?:姓|氏|セイ|せい|シ)\\)?|(?:last|family)_?name_?kana|sei_?kana`,
    ),
  ],
  givenKana: [
    anchored(
      NO_OTHER,
      `メイ|めい|名[(_・-]?${KANA_WORD}\\)?|${KANA_WORD}[(_・-]?(?:名|メイ|めい)\\)?|(?:first|given)_?name_?kana|mei_?kana`,
    ),
  ],
} as const;

const STOP =
  /^(?:該当(?:者)?(?:なし|無し|せず)|なし|無し|ナシ|無|有|有り|あり|アリ|同上|上に同じ|同左|同じ|〃|々|不明|フメイ|未定|未記入|未登録|空欄|省略|匿名|本人|配偶者|世帯主|夫|妻|子|父|母|男|女|男性|女性|計|合計|小計|総計|累計|平均|総数|合 計|小 計|以下余白|余白|以上|以下省略|氏名|名前|姓名|姓|名|フリガナ|ふりがな|カナ|住所|生年月日|性別|年齢|電話|電話番号|備考|摘要|印|㊞|続柄|担当|担当者|担当者名|受付|受付者|記入例|見本|例|サンプル|テスト|様|殿|御中|様方|null|none|n\/?a|name|yes|no|true|false|unknown|-+|ー+|―+|\*+|×+|○+|◯+|未|済|可|否|要|不要|検索|選択|選択してください|入力|新規|変更|削除|追加|終了|廃止|取得|喪失)$/i;
const ORG =
  /株式|有限会社|合同会社|合資会社|合名会社|㈱|㈲|\((?:株|有|同|財|社|医|学|福)\)|法人|協会|組合|連合会?$|連盟|銀行|信用金庫|金庫$|病院|医院|診療所|クリニック|学校|大学|学園|幼稚園|保育園|役所|役場|事務所|事務局|支店|支部|支社|本社|本店|営業所|事業所|出張所|工場|商店|商会|工業|産業|建設|製作所|センター|ホーム$|[課係庁署局]$|委員会|審議会|研究所|財団|株$/;
const SENTENCE = /(?:ください|下さい|です|ます|する|した|して|ない|こと|もの|及び|または|又は|から|まで|について|による|ため)/;
const HONORIFIC = /(?: ?(?:様方?|殿|氏|さん|さま|御中|先生|君|くん|ちゃん|本人|他))$/;
const TITLE =
  /^(?:故|亡|課長|部長|係長|局長|所長|室長|次長|主任|主査|理事長?|代表取締役(?:社長)?|代表|取締役|会長|社長|監査役|Mr\.?|Ms\.?|Mrs\.?|Dr\.?) ?(?=.{2,})/;

const KANJI_CLASS = '㐀-\\u9fff\\uf900-\\ufaff々〇\\ud840-\\ud888\\udc00-\\udfff';
/** Kanji, kana and what stands for a letter that could not be written (〓 ? □ ■ ＊). */
const JAPANESE = new RegExp(`^[${KANJI_CLASS}ぁ-ゖァ-ヺー〓□■?* .・･,、ﾞﾟ]{2,30}$`);
const HAS_KANJI = new RegExp(`[${KANJI_CLASS}]`);
const KANA_ONLY = /^[ぁ-ゖァ-ヺー ・.ﾞﾟ,=]{2,40}$/;
const LATIN_ONLY = /^[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ ,.'-]{1,58}[A-Za-zÀ-ɏ.]$/;
const LETTERS_MAX = 40;

/** Family and given name in kanji with a space: what most cells of a roster are, and none of the words that are no name. */
const PLAIN = /^[㐀-\u9fff]{1,3}[ \u3000][㐀-\u9fff]{2,3}$/;
const TITLES = /(?:課長|部長|係長|局長|所長|室長|主任|主査|理事|社長|会長|支店|支部|本店|支社|先生|担当|合計|小計)$/;

let lastCell = '';
let lastName = '';

/** The name of a cell without honorific, title, brackets and line breaks; '' when it can't be one. The last answer is kept, since a cell is judged and then read. */
export function nameOfCell(cell: Cell): string {
  if (typeof cell !== 'string' || cell.length > CELL_UNITS_MAX) return '';
  if (cell !== lastCell) {
    lastName = readName(cell);
    lastCell = cell;
  }
  return lastName;
}

function isPlain(cell: string): boolean {
  return cell.length <= 7 && PLAIN.test(cell) && !TITLES.test(cell);
}

const CELL_UNITS_MAX = 80;

function readName(cell: string): string {
  if (isPlain(cell)) return cell.replace('\u3000', ' ');
  let text = fold(cell).replace(SELECTORS, '');
  if (text.includes('\n')) text = lineWithKanji(text);
  text = text
    .trim()
    .replace(/ ?\([^()]{0,20}\)$/, '')
    .replace(TITLE, '');
  const bare = text.replace(HONORIFIC, '').trim();
  if (bare.length < 1 || bare.length > LETTERS_MAX || STOP.test(bare) || STOP.test(bare.replace(/ /g, ''))) return '';
  return bare;
}

/** A cell of two lines holds the reading above the name. */
function lineWithKanji(text: string): string {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length > 3) return '';
  const kanji = lines.find((line) => HAS_KANJI.test(line));
  return kanji ?? (lines.length === 1 ? lines[0]! : '');
}

type NameShape = 'kanji' | 'kana' | 'latin' | null;

function shapeOf(name: string): NameShape {
  if (KANA_ONLY.test(name)) return 'kana';
  if (JAPANESE.test(name)) return HAS_KANJI.test(name) && !/[、,].*[、,]/.test(name) ? 'kanji' : null;
  return LATIN_ONLY.test(name) ? 'latin' : null;
}

const PLACE = WORD.place | WORD.town | WORD.city | WORD.prefecture;

/** How well the lexicon knows `name` as family and given name: 2 both well, 1 both somehow, 0 no. */
export function splitStrength(lexicon: Lexicon, name: string): number {
  const space = name.indexOf(' ');
  if (space > 0) {
    const given = name[space + 1] === ' ' ? space + 2 : space + 1;
    return name.indexOf(' ', given) >= 0 ? 0 : pairStrength(lexicon.look(name, 0, space), lexicon.look(name, given, name.length));
  }
  let best = 0;
  for (let cut = 1; cut <= 4 && cut < name.length; cut++) {
    if (name.length - cut > 4) continue;
    const given = lexicon.look(name, cut, name.length);
    const family = lexicon.look(name, 0, cut);
    best = Math.max(best, pairStrength(family, given));
  }
  return best;
}

function pairStrength(family: number, given: number): number {
  if (!isFamily(family) || !isGiven(given)) return 0;
  return family & WORD.family && given & (WORD.given | WORD.givenRare) ? 2 : 1;
}

function isCommonWord(lexicon: Lexicon, name: string): boolean {
  const flags = lexicon.look(name, 0, name.length);
  return (flags & (WORD.noun | WORD.proper)) !== 0 || ((flags & PLACE) !== 0 && splitStrength(lexicon, name) < 2);
}

export function wholeRole(lexicon: Lexicon): Role {
  const judge = (cell: Cell, labelled: boolean): Strength | null => {
    const name = nameOfCell(cell);
    if (name === '') return null;
    if (labelled && typeof cell === 'string' && isPlain(cell) && splitStrength(lexicon, name) > 0) return 'certain';
    const shape = shapeOf(name);
    if (shape === null || ORG.test(name)) return null;
    if (shape === 'kana') return kanaStrength(lexicon, name, labelled);
    if (shape === 'latin') return latinStrength(lexicon, name, labelled);
    const known = splitStrength(lexicon, name.replace(/[.・]/g, ' '));
    const spaceless = name.replace(/ /g, '');
    if (labelled) {
      if (SENTENCE.test(name) || (known < 2 && spaceless.length > 1 && isWordNoName(lexicon, spaceless))) return null;
      return known > 0 ? 'certain' : 'likely';
    }
    if (known === 0 || SENTENCE.test(name))
      return lexicon.look(name, 0, name.length) & WORD.family && spaceless.length <= 4 ? 'weak' : null;
    if (isCommonWord(lexicon, spaceless)) return null;
    if (!name.includes(' ') && nounsOnly(lexicon, spaceless)) return null;
    return known === 2 ? 'likely' : 'weak';
  };
  return {
    part: 'whole',
    labels: NAME_LABELS.whole,
    cell: (cell, labelled) => (cell === '' ? null : judge(cell, labelled)),
    normal: (cell) => foldName(nameOfCell(cell)),
  };
}

/** 一般会計 and 高山植物 split into family and given name somehow; two common words they are all the same. */
function nounsOnly(lexicon: Lexicon, name: string): boolean {
  for (let cut = 2; cut <= name.length - 2; cut++) {
    const [head, tail] = [lexicon.look(name, 0, cut), lexicon.look(name, cut, name.length)];
    if (head & WORD.noun && tail & WORD.noun && !(tail & WORD.given)) return true;
  }
  return false;
}

function isWordNoName(lexicon: Lexicon, name: string): boolean {
  const flags = lexicon.look(name, 0, name.length);
  return (flags & WORD.noun) !== 0 && !isFamily(flags) && !isGiven(flags) && ((flags >>> COMMON_SHIFT.noun) & 15) >= 2;
}

function kanaStrength(lexicon: Lexicon, name: string, labelled: boolean): Strength | null {
  if (SENTENCE.test(name) && !/[ァ-ヺ]/.test(name)) return null;
  const parts = name.split(/[ ・.,=]{1,2}/);
  const [family, given] = parts as [string, string];
  const known =
    parts.length === 2 &&
    (lexicon.look(family, 0, family.length) & WORD.familyKana) !== 0 &&
    (lexicon.look(given, 0, given.length) & WORD.givenKana) !== 0;
  if (known) return labelled ? 'certain' : 'likely';
  return labelled ? 'likely' : null;
}

/** A heading `Name` stands over things of programs as well. */
const LATIN_WORD = /\b(?:the|of|to|in|and|or|for|with|name|type|value|description|returned|return|current|default|number|string|file)\b/i;

function latinStrength(lexicon: Lexicon, name: string, labelled: boolean): Strength | null {
  const parts = name.split(/[ ,.]{1,3}/).filter((part) => part !== '');
  if (parts.length > 5 || LATIN_WORD.test(name)) return null;
  if (parts.length < 2) return labelled && name.length >= 3 ? 'weak' : null;
  const flags = parts.map((part) => lexicon.look(part, 0, part.length));
  const [one, other] = flags as [number, number];
  const known = (one & WORD.familyRomaji && other & WORD.givenRomaji) || (one & WORD.givenRomaji && other & WORD.familyRomaji);
  if (labelled) return known && parts.length === 2 ? 'certain' : 'likely';
  return known && parts.length === 2 && name.length >= 8 ? 'likely' : null;
}

/** A column of readings alone. */
export function kanaRole(lexicon: Lexicon): Role {
  return {
    part: 'kana',
    labels: NAME_LABELS.kana,
    cell: (cell, labelled) => {
      const name = nameOfCell(cell);
      if (name === '' || ORG.test(name)) return null;
      const shape = shapeOf(name);
      if (shape === 'kana') return kanaStrength(lexicon, name, labelled);
      return labelled && shape === 'latin' ? 'weak' : null;
    },
    normal: (cell) => foldName(nameOfCell(cell)),
  };
}

interface HalfRule {
  readonly part: 'family' | 'given' | 'family-kana' | 'given-kana';
  readonly labels: readonly RegExp[];
  readonly kana: boolean;
  readonly known: number;
}

/** A column that holds half a name; without a label the lexicon must know it. */
export function halfRole(lexicon: Lexicon, rule: HalfRule): Role {
  return {
    part: rule.part,
    labels: rule.labels,
    cell: (cell, labelled) => {
      const name = nameOfCell(cell);
      if (name === '' || name.length > 16 || ORG.test(name)) return null;
      const shape = name.length === 1 && HAS_KANJI.test(name) ? 'kanji' : shapeOf(name);
      if (shape === null || (rule.kana && shape === 'kanji')) return null;
      const known = (lexicon.look(name, 0, name.length) & rule.known) !== 0;
      if (labelled) return known ? 'certain' : 'likely';
      return known && shape === (rule.kana ? 'kana' : 'kanji') ? 'weak' : null;
    },
    normal: (cell) => foldName(nameOfCell(cell)),
  };
}

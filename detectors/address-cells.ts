/** What a cell says of being an address or a part of one. A column's label lets pass what is only shaped like one. */
import { normalAddress } from './address-chain.js';
import { readPlace, strengthOf } from './address-place.js';
import type { Cell, Role, Strength } from './contract.js';
import { foldedCell } from './labelled-number.js';
import { labelPattern } from './labels.js';
import { type Lexicon, WORD } from './lexicon.js';

const NO_OTHER = '(?!.*(?:番号|コード|電話|メール|mail|e-|IP|ip_|mac|url|web|区分|変更日|年月日|フリガナ|カナ|方書カナ))';
const anchored = (core: string) => {
  const pattern = labelPattern(core);
  return new RegExp(`^${NO_OTHER}${pattern.source.slice(1)}`, pattern.flags);
};

const LABELS = {
  whole: [
    anchored(
      '(?:現|新|旧|届出|登録|送付先|連絡先|自宅|住民票|本人|居住地|通知|郵送先|変更[前後])?(?:の)?住所(?:地)?|現住所|居所|居住地|本籍地?|送付先|送付先住所|郵送先|届け先|自宅|住居(?:地)?|所在地?|宛先住所|住所又は居所|住所・居所|住所又は所在地|home_?address|(?:mailing_?|postal_?|street_?|residential_?)?address|addr|jusho|juusho',
    ),
  ],
  postcode: [labelPattern('(?:郵便番号|〒|郵便|郵番|zip(?:_? ?code)?|post(?:al)?_? ?code)')],
  prefecture: [labelPattern('都道府県(?:名)?|住所[(_-]?(?:都道府県)\\)?|prefecture|pref')],
  city: [labelPattern('市区町村(?:名)?|市町村(?:名)?|市区郡(?:町村)?|区市町村|住所[(_-]?市区町村\\)?|city')],
  rest: [
    labelPattern(
      '市区町村・?(?:番地|以下|以降)|(?:町名|町域|字|番地|丁目)(?:・?番地)?(?:等|以下|以降)?|番地・?(?:建物|号|方書)?(?:名)?|住所[(_-]?(?:番地|以下|町名|町域|詳細|[12]|①|②|上|下|建物名?)(?:以下|等)?\\)?|(?:建物|マンション|ビル|アパート)(?:名)?(?:・?(?:部屋|号室?))?(?:番号|名)?(?:等)?|方書|部屋番号|町名番地|以降の住所|それ以降の住所|address_?(?:line)?_?[12]|street',
    ),
  ],
} as const;

const STOP = /^(?:該当なし|なし|無し|不明|同上|同左|〃|住所|所在地|現住所|上に同じ|本人と同じ|未定|空欄|-+|[0-9]{1,12}|国内|国外|海外)$/;
const SUFFIX = /[市区町村]/g;
const CELL_UNITS_MAX = 160;

const textOf = (cell: Cell) => foldedCell(cell).replace(/\s*\r?\n\s*/g, ' ');

/** Strength of the best place in the text, and how much of the text it covers. */
function placeIn(text: string, lexicon: Lexicon): { strength: Strength; covered: number } | null {
  SUFFIX.lastIndex = 0;
  for (let found = SUFFIX.exec(text); found !== null; found = SUFFIX.exec(text)) {
    const place = readPlace(text, found.index, 0, lexicon);
    const strength = place && strengthOf(place);
    if (place && strength) return { strength, covered: (place.end - place.start) / text.length };
  }
  return null;
}

const RANK: Record<Strength, number> = { weak: 0, likely: 1, certain: 2 };

function wholeCell(lexicon: Lexicon): (cell: Cell, labelled: boolean) => Strength | null {
  return (cell, labelled) => {
    if (typeof cell !== 'string' || cell.length < 3 || cell.length > CELL_UNITS_MAX) return null;
    const text = textOf(cell);
    if (STOP.test(text)) return null;
    const place = placeIn(text, lexicon);
    if (labelled) {
      if (place !== null && RANK[place.strength] >= 1) return 'certain';
      return addressShaped(text, lexicon) ? 'likely' : null;
    }
    if (place === null || place.covered < 0.5) return null;
    return place.strength === 'weak' ? 'weak' : 'likely';
  };
}

/** Under a label: a prefecture or municipality somewhere, or letters and then a number, as in `錦町17` or `大字中野 字上 5番地`. */
function addressShaped(text: string, lexicon: Lexicon): boolean {
  if (/@|https?:|^[0-9() -]{6,}$/.test(text)) return false;
  if (/^(?:〒? ?[0-9]{3}-?[0-9]{4} ?)?(?:北海道|東京都|大阪府|京都府|[^\s]{2,3}県).{2}/.test(text)) return true;
  if (/[㐀-\u9fffァ-ヺ].{0,24}?(?:[0-9]|[一二三四五六七八九十]+(?:丁目|番|号))/.test(text) && !/[0-9](?:年|月|円|人|時|歳|才)/.test(text))
    return true;
  SUFFIX.lastIndex = 0;
  for (let found = SUFFIX.exec(text); found !== null; found = SUFFIX.exec(text)) {
    for (let start = Math.max(0, found.index - 8); start < found.index; start++) {
      if (lexicon.look(text, start, found.index + 1) & WORD.city) return true;
    }
  }
  return /^[A-Za-z0-9 ,.#'-]{12,}$/.test(text) && /[0-9]/.test(text) && /,|-(?:cho|ku|shi|machi|ken|gun|fu|to)\b/i.test(text);
}

export function addressRoles(lexicon: Lexicon): readonly Role[] {
  const plain = (cell: Cell) => textOf(cell).replace(/ /g, '');
  const whole: Role = { part: 'whole', labels: LABELS.whole, cell: wholeCell(lexicon), normal: (cell) => normalAddress(textOf(cell)) };
  const postcode: Role = {
    part: 'postcode',
    labels: LABELS.postcode,
    cell: (cell, labelled) => {
      if (cell === '') return null;
      const text = textOf(cell);
      if (/^〒? ?[0-9]{3}-[0-9]{4}$/.test(text)) return 'likely';
      // As a number a postcode of Hokkaidō or Tōhoku has lost its leading zeros.
      return labelled && /^[0-9]{5,7}$/.test(text) ? 'likely' : null;
    },
    normal: (cell) =>
      textOf(cell)
        .replace(/[^0-9]/g, '')
        .padStart(7, '0'),
  };
  const listed = (part: 'prefecture' | 'city', labels: readonly RegExp[], flag: number): Role => ({
    part,
    labels,
    cell: (cell, labelled) => {
      if (typeof cell !== 'string' || cell.length < 2 || cell.length > 24) return null;
      const text = plain(cell);
      const known = (lexicon.look(text, 0, text.length) & flag) !== 0;
      if (known) return labelled ? 'certain' : 'likely';
      if (!labelled || STOP.test(text)) return null;
      return part === 'prefecture'
        ? /^(?:北海道|東京|大阪|京都|[㐀-\u9fff]{2,3})$/.test(text)
          ? 'weak'
          : null
        : /[市区町村郡]/.test(text)
          ? 'likely'
          : null;
    },
    normal: (cell) => normalAddress(plain(cell)),
  });
  const rest: Role = {
    part: 'rest',
    labels: LABELS.rest,
    cell: (cell, labelled) => {
      if (!labelled || cell === '') return null;
      if (typeof cell !== 'string') return cell.isDate ? null : 'weak';
      const text = textOf(cell);
      if (text.length < 1 || text.length > CELL_UNITS_MAX || /^(?:該当なし|なし|不明|同上|-+)$/.test(text)) return null;
      return /[0-9一二三四五六七八九十]/.test(text) && /[㐀-\u9fffァ-ヺ]/.test(text) ? 'likely' : 'weak';
    },
    normal: (cell) => normalAddress(textOf(cell)),
  };
  return [whole, postcode, listed('prefecture', LABELS.prefecture, WORD.prefecture), listed('city', LABELS.city, WORD.city), rest];
}

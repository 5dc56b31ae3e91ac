/**
 * Names that no list knows, by what stands around them: after a label in running text (`氏名　架空水菜　生年月日 …`), or before an honorific
 * and a bracket with a person's data (`架空水菜さん（昭和37年2月2日生`). It takes what stands there, unless that is a label or a role itself.
 */
import { letterAt, LETTER as SORT } from './name-letters.js';
import type { ScoredName } from './name-runs.js';

const KANJI = '[\\u3005\\u3007\\u3400-\\u9fff\\uf900-\\ufaff\\ud840-\\ud888\\udc00-\\udfff]';
const LETTER = '[\\u3005\\u3007\\u3400-\\u9fff\\uf900-\\ufaff\\ud840-\\ud888\\udc00-\\udfffぁ-んァ-ヶ]';

/** The label, then a colon or a space, then one or two words up to a space, a line's end, a sign or an honorific. */
const AFTER_LABEL = new RegExp(
  `(?:氏 ?名|お名前|(?:被保険者|受給者|申請者|届出者|請求者|対象者|加入者|相談者)名?)(?:\\([^()\\n]{0,12}\\))?(?: {0,2}[:=] {0,2}| {1,3})(${KANJI}${LETTER}{0,5}?)(?: {1,2}(${LETTER}{1,5}?))?(?=$|[ \\n、。,(:;]|様|さん|殿)`,
  'g',
);

/** The name, its honorific, and a bracket that speaks of a birthdate or a number. Tried where a name before a bracket begins. */
const BEFORE_DATA = new RegExp(
  `(?<!${LETTER})(${KANJI}{2,7}) ?(?:様|さん|氏|殿) ?\\((?=[^()\\n]{0,40}(?:生|年金番号|[0-9]{4}-[0-9]{6}))`,
  'y',
);

/** What stands in a name's place on forms and in letters without being one. */
const NO_NAME =
  /住所|生年|性別|番号|年月|月日|電話|年齢|氏名|名前|記入|記載|変更|確認|不明|省略|同上|漢字|署名|押印|続柄|資格|種別|区分|備考|理由|一覧|名簿|欄$|[者員客主方様社課係所局部室長達]$|^(?:本人|家族|各位|御中|以下|上記|別紙|皆)/;

/** `likely`, and below what the lists are sure of: a name known to them keeps its own strength. */
const SCORE = 1;

const LABEL_FIRST_LOOK = /氏 ?名|お名前|者名?[ :=(]/;

export function findByContext(folded: string): ScoredName[] {
  const found: ScoredName[] = [];
  const take = (start: number, end: number): void => {
    found.push({ start, middle: start, end, score: SCORE });
  };
  for (const match of LABEL_FIRST_LOOK.test(folded) ? folded.matchAll(AFTER_LABEL) : []) {
    const [whole, first, second] = match;
    // Both words end the match when there is a second one; what follows is only looked at.
    const start = match.index + whole.length - (second === undefined ? 0 : second.length) - first!.length - spacesBefore(whole, second);
    if (second !== undefined && !NO_NAME.test(first! + second)) take(start, match.index + whole.length);
    else if (first!.length >= 2 && !NO_NAME.test(first!)) take(start, start + first!.length);
  }
  let from = 0;
  for (let bracket = folded.indexOf('('); bracket >= 0; bracket = folded.indexOf('(', bracket + 1)) {
    const start = nameBefore(folded, bracket);
    if (start < from) continue;
    BEFORE_DATA.lastIndex = start;
    const match = BEFORE_DATA.exec(folded);
    if (match === null) continue;
    from = start + match[0].length;
    if (!NO_NAME.test(match[1]!)) take(start, start + match[1]!.length);
  }
  return found;
}

const NAME_UNITS_MAX = 7;

/** Where the kanji before the honorific before a bracket begin; -1 without an honorific. */
function nameBefore(folded: string, bracket: number): number {
  let end = folded.charCodeAt(bracket - 1) === 0x20 ? bracket - 1 : bracket;
  const unit = folded.charCodeAt(end - 1);
  if (unit === 0x69d8 || unit === 0x6c0f || unit === 0x6bbf) end--;
  else if (unit === 0x3093 && folded.charCodeAt(end - 2) === 0x3055) end -= 2;
  else return -1;
  if (folded.charCodeAt(end - 1) === 0x20) end--;
  let start = end;
  // 〆 closes a list and belongs to no name here.
  while (end - start < NAME_UNITS_MAX && letterAt(folded, start - 1) === SORT.kanji && folded.charCodeAt(start - 1) !== 0x3006) start--;
  return end - start < 2 ? -1 : start;
}

/** How many spaces stand between the two words. */
function spacesBefore(whole: string, second: string | undefined): number {
  if (second === undefined) return 0;
  const rest = whole.slice(0, whole.length - second.length);
  return rest.length - rest.trimEnd().length;
}

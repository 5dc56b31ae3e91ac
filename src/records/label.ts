/** Knows what a label of a column or field speaks of: the roles of the detectors whose words it carries, and whose value it is. */
import type { Detector, Kind, Role } from '../../detectors/contract.js';
import { foldLabel } from '../../detectors/fold.js';
import { firstLookAt } from '../../detectors/labels.js';
import { pieceRoles, splitLabel } from './composite.js';
import type { Detectors } from './sink.js';

export interface LabelRole {
  readonly kind: Kind;
  readonly role: Role;
}

export interface Labels {
  /** The roles that a label can mean, best first; empty for any other text. Answers are kept, so a repeated label costs a look-up. */
  of(text: string): readonly LabelRole[];
  /** Of a label that speaks of several kinds at once (基礎年金番号/氏名) a role for each, which takes its piece of a cell; else empty. */
  parts(text: string): readonly LabelRole[];
  /** The role for a whole value of a kind; null when the kind is switched off. */
  whole(kind: Kind): LabelRole | null;
  kana: LabelRole | null;
  /** Another document begins: what a cell of the last one was taken for is not remembered. */
  begin(): void;
}

/** Longer texts are no labels; a two-row header with remarks in brackets reaches about 30. */
const LABEL_UNITS_MAX = 48;
/** Distinct texts remembered; a column of a million remarks must not fill the memory. */
const REMEMBERED_MAX = 4_000;
/** Longer strings may be slices that hold a whole row or chunk in memory, so they are not remembered. */
const REMEMBERED_UNITS_MAX = 12;
/** `基礎年金番号（10桁）` has two digits; a text with more than three is a value. */
const LABEL_DIGITS_MAX = 3;
/** Distinct labels of several kinds remembered. */
const COMPOSITES_MAX = 400;
const NONE: readonly LabelRole[] = [];
/** What a column 続柄 holds in every row. As a heading over names such a word stands with another (妻氏名). */
const RELATION = /^[\s　]*(?:本人|夫|妻|子|父|母|祖父|祖母|兄|弟|姉|妹|孫|家族|その他|(?:長|次|二|三)[男女]|第[1-9一二三四五]子)[\s　]*$/;
/** These too, yet over names they do stand alone: they are labels, but never what tells a header row from a row of values. */
const RELATION_OR_LABEL =
  /^[\s　]*(?:世帯主|配偶者|扶養者|被扶養者|代理人|遺族|受給者|被保険者|申請者|届出者|本人|児童|生徒|学生|職員|社員|会員)[\s　]*$/;

const made = new WeakMap<Detectors, Labels>();

/** The labels of these detectors, made once for all documents: trying a text on every pattern costs more than reading a row. */
export function labelsOf(detectors: Detectors): Labels {
  let labels = made.get(detectors);
  if (labels === undefined) {
    labels = createLabels(detectors);
    made.set(detectors, labels);
  }
  return labels;
}

function createLabels(detectors: Detectors): Labels {
  const roles = detectors.list.flatMap((detector) => detector.roles.map((role): LabelRole => ({ kind: detector.kind, role })));
  const firstLook = firstLookAt(roles.flatMap((one) => one.role.labels));
  const remembered = new Map<string, readonly LabelRole[]>();
  const composites = new Map<string, readonly LabelRole[]>();
  const parts = (text: string) => {
    if (!mayBeLabel(text)) return NONE;
    const pieces = splitLabel(text);
    if (pieces.length < 2) return NONE;
    // Few labels are made so, and each keeps its roles: they remember the cell that they read last.
    const key = pieces.join('\n');
    let made = composites.get(key);
    if (made === undefined) {
      if (composites.size >= COMPOSITES_MAX) composites.clear();
      made = partsOf(pieces, (piece) => rolesOf(roles, firstLook, piece));
      composites.set(key, made);
    }
    return made;
  };
  const { trace } = detectors;
  const noted = (found: readonly LabelRole[]) => {
    if (trace !== undefined) for (const { kind } of found) trace.kind(kind);
    return found;
  };
  const find = (text: string) => {
    const own = rolesOf(roles, firstLook, text);
    return own.length > 0 ? own : parts(text);
  };
  return {
    of(text) {
      if (!mayBeLabel(text)) return NONE;
      if (text.length > REMEMBERED_UNITS_MAX) return noted(find(text));
      const known = remembered.get(text);
      if (known !== undefined) return known.length === 0 ? known : noted(known);
      const found = find(text);
      if (remembered.size >= REMEMBERED_MAX) remembered.clear();
      remembered.set(text, found);
      return noted(found);
    },
    parts: (text) => noted(parts(text)),
    whole: (kind) => roleIn(detectors.list, kind, 'whole'),
    kana: roleIn(detectors.list, 'name', 'kana'),
    begin: () => composites.clear(),
  };
}

function mayBeLabel(text: string): boolean {
  if (text.length === 0 || text.length > LABEL_UNITS_MAX) return false;
  let digits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if ((unit >= 0x30 && unit <= 0x39) || (unit >= 0xff10 && unit <= 0xff19)) digits += 1;
  }
  return digits <= LABEL_DIGITS_MAX && !(text.length < 3 && digits === text.length) && !RELATION.test(text);
}

function roleIn(list: readonly Detector[], kind: Kind, part: string): LabelRole | null {
  const role = list.find((detector) => detector.kind === kind)?.roles.find((one) => one.part === part);
  return role === undefined ? null : { kind, role };
}

function rolesOf(roles: readonly LabelRole[], firstLook: RegExp, text: string): readonly LabelRole[] {
  for (const form of labelForms(text)) {
    const found = rolesOfForm(roles, firstLook, form);
    if (found.length === 0) continue;
    if (!found.every((one) => one.role.part === 'kana')) return found;
    // 氏名（フリガナ） stands over readings, or over names with the reading beside them: the cells tell.
    const name = /^([^()]{2,12})\([^()]{2,8}\)$/.exec(form)?.[1];
    return name === undefined ? found : [...found, ...rolesOfForm(roles, firstLook, name)];
  }
  return NONE;
}

/** One role for each kind that the pieces of a label speak of, if they are two kinds at least. */
function partsOf(pieces: readonly string[], rolesOfPiece: (piece: string) => readonly LabelRole[]): readonly LabelRole[] {
  const byKind = new Map<Kind, LabelRole>();
  for (const piece of pieces) {
    const found = rolesOfPiece(piece).find((one) => one.role.part === 'whole');
    if (found !== undefined && !byKind.has(found.kind)) byKind.set(found.kind, found);
  }
  return byKind.size < 2 ? NONE : pieceRoles([...byKind.values()]);
}

function rolesOfForm(roles: readonly LabelRole[], firstLook: RegExp, form: string): readonly LabelRole[] {
  return firstLook.test(form) ? roles.filter((one) => one.role.labels.some((label) => label.test(form))) : NONE;
}

/** The label as it stands, then without its brackets, its number, the one whose value it is. */
function* labelForms(text: string): Iterable<string> {
  const label = foldLabel(text).replace(/\s/g, '');
  if (label.length === 0) return;
  yield label;
  const bare = label.replace(/[(（【[<〔][^)）】\]>〕]{0,24}[)）】\]>〕]/g, '').replace(/[0-9①-⑳]{1,2}$/, '');
  if (bare.length > 0 && bare !== label) yield bare;
  // 番号（基礎年金番号）: what the brackets hold says it better than the word before them.
  const inner = /^[^(（【[<〔]{1,12}[(（【[<〔]([^()（）【】[\]<>〔〕]{2,16})[)）】\]>〕]$/.exec(label)?.[1] ?? '';
  if (inner !== '' && !isUnsureLabel(inner) && !namesCompany(bare)) yield inner;
  const unowned = bare.replace(OTHER_OWNER, '').replace(/^の/, '');
  if (unowned.length > 0 && unowned !== bare) yield unowned;
}

/** True for a word that a column of values holds as often as a header does: 世帯主, 配偶者, 職員. */
export function isUnsureLabel(text: string): boolean {
  return RELATION_OR_LABEL.test(text);
}

/** Where someone can be reached: another's only when it has a name of its own. */
export const CONTACT_OWNER = '連絡先';

/** Persons other than the one that a form or table is about: their values are another person's. */
const OTHER_OWNER =
  /配偶者|世帯主|代理人|後見人|保護者|扶養義務者|被扶養者|扶養親族|扶養者|家族|同居者|保証人|緊急連絡先|連絡先|相続人|遺族|死亡者|被相続人|事業主|担当者|第[1-9一二三四五]子|長男|次男|二男|三男|長女|次女|二女|三女|養子|父|母|夫|妻|(?<![母電親様椅])子(?![育供])|子ども|子供|児童/;

/** Whose value a label speaks of: '' for the one the record is about (本人, 申請者, 被保険者 or nobody named), else the word for the other person. */
export function ownerOf(text: string): string {
  if (text.length > LABEL_UNITS_MAX) return '';
  const label = foldLabel(text).replace(/被保険者|保険者|連絡先(?:番号|電話)/g, '');
  return OTHER_OWNER.exec(label)?.[0] ?? '';
}

/** A heading that is nothing but the person it opens: 配偶者, 【世帯主】, 子1. */
export function isOwnerHeading(text: string): boolean {
  if (text.length > 16) return false;
  const label = foldLabel(text)
    .replace(/[【】「」（）()[\]]/g, '')
    .replace(/(?:欄|について|に関する事項|の情報|情報|[0-9]{1,2})$/, '');
  return OTHER_OWNER.exec(label)?.[0] === label || /^(?:本人|申請者|請求者|届出者|被保険者|受給者|受給権者|対象者)$/.test(label);
}

/** A column that names an organisation: an address beside it is the organisation's when the only name is that of a contact. */
const COMPANY =
  /(?:会社|事業所|事業者|法人|企業|商号|屋号|店舗|店|取引先|仕入先|業者|機関|団体|病院|施設|学校|園|部署|支店|営業所|事務所)(?:名|名称|所名)?$|^(?:名称|社名|組織|組織名|相手先|宛先名|勤務先名?)$/;
/** An address that is an organisation's whoever stands beside it. */
const OFFICE_ADDRESS =
  /^(?:会社|事業所|勤務先|事務所|店舗|法人|本社|支店|営業所|施設)の?(?:住所|所在地)|^所在地$|(?:事業所|会社|本店|本社)所在地/;
/** Who speaks for an organisation. */
const CONTACT = /代表|担当|責任者|連絡|管理者|施設長|院長|校長|理事長|社長|所長|店長|取締役|窓口|事業主/;

export function namesCompany(label: string): boolean {
  return COMPANY.test(foldLabel(label));
}
export function isOfficeAddress(label: string): boolean {
  return OFFICE_ADDRESS.test(foldLabel(label));
}
export function isContact(label: string): boolean {
  return CONTACT.test(foldLabel(label));
}

/**
 * Made-up people: common family and given names put together by chance, real municipalities with made-up house numbers, pension numbers with
 * plausible office codes. Nobody here exists; likeness to a living person is chance.
 */
import { createChance } from './seeded.mjs';

const FAMILIES =
  '青木 アオキ/秋山 アキヤマ/石田 イシダ/上野 ウエノ/遠藤 エンドウ/大西 オオニシ/岡本 オカモト/小野寺 オノデラ/片山 カタヤマ/菊地 キクチ/北村 キタムラ/久保田 クボタ/小林 コバヤシ/斉藤 サイトウ/桜井 サクライ/' +
  '柴田 シバタ/杉浦 スギウラ/関口 セキグチ/高田 タカダ/竹内 タケウチ/田辺 タナベ/千葉 チバ/土屋 ツチヤ/寺島 テラシマ/永井 ナガイ/中川 ナカガワ/西岡 ニシオカ/野口 ノグチ/橋本 ハシモト/浜田 ハマダ/' +
  '東 ヒガシ/平井 ヒライ/福島 フクシマ/藤原 フジワラ/古川 フルカワ/堀 ホリ/前田 マエダ/松永 マツナガ/三浦 ミウラ/水野 ミズノ/宮本 ミヤモト/村田 ムラタ/森 モリ/安田 ヤスダ/山口 ヤマグチ/横山 ヨコヤマ/' +
  '吉村 ヨシムラ/渡部 ワタナベ/五十嵐 イガラシ/長谷川 ハセガワ/佐々木 ササキ/髙橋 タカハシ/濱口 ハマグチ/齋木 サイキ';
const GIVENS =
  '明美 アケミ/昭雄 アキオ/敦子 アツコ/一郎 イチロウ/栄子 エイコ/修 オサム/和夫 カズオ/和子 カズコ/勝 マサル/京子 キョウコ/邦彦 クニヒコ/恵子 ケイコ/健一 ケンイチ/浩二 コウジ/幸子 サチコ/茂 シゲル/俊介 シュンスケ/' +
  '淳 ジュン/順子 ジュンコ/進 ススム/澄江 スミエ/清 キヨシ/節子 セツコ/孝之 タカユキ/武志 タケシ/千恵 チエ/哲也 テツヤ/敏夫 トシオ/智子 トモコ/直樹 ナオキ/奈々子 ナナコ/信行 ノブユキ/春香 ハルカ/久子 ヒサコ/' +
  '秀樹 ヒデキ/弘 ヒロシ/博美 ヒロミ/文子 フミコ/誠 マコト/正雄 マサオ/真由美 マユミ/美穂 ミホ/美代子 ミヨコ/実 ミノル/康弘 ヤスヒロ/裕子 ユウコ/由紀 ユキ/洋一 ヨウイチ/芳江 ヨシエ/義男 ヨシオ/隆 タカシ/良子 リョウコ';
const PLACES =
  '060-0001 北海道 札幌市中央区 北一条西/020-0023 岩手県 盛岡市 内丸/980-0014 宮城県 仙台市青葉区 本町/330-0063 埼玉県 さいたま市浦和区 高砂/273-0011 千葉県 船橋市 湊町/168-0071 東京都 杉並区 高井戸西/' +
  '141-0031 東京都 品川区 西五反田/180-0012 東京都 武蔵野市 緑町/231-0005 神奈川県 横浜市中区 本町/420-0853 静岡県 静岡市葵区 追手町/460-0001 愛知県 名古屋市中区 三の丸/561-0881 大阪府 豊中市 中桜塚/' +
  '540-0008 大阪府 大阪市中央区 大手前/650-0011 兵庫県 神戸市中央区 下山手通/730-0011 広島県 広島市中区 基町/760-0017 香川県 高松市 番町/790-0001 愛媛県 松山市 一番町/812-0045 福岡県 福岡市博多区 東公園/' +
  '850-0058 長崎県 長崎市 尾上町/862-0950 熊本県 熊本市中央区 水前寺/880-0805 宮崎県 宮崎市 橘通東/900-0021 沖縄県 那覇市 泉崎';
/** First four digits of a basic pension number: a prefecture's code (01 to 82) and an office; 9600 is a mutual-aid scheme's. */
const OFFICES = '0104 0311 0523 1102 1203 1317 2105 2114 2231 3109 3126 4102 4160 4317 5104 5210 6012 6108 7206 7243 8021 8104 9600'.split(
  ' ',
);

const pairs = (text) => text.split('/').map((item) => item.split(' '));
const LISTS = { families: pairs(FAMILIES), givens: pairs(GIVENS), places: pairs(PLACES) };

/** People by a seed: no pension number and no full name comes twice from one crowd, as long as fewer than 2,000 are asked for. */
export function createCrowd(seed) {
  const chance = createChance(seed);
  const seen = new Set();
  const person = () => {
    const [family, familyKana] = chance.pick(LISTS.families);
    const [given, givenKana] = chance.pick(LISTS.givens);
    const number = chance.pick(OFFICES) + String(chance.between(1200, 998999)).padStart(6, '0');
    if (seen.has(number) || seen.has(family + given)) return person();
    seen.add(number).add(family + given);
    const [postcode, prefecture, city, town] = chance.pick(LISTS.places);
    const rest = `${chance.between(1, 4)}-${chance.between(2, 28)}-${chance.between(1, 19)}`;
    const birth = { year: chance.between(1928, 1996), month: chance.between(1, 12), day: chance.between(1, 28) };
    const phone = `090-${chance.between(1000, 9999)}-${chance.between(1000, 9999)}`;
    return { number, family, given, familyKana, givenKana, name: family + given, birth, postcode, prefecture, city, town, rest, phone };
  };
  return { chance, person, people: (count) => Array.from({ length: count }, person) };
}

/** `1234-567890`, as people write it. */
export const hyphened = (person) => `${person.number.slice(0, 4)}-${person.number.slice(4)}`;
export const address = (person) => person.prefecture + person.city + person.town + person.rest;
/** 丁目・番・号 written out. */
export function longAddress(person) {
  const [block, lot, house] = person.rest.split('-');
  return `${person.prefecture}${person.city}${person.town}${block}丁目${lot}番${house}号`;
}
export const kana = (person) => `${person.familyKana}　${person.givenKana}`;

/** The check digit of a twelve-digit 個人番号 (ministry ordinance 85 of 2014, article 5), put behind eleven digits. */
export function myNumber(chance) {
  const digits = Array.from({ length: 11 }, () => chance.below(10));
  const sum = digits.reduce((total, digit, at) => total + digit * (at < 5 ? 6 - at : 12 - at), 0);
  const left = sum % 11;
  return [...digits, left <= 1 ? 0 : 11 - left].join('');
}

/** A crowd of made-up people for layouts of many rows, and what writes them as host programs and text files do. */
const NAMES = [
  ['山田', '太郎', 'ﾔﾏﾀﾞ ﾀﾛｳ'],
  ['佐藤', '花子', 'ｻﾄｳ ﾊﾅｺ'],
  ['鈴木', '一郎', 'ｽｽﾞｷ ｲﾁﾛｳ'],
  ['田中', '次郎', 'ﾀﾅｶ ｼﾞﾛｳ'],
  ['五十嵐', '翔', 'ｲｶﾞﾗｼ ｼｮｳ'],
  ['高橋', '由美', 'ﾀｶﾊｼ ﾕﾐ'],
  ['中村', '正雄', 'ﾅｶﾑﾗ ﾏｻｵ'],
  ['小林', '美咲', 'ｺﾊﾞﾔｼ ﾐｻｷ'],
  ['渡辺', '健', 'ﾜﾀﾅﾍﾞ ｹﾝ'],
  ['伊藤', '久美子', 'ｲﾄｳ ｸﾐｺ'],
] as const;
const OFFICES = ['3116', '0137', '1234', '1102', '5412', '4215', '2807', '2104', '7301', '6620'];
const STREETS = [
  '東京都練馬区豊玉北1-12-',
  '大阪府堺市北区百舌鳥梅町1-2-',
  '長野県松本市丸の内3-',
  '福岡県久留米市城南町15-',
  '石川県金沢市鞍月1-',
];

export interface Someone {
  /** Ten digits. */
  readonly digits: string;
  readonly number: string;
  readonly name: string;
  readonly spaced: string;
  readonly kana: string;
  readonly birthdate: string;
  /** With the code of the Shōwa era: 5300304, and its groups. */
  readonly code: string;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly address: string;
}

const two = (value: number) => String(value).padStart(2, '0');

export function crowd(count: number): Someone[] {
  return Array.from({ length: count }, (_, at) => {
    const [family, given, kana] = NAMES[at % NAMES.length]!;
    const [year, month, day] = [20 + ((at * 7) % 43), 1 + ((at * 5) % 12), 1 + ((at * 11) % 28)];
    const office = OFFICES[at % OFFICES.length]!;
    const serial = String(100_000 + ((at * 70_001) % 899_999));
    return {
      digits: office + serial,
      number: `${office}-${serial}`,
      name: family + given,
      spaced: `${family}　${given}`,
      kana,
      birthdate: `昭和${year}年${month}月${day}日`,
      code: `5${two(year)}${two(month)}${two(day)}`,
      year,
      month,
      day,
      address: `${STREETS[at % STREETS.length]}${at + 1}`,
    };
  });
}

/** 5300304 as 5-30-03-04. */
export const grouped = (code: string, by: string) => [code[0], code.slice(1, 3), code.slice(3, 5), code.slice(5)].join(by);

/** Filled up with blanks to so many places, of which a wide character takes two. */
export function pad(text: string, places: number): string {
  let taken = 0;
  for (const letter of text) taken += /[\u0020-\u007e\uff61-\uff9f]/.test(letter) ? 1 : 2;
  return text + ' '.repeat(Math.max(0, places - taken));
}

export const rowsOf = (csv: string) =>
  csv
    .trim()
    .split('\n')
    .map((line) => line.split(','));

/** Made-up people for the tests of records/. */
export interface Person {
  readonly number: string;
  readonly name: string;
  readonly kana: string;
  readonly birthdate: string;
  readonly address: string;
}

export const PEOPLE: readonly Person[] = [
  {
    number: '1234-567891',
    name: '山田　太郎',
    kana: 'ヤマダ　タロウ',
    birthdate: '昭和30年3月4日',
    address: '東京都杉並区高井戸西3丁目5番24号',
  },
  {
    number: '2345-678902',
    name: '鈴木　花子',
    kana: 'スズキ　ハナコ',
    birthdate: '昭和41年12月25日',
    address: '大阪府堺市北区百舌鳥梅町1丁目2番3号',
  },
  {
    number: '3456-789013',
    name: '佐藤　健一',
    kana: 'サトウ　ケンイチ',
    birthdate: '平成2年7月15日',
    address: '北海道旭川市神楽四条8丁目1番1号',
  },
  {
    number: '4567-890124',
    name: '高橋　由美',
    kana: 'タカハシ　ユミ',
    birthdate: '昭和22年1月30日',
    address: '福岡県久留米市城南町15番地の3',
  },
  { number: '5678-901235', name: '中村　正雄', kana: 'ナカムラ　マサオ', birthdate: '昭和15年9月9日', address: '長野県松本市丸の内3番7号' },
  {
    number: '6789-012346',
    name: '小林　美咲',
    kana: 'コバヤシ　ミサキ',
    birthdate: '昭和63年5月1日',
    address: '宮城県仙台市青葉区国分町3丁目7番1号',
  },
];

export const digitsOf = (person: Person) => person.number.replace('-', '');
export const familyOf = (person: Person) => person.name.split('　')[0]!;
export const givenOf = (person: Person) => person.name.split('　')[1]!;
export const officeOf = (person: Person) => person.number.slice(0, 4);
export const serialOf = (person: Person) => person.number.slice(5);
/** Era, year, month and day as four texts. */
export const datePartsOf = (person: Person) => /^(..)(\d+)年(\d+)月(\d+)日$/.exec(person.birthdate)!.slice(1);

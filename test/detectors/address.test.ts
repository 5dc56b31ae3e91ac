import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { foldLabel } from '../../detectors/fold.js';
import { countedMatches, testDetector } from '../kit/detector-kit.js';
import { testDetectors } from '../kit/detectors.js';

const detectors = testDetectors();
const detector = detectors.list.find(({ kind }) => kind === 'address')!;
const role = (part: string) => detector.roles.find((one) => one.part === part)!;

const whole = (text: string, normal?: string) => ({ text, piece: text, ...(normal === undefined ? {} : { normal }) });

describe('addresses in text', () => {
  testDetector(detectors, {
    kind: 'address',
    hits: [
      whole('東京都千代田区霞が関1-2-3', '東京都千代田区霞が関1-2-3'),
      whole('東京都千代田区霞が関一丁目二番三号', '東京都千代田区霞が関1-2-3'),
      whole('神奈川県横浜市都筑区荏田南５丁目２０－１０', '神奈川県横浜市都筑区荏田南5-20-10'),
      whole('横浜市都筑区荏田南5丁目20番10号'),
      whole('港区三田2-15-45'),
      whole('品川区五反田1丁目2番3号'),
      whole('東京都港区六本木六丁目10番1号'),
      whole('八王子市元本郷町三丁目24番1号'),
      whole('〒100-0013 東京都千代田区霞が関3-2-1'),
      whole('北海道札幌市中央区北１条西２丁目'),
      whole('大阪市東住吉区今川3-28-8'),
      whole('和歌山県東牟婁郡串本町串本1234番地'),
      whole('千葉県木更津市下郡2669番地の12'),
      whole('大分県大分市上野丘西1丁目27番9号'),
      whole('東京都新宿区西新宿2-8-1 都庁マンション101号室'),
      whole('広島県呉市中央四ー一ー六', '広島県呉市中央4-1-6'),
      whole('青森県上北郡六ヶ所村大字尾駮字野附475'),
      { text: '現在、東京都港区六本木6-10-1 六本木の家にいる', piece: '東京都港区六本木6-10-1' },
      whole('三重県伊勢市二見町江3丁目7番10号'),
      whole('京都府京都市中京区寺町通御池上る上本能寺前町488'),
      { text: '住所は東京都港区芝公園4-2-8です', piece: '東京都港区芝公園4-2-8' },
      { text: '山田太郎、埼玉県志木市館1丁目6-14、昭和30年生', piece: '埼玉県志木市館1丁目6-14' },
    ],
    misses: [
      '東京都',
      '横浜市',
      '東京都千代田区',
      '神奈川県横浜市で2019年に開催',
      '大阪市北区一番の店',
      '港区3人',
      '千葉県内の市区町村',
      '市町村合併',
      '東京都では平成27年',
      '札幌市2-1広島市',
      '京都市は人口147万人',
      '第三区画',
      '新宿区50周年',
      '市区町村長',
      '区分1-2-3',
      '渋谷区の2割',
      '横浜市立大学',
      '川崎市を3度訪れた',
      '北区2019年3月4日',
      '浜松市、2-3日',
      '名古屋市営地下鉄',
    ],
  });
});

describe('addresses in cells', () => {
  const cell = role('whole');
  it.each([
    '東京都千代田区霞が関1-2-3',
    '千代田区霞が関1-2-3',
    '錦町１７',
    '静岡県藤枝市鬼島611番地',
    '燕市吉田西太田1599',
    '高岡郡越知町越知乙2845',
    '仙台市泉区寺岡2266',
    '東京都八王子市',
    '〒123-4567 埼玉県川口市戸塚1-2-3',
    '東京都港区\n芝公園4-2-8',
  ])('reads %j under its header', (text) => {
    expect(cell.cell(text, true)).not.toBeNull();
  });
  it.each(['', '該当なし', '不明', '同上', '03-1234-5678', 'taro@example.com', '12345', '昭和30年3月4日', 'https://example.com/1'])(
    'refuses %j under its header',
    (text) => {
      expect(cell.cell(text, true)).toBeNull();
    },
  );
  it.each([
    ['大阪府吹田市岸部南2丁目17-1', 'likely'],
    ['養父市大屋町由良', null],
    ['東京都', null],
    ['山田太郎', null],
    ['港区の担当は田中さんで、詳細は別紙のとおりとする', null],
  ] as const)('judges %s without a header', (text, strength) => {
    expect(cell.cell(text, false)).toBe(strength);
  });
  it('reads split columns', () => {
    expect(role('prefecture').cell('東京都', true)).toBe('certain');
    expect(role('city').cell('横浜市都筑区', true)).toBe('certain');
    expect(role('postcode').cell('100-0013', true)).toBe('likely');
    expect(role('postcode').normal({ text: '600001', value: 600_001, isDate: false })).toBe('0600001');
    expect(role('rest').cell('霞が関1-2-3', true)).toBe('likely');
  });
  it('gives equal addresses one form', () => {
    const forms = ['霞が関一丁目二番三号', '霞が関１丁目２番３号', '霞が関1丁目2-3', '霞が関1-2-3', '霞が関 1－2－3'].map((rest) =>
      cell.normal(`東京都千代田区${rest}`),
    );
    expect(new Set(forms)).toEqual(new Set(['東京都千代田区霞が関1-2-3']));
  });
  it.each([
    ['住所', 'whole'],
    ['現住所', 'whole'],
    ['住　　所', 'whole'],
    ['送付先', 'whole'],
    ['居所', 'whole'],
    ['住所（届出）', 'whole'],
    ['郵便番号', 'postcode'],
    ['都道府県', 'prefecture'],
    ['市区町村', 'city'],
    ['番地', 'rest'],
    ['方書', 'rest'],
  ])('knows the label %s as %s', (label, part) => {
    expect(detector.roles.filter((one) => one.labels.some((pattern) => pattern.test(foldLabel(label)))).map((one) => one.part)).toEqual([
      part,
    ]);
  });
  it.each(['メールアドレス', 'IPアドレス', '電話番号', '住所コード', '住所変更日', '件名'])('leaves the label %s', (label) => {
    expect(detector.roles.filter((one) => one.labels.some((pattern) => pattern.test(foldLabel(label))))).toEqual([]);
  });
});

const CORPUS = join(import.meta.dirname, '../../../shared/corpus/addresses/addresses.txt');
describe.skipIf(!existsSync(CORPUS))('the list of 1,000 real addresses (skipped where it is absent)', () => {
  it('is found at 99.5 % and nine tenths covered at 99 %', () => {
    const lines = readFileSync(CORPUS, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    const covers = lines.map(
      (line) => countedMatches(detectors, 'address', line).reduce((sum, match) => sum + match.end - match.start, 0) / line.length,
    );
    expect(covers.filter((cover) => cover > 0).length / lines.length).toBeGreaterThanOrEqual(0.995);
    expect(covers.filter((cover) => cover >= 0.9).length / lines.length).toBeGreaterThanOrEqual(0.99);
  });
});

import { describe, expect, it } from 'vitest';
import type { Cell } from '../../detectors/contract.js';
import { foldLabel } from '../../detectors/fold.js';
import { testDetector } from '../kit/detector-kit.js';
import { testDetectors } from '../kit/detectors.js';

const detectors = testDetectors();
const detector = detectors.list.find(({ kind }) => kind === 'name')!;
const role = (part: string) => detector.roles.find((one) => one.part === part)!;
const whole = role('whole');

describe('names in text', () => {
  testDetector(detectors, {
    kind: 'name',
    hits: [
      { text: '山田太郎は出席した', piece: '山田太郎', normal: '山田太郎' },
      { text: '山田　太郎　様', piece: '山田　太郎', normal: '山田太郎', strength: 'certain' },
      { text: '佐藤花子さんから電話があった', piece: '佐藤花子' },
      { text: '髙橋 一郎', piece: '髙橋 一郎', normal: '高橋一郎', strength: 'certain' },
      { text: '渡邉美咲に送付する', piece: '渡邉美咲', normal: '渡辺美咲' },
      { text: '申請者の鈴木健一が来所', piece: '鈴木健一' },
      { text: '担当は田中裕子です', piece: '田中裕子' },
      { text: '小林明さん', piece: '小林明' },
      { text: '五十嵐大輔が提出した', piece: '五十嵐大輔' },
      { text: '理事長　新木　一弘', piece: '新木　一弘' },
      { text: '中村 さくら', piece: '中村 さくら', normal: '中村サクラ' },
      { text: '高橋みなみさんの件', piece: '高橋みなみ' },
      { text: '佐々木恵様', piece: '佐々木恵' },
      { text: '山田さくらさん、', piece: '山田さくら' },
      { text: '林愛様', piece: '林愛' },
      { text: '森トメさん', piece: '森トメ' },
      { text: '原ひろ子さん', piece: '原ひろ子' },
      { text: '𠮷田太郎様', piece: '𠮷田太郎', normal: '吉田太郎' },
      { text: '辻\u{e0100}太郎さん', piece: '辻\u{e0100}太郎', normal: '辻太郎' },
      { text: 'ヤマダ タロウ', piece: 'ヤマダ タロウ', normal: 'ヤマダタロウ' },
      { text: 'ﾔﾏﾀﾞ ﾀﾛｳ', piece: 'ﾔﾏﾀﾞ ﾀﾛｳ', normal: 'ヤマダタロウ' },
      { text: 'ジョン・スミスさん', piece: 'ジョン・スミス' },
      { text: 'TANAKA Ichiro', piece: 'TANAKA Ichiro', normal: 'TANAKAICHIRO' },
    ],
    misses: [
      '皆様',
      '大久保様',
      '長谷川さん',
      '旦那様',
      '保護者様各位',
      '北条氏の城',
      '山口組様',
      'お客様',
      '神様',
      '株式会社鈴木商店',
      '本田技研',
      '田中医院',
      '高橋',
      '松本市',
      '千葉県福島町',
      '様式第一号',
      '氏名',
      '一般会計',
      '年金記録',
      '厚生労働大臣',
      '東京都',
      '山田',
      '高山植物',
      '基礎年金番号',
      '生年月日',
      '被保険者',
      '国民年金法',
      '文字列',
      '論理演算',
      '長野県上田市',
      '大和銀行',
      '三井住友銀行',
      '松下電器産業',
      '日本年金機構',
      '事務連絡',
      '高額医療費',
      '平成',
      '本人確認書類',
      '金子みすゞ記念館前',
      '上田駅',
      '総務部',
      '石川県',
      'サンタ・マリア号',
      'ユーザー インターフェース',
      'File Name',
      'Make Sure',
      '林業',
      '森林組合',
      '水田',
      '大分県',
      '和歌山',
      '宮崎港',
    ],
  });
});

describe('names in cells', () => {
  it.each<[Cell, string]>([
    ['山田　太郎', '山田太郎'],
    ['山田太郎', '山田太郎'],
    ['山田 太郎 様', '山田太郎'],
    ['髙橋　一郎', '高橋一郎'],
    ['渡邊 花子', '渡辺花子'],
    ['𠮷田 次郎', '吉田次郎'],
    ['林 徹', '林徹'],
    ['森 進', '森進'],
    ['畚野　史登', '畚野史登'],
    ['田昌　今日人', '田昌今日人'],
    ['王 麗華', '王麗華'],
    ['グエン・ヴァン・アン', 'グエンヴァンアン'],
    ['TANAKA Ichiro', 'TANAKAICHIRO'],
    ['中村 さくら', '中村サクラ'],
    ['ヤマダ　タロウ\n山田　太郎', '山田太郎'],
    ['課長 山田 太郎', '山田太郎'],
    ['山田　太〓', '山田太〓'],
    ['佐々木 希', '佐々木希'],
    ['三ヶ尻 健', '三ヶ尻健'],
    ['ﾔﾏﾀﾞ ﾀﾛｳ', 'ヤマダタロウ'],
    ['山田太郎(旧姓鈴木)', '山田太郎'],
  ])('reads %s under its header', (cell, normal) => {
    expect(whole.cell(cell, true)).not.toBeNull();
    expect(whole.normal(cell)).toBe(normal);
  });

  it.each([
    '',
    '該当なし',
    '同上',
    '不明',
    '株式会社山田商店',
    '合計',
    '小計',
    '1234-567890',
    '東京事務所',
    '記入してください',
    '山田医院',
    '〃',
    '-',
    '総務課',
    '有',
    '本人',
    '男',
    '(株)山田組',
    '{"a":1}',
    '2015/03/04',
  ])('refuses %j under its header', (cell) => {
    expect(whole.cell(cell, true)).toBeNull();
  });

  it.each<[string, string | null]>([
    ['山田　太郎', 'likely'],
    ['佐藤花子', 'likely'],
    ['ヤマダ タロウ', 'likely'],
    ['ﾔﾏﾀﾞ ﾀﾛｳ', 'likely'],
    ['YAMADA Taro', 'likely'],
    ['年金手帳', null],
    ['千葉県', null],
    ['一般会計', null],
    ['東京都新宿区', null],
    ['備考', null],
    ['普通預金', null],
    ['新規', null],
    ['データ', null],
    ['Total Amount', null],
  ])('judges %s without a header', (cell, strength) => {
    expect(whole.cell(cell, false)).toBe(strength);
  });

  it('reads halves of a name', () => {
    expect(role('family').cell('山田', true)).toBe('certain');
    expect(role('given').cell('太郎', true)).toBe('certain');
    expect(role('family').cell('畚野', true)).not.toBeNull();
    expect(role('family-kana').cell('ﾔﾏﾀﾞ', true)).toBe('certain');
    expect(role('given-kana').cell('山田', true)).toBeNull();
    expect(role('kana').cell('山田太郎', true)).toBeNull();
  });

  it.each([
    ['氏名', 'whole'],
    ['氏　　名', 'whole'],
    ['お名前', 'whole'],
    ['被保険者氏名', 'whole'],
    ['申請者氏名', 'whole'],
    ['配偶者氏名', 'whole'],
    ['子の氏名', 'whole'],
    ['氏名（漢字）', 'whole'],
    ['世帯主', 'whole'],
    ['対象者', 'whole'],
    ['Name', 'whole'],
    ['full_name', 'whole'],
    ['フリガナ', 'kana'],
    ['ふりがな', 'kana'],
    ['ﾌﾘｶﾞﾅ', 'kana'],
    ['氏名(カナ)', 'kana'],
    ['カナ氏名', 'kana'],
    ['ｶﾅ氏名', 'kana'],
    ['氏名カナ', 'kana'],
    ['被保険者氏名（フリガナ）', 'kana'],
    ['姓', 'family'],
    ['名', 'given'],
    ['苗字', 'family'],
    ['セイ', 'family-kana'],
    ['メイ', 'given-kana'],
    ['姓(カナ)', 'family-kana'],
    ['名(カナ)', 'given-kana'],
    ['Last name', 'family'],
    ['first_name', 'given'],
  ])('knows the label %s as %s', (label, part) => {
    const parts = detector.roles.filter((one) => one.labels.some((pattern) => pattern.test(foldLabel(label)))).map((one) => one.part);
    expect(parts).toEqual([part]);
  });

  it.each([
    '商品名',
    '会社名',
    '事業所名称',
    '件名',
    '品名',
    '氏名変更日',
    '代理人の有無',
    '配偶者番号',
    '人数',
    '名称',
    '担当者コード',
    'file name',
    '地名',
    '銀行名',
  ])('leaves the label %s', (label) => {
    expect(detector.roles.filter((one) => one.labels.some((pattern) => pattern.test(foldLabel(label)))).map(({ part }) => part)).toEqual(
      [],
    );
  });
});

describe('what has the parts of a name and is none', () => {
  it.each([
    ['一の不作為又は作為をいう。'],
    ['人口一人当たりの額'],
    ['平成十三年の改正'],
    ['第二十一条及び二十九の項'],
    ['定住等及び地域間交流'],
    ['小笠原法に基づく措置'],
    ['江戸時代には栄えた。'],
    ['山崎ビルの二階'],
  ])('%s', (sentence) => {
    expect(detectors.find(sentence).filter(({ kind, strength }) => kind === 'name' && strength !== 'weak')).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { fold } from '../../detectors/fold.js';
import { findByContext } from '../../detectors/name-context.js';
import { cpuMs } from '../kit/cpu-time.js';

const namesIn = (text: string) => findByContext(fold(text)).map(({ start, end }) => text.slice(start, end));

describe('names by what stands around them', () => {
  it.each([
    ['氏名　架空誠　生年月日　昭和三十八年一月二十五日', '架空誠'],
    ['（基礎年金番号９１７０－０００００２）　氏名　架空　水菜　住所', '架空　水菜'],
    ['氏名：仮名枝光\n住所：', '仮名枝光'],
    ['お名前: 架空山つくし 様', '架空山つくし'],
    ['被保険者氏名（漢字）：架空水菜、', '架空水菜'],
    ['架空水菜さん（昭和37年10月21日生、基礎年金番号2860-000001）より', '架空水菜'],
    ['・仮名枝光様（1234-567890）について', '仮名枝光'],
  ])('%s', (text, name) => {
    expect(namesIn(text)).toEqual([name]);
  });

  it.each([
    '氏名 住所 生年月日 電話番号',
    '氏名（漢字）　性別　年齢',
    '氏名 変更届',
    '氏名を記入してください',
    '被保険者様（昭和37年10月21日生まれの方）へ',
    '皆様（生年月日をご確認ください）',
    '担当課長殿（番号は1234-567890）',
    '申請者名 一覧',
    '氏名',
  ])('nothing in %s', (text) => {
    expect(namesIn(text)).toEqual([]);
  });

  it('takes linear time', () => {
    for (const unit of ['氏名 ', '氏名:山', '山田様(', '山', '者 :']) {
      const started = cpuMs();
      findByContext(unit.repeat(Math.ceil(300_000 / unit.length)));
      expect(cpuMs() - started, unit).toBeLessThan(2_000);
    }
  });
});

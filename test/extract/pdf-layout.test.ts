import { describe, expect, it } from 'vitest';
import { arrangeLines, type Glyphs, joinRuns, makeGlyphs } from '../../src/extract/pdf-layout.js';
import { findPieces, type Piece, rowsOf, textOf } from '../../src/extract/pdf-table.js';
import { cpuMs } from '../kit/cpu-time.js';

interface Put {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size?: number;
  /** Quarter turns, counter-clockwise. */
  readonly turns?: number;
}

/** Characters as an engine gives them: boxes as wide as the advance, a fifth higher than the size. */
function layOut(puts: readonly Put[]): Glyphs {
  const glyphs = makeGlyphs(puts.reduce((sum, put) => sum + put.text.length, 0));
  for (const { x, y, text, size = 10, turns = 0 } of puts) {
    let along = 0;
    for (const char of text) {
      const wide = char.charCodeAt(0) < 0x2e80 ? size / 2 : size;
      const corners = [along, along + wide].flatMap((u) => [-0.3 * size, 0.9 * size].map((v) => turn(u, v, turns)));
      const at = glyphs.count++;
      glyphs.codes[at] = char.codePointAt(0)!;
      glyphs.lefts[at] = x + Math.min(...corners.map(([u]) => u!));
      glyphs.rights[at] = x + Math.max(...corners.map(([u]) => u!));
      glyphs.bottoms[at] = y + Math.min(...corners.map(([, v]) => v!));
      glyphs.tops[at] = y + Math.max(...corners.map(([, v]) => v!));
      glyphs.angles[at] = (Math.PI * 2 - turns * (Math.PI / 2)) % (Math.PI * 2);
      along += wide;
    }
  }
  return glyphs;
}

function turn(u: number, v: number, turns: number): number[] {
  for (let count = 0; count < turns; count += 1) [u, v] = [-v, u];
  return [u, v];
}

const read = (puts: readonly Put[]): string[] => arrangeLines(layOut(puts)).flatMap((lines) => lines.map((line) => joinRuns(line.runs)));
const pieces = (puts: readonly Put[]): Piece[] => arrangeLines(layOut(puts)).flatMap(findPieces);
const shown = (piece: Piece) => (piece.kind === 'table' ? rowsOf(piece.lines, piece.bands) : textOf(piece.lines));

describe('lines', () => {
  it.each<[string, Put[], string[]]>([
    [
      'from the top, whatever the order of the content',
      [
        { x: 0, y: 10, text: '下' },
        { x: 0, y: 30, text: '上' },
      ],
      ['上', '下'],
    ],
    [
      'from the left, a gap as wide as between cells as a tab',
      [
        { x: 90, y: 0, text: '右' },
        { x: 0, y: 0, text: '左' },
      ],
      ['左\t右'],
    ],
    [
      'pieces side by side are one word',
      [
        { x: 0, y: 0, text: '1234-' },
        { x: 25, y: 0, text: '567890' },
      ],
      ['1234-567890'],
    ],
    [
      'a narrow gap is a space',
      [
        { x: 0, y: 0, text: '見本' },
        { x: 26, y: 0, text: '花子' },
      ],
      ['見本 花子'],
    ],
    ['characters set apart evenly are one word', [...'見本花子'].map((text, at) => ({ x: at * 18, y: 0, text })), ['見本花子']],
    ['digits in boxes are one number', [...'1234567890'].map((text, at) => ({ x: at * 16, y: 0, text })), ['1234567890']],
    ['spaced with space characters too', [{ x: 0, y: 0, text: '見　本　花　子' }], ['見本花子']],
    ['one space between two names stays', [{ x: 0, y: 0, text: '見本　花子' }], ['見本　花子']],
    [
      'bold by drawing twice is one text',
      [
        { x: 0, y: 0, text: '見本' },
        { x: 0.3, y: 0, text: '見本' },
      ],
      ['見本'],
    ],
    [
      'a little off the base line is the same line',
      [
        { x: 0, y: 0, text: '見本' },
        { x: 20, y: 2, text: '花子' },
      ],
      ['見本花子'],
    ],
  ])('%s', (_, puts, lines) => {
    expect(read(puts)).toEqual(lines);
  });

  it.each([1, 2, 3])('come right when drawn with %i quarter turns', (turns) => {
    const puts = ['一行目 12', '二行目 34', '三行目 56'].map((text, at) => {
      const [x, y] = turn(0, -at * 20, turns);
      return { x: x!, y: y!, text, turns };
    });
    expect(read(puts)).toEqual(['一行目 12', '二行目 34', '三行目 56']);
  });

  it('of another direction do not mix with the page', () => {
    const puts = [
      { x: 0, y: 100, text: '本文の一行目' },
      { x: 0, y: 80, text: '本文の二行目' },
      { x: 10, y: 70, text: '欄外', turns: 1 },
    ];
    expect(read(puts)).toEqual(['本文の一行目', '本文の二行目', '欄外']);
  });
});

describe('tables', () => {
  const grid = (rows: string[][], columns: number[]): Put[] =>
    rows.flatMap((row, at) => row.map((text, column) => ({ x: columns[column]!, y: -at * 20, text })));

  it('keep empty cells in their columns', () => {
    const rows = [
      ['番号', '氏名', '備考'],
      ['1', '見本花子', ''],
      ['2', '', '要確認'],
      ['3', '試験太郎', ''],
    ];
    expect(pieces(grid(rows, [0, 60, 160])).map(shown)).toEqual([rows]);
  });

  it('keep a cell that is too long for its column where it begins', () => {
    const rows = [
      ['番号', '住所', '氏名'],
      ['1', '見本町一', '見本花子'],
      ['2', '見本町二', '試験太郎'],
      ['3', '見本町三丁目の長い名の建物の一', ''],
    ];
    expect(pieces(grid(rows, [0, 60, 160])).map(shown)).toEqual([rows]);
  });

  it('part columns that nearly touch when what follows is aligned', () => {
    const rows = [
      ['見本　花子', 'ミホンハナコ'],
      ['試験　太郎左', 'シケンタロウザ'],
      ['仮　一', 'カリハジメ'],
      ['架空　美千代', 'カクウミチヨ'],
    ];
    const numbered = rows.map((row, at) => [String(at + 1), ...row]);
    expect(pieces(grid(numbered, [0, 40, 104])).map(shown)).toEqual([numbered]);
  });

  it('are not made of newspaper columns', () => {
    const column = (at: number) =>
      Array.from({ length: 6 }, (_, line) => `これは${'一二'[at]}段目の文章で${'甲乙丙丁戊己'[line]}の行にあたります`);
    const found = pieces(
      column(0).flatMap((text, at) => [
        { x: 0, y: -at * 14, text },
        { x: 260, y: -at * 14, text: column(1)[at]! },
      ]),
    );
    expect(found.map(shown)).toEqual([column(0).join('\n'), column(1).join('\n')]);
  });

  it('cost no more than linear time on a page full of scattered characters', () => {
    const puts = Array.from({ length: 40_000 }, (_, at) => ({ x: (at * 7919) % 5_000, y: (at * 104_729) % 5_000, text: '見' }));
    const glyphs = layOut(puts);
    const start = cpuMs();
    const found = arrangeLines(glyphs).flatMap(findPieces);
    expect(found.length).toBeGreaterThan(0);
    expect(cpuMs() - start).toBeLessThan(5_000);
  });
});

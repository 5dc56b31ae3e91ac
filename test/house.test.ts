/** The house rules of src/README.md as data: who may import whom, and what may not stand in which folder. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Modules outside of a part's own folder that it may import; a name that ends in '/' stands for all below it. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  detectors: [],
  'src/cli': ['src/', 'detectors/'],
  'src/scan': [
    'src/model',
    'src/parts',
    'src/problem',
    'src/limits',
    'src/records/',
    'src/inventory/',
    'detectors/run',
    'detectors/contract',
    'detectors/trace',
    'detectors/word-letters',
    'detectors/site-words',
    'detectors/birthdate',
  ],
  'src/records': ['src/model', 'src/limits', 'detectors/contract', 'detectors/fold', 'detectors/labels', 'detectors/trace'],
  'src/container': ['src/model', 'src/problem', 'src/limits'],
  'src/lexicon': ['detectors/'],
  'src/windows': [],
  'src/walk': ['src/model', 'src/parts', 'src/problem', 'src/limits', 'src/windows/'],
  'src/extract': ['src/model', 'src/parts', 'src/problem', 'src/limits', 'src/container/', 'detectors/contract'],
  'src/protect': ['src/model', 'src/parts', 'src/problem', 'src/limits', 'src/container/'],
  'src/access': ['src/model', 'src/parts', 'src/problem', 'src/limits', 'src/windows/'],
  'src/policy': ['src/model', 'src/parts', 'src/problem', 'src/limits', 'detectors/contract', 'detectors/calendar'],
  'src/inventory': ['src/model', 'src/parts', 'src/problem', 'src/limits', 'src/windows/'],
  'src/report': ['src/model', 'src/parts', 'src/problem', 'src/limits', 'src/words/', 'src/page/data', 'detectors/contract'],
  'src/notify': [
    'src/model',
    'src/parts',
    'src/problem',
    'src/limits',
    'src/words/',
    'src/report/',
    'src/policy/site',
    'detectors/contract',
  ],
  'src/words': ['src/model', 'src/page/data', 'detectors/contract'],
  'src/page': [],
  src: ['detectors/contract'],
};

/** Packages, by the part that may use them; all else is the business of one part. Node's own modules are free but in detectors/. */
const PACKAGES: Record<string, readonly string[]> = {
  'src/cli': ['commander'],
  'src/scan': ['p-limit'],
  'src/inventory': ['libsql'],
  'src/walk': ['fast-glob', 'micromatch'],
  'src/policy': ['micromatch', 'yaml'],
  'src/report': ['chalk', 'd3-hierarchy'],
  'src/notify': ['nodemailer'],
  'src/access': ['koffi'],
  'src/windows': ['koffi'],
  'src/extract': ['7z-wasm', 'htmlparser2', 'xlsx', 'mammoth', 'pdf-parse', '@hyzyla/pdfium'],
};

interface Import {
  readonly file: string;
  readonly from: string;
}

function sources(folder: string): string[] {
  return readdirSync(join(top, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(top, file), 'utf8');
  const found = text.matchAll(
    /^\s*(?:import|export)\b[^;'"]*?\bfrom\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]/gmu,
  );
  return [...found].map((match) => ({ file, from: (match[1] ?? match[2] ?? match[3])! }));
}

function partOf(file: string): string {
  const folder = dirname(file).split('\\').join('/');
  return folder.startsWith('detectors') ? 'detectors' : folder.split('/').slice(0, 2).join('/');
}

function isAllowed({ file, from }: Import): boolean {
  const part = partOf(file);
  if (!from.startsWith('.')) {
    if (part === 'detectors') return false;
    return from.startsWith('node:') || (PACKAGES[part] ?? []).some((name) => from === name || from.startsWith(`${name}/`));
  }
  const target = relative(top, resolve(top, dirname(file), from))
    .replace(/\.js$/u, '')
    .split('\\')
    .join('/');
  if (partOf(target) === part) return true;
  return (MAY_IMPORT[part] ?? []).some((allowed) => (allowed.endsWith('/') ? target.startsWith(allowed) : target === allowed));
}

const files = [...sources('src'), ...sources('detectors')];

describe('the house', () => {
  it('has every part in the table', () => {
    expect([...new Set(files.map(partOf))].filter((part) => !(part in MAY_IMPORT))).toEqual([]);
  });

  it('imports only what the table allows', () => {
    expect(files.flatMap(importsOf).filter((one) => !isAllowed(one))).toEqual([]);
  });

  it('names the file in every import', () => {
    expect(files.flatMap(importsOf).filter(({ from }) => from.startsWith('.') && !from.endsWith('.js'))).toEqual([]);
  });

  it('keeps clock and chance out of detectors', () => {
    const odd = sources('detectors').filter((file) =>
      /Date\.now|new Date\(\)|Math\.random|performance\./u.test(readFileSync(join(top, file), 'utf8')),
    );
    expect(odd).toEqual([]);
  });

  it('keeps network, processes of others and the environment out of the parts', () => {
    const parts = files.filter((file) => !file.startsWith(join('src', 'cli')) && !file.startsWith(join('src', 'scan')));
    const odd = parts.filter((file) =>
      /node:(?:net|http|https|dgram|tls|child_process)|process\.(?:exit|env|stdout|stderr)|\bconsole\.(?:log|error|warn|info)/u.test(
        readFileSync(join(top, file), 'utf8'),
      ),
    );
    expect(odd).toEqual([]);
  });

  it('has no barrel files and no default exports', () => {
    const odd = files.filter(
      (file) => /^export \* from|^export default/mu.test(readFileSync(join(top, file), 'utf8')) || file.endsWith('index.ts'),
    );
    expect(odd).toEqual([]);
  });

  it.each([
    ['detectors', 'registry.ts'],
    ['src/extract', 'registry.ts'],
    ['src/protect', 'registry.ts'],
    ['src/report', 'registry.ts'],
  ])('%s: every part that has the shape of one is in use', (folder, registry) => {
    const inUse = (name: string, maker: string) =>
      sources(folder).some((file) => file !== maker && new RegExp(`\\b${name}\\b`, 'u').test(readFileSync(join(top, file), 'utf8')));
    const text = readFileSync(join(top, folder, registry), 'utf8');
    const made = sources(folder).flatMap((file) => {
      const found = readFileSync(join(top, file), 'utf8').matchAll(
        /^export (?:const (\w+): (?:Extractor|PasswordCheck|ReportForm)\b|function (create\w+)\([^)]*\): Detector\b)/gmu,
      );
      return [...found].map((match) => ({ name: (match[1] ?? match[2])!, file }));
    });
    expect(made.length).toBeGreaterThan(1);
    expect(text).toContain('import');
    expect(made.filter(({ name, file }) => !inUse(name, file))).toEqual([]);
  });

  it('holds nothing at its top but what belongs there', () => {
    const allowed = [
      'bin',
      'detectors',
      'samples',
      'src',
      'test',
      'LICENSE',
      'NOTICE',
      'README.md',
      'README.ja.md',
      'biome.json',
      'package-lock.json',
      'package.json',
      'tsconfig.json',
      'vitest.config.mts',
    ];
    const made = ['node_modules', 'dist', 'coverage'];
    const odd = readdirSync(top).filter((name) => !name.startsWith('.') && !allowed.includes(name) && !made.includes(name));
    expect(odd).toEqual([]);
  });

  it('speaks of no machine', () => {
    const names = [...files, ...sources('test'), 'README.md', 'package.json'].filter(
      (name) => existsSync(join(top, name)) && statSync(join(top, name)).isFile(),
    );
    const odd = names.filter((name) =>
      /\/(?:work|farm|home\/[a-z]+)\/|\/tmp\/bash/u.test(readFileSync(join(top, name), 'utf8').replaceAll('/(?:work|farm|home', '')),
    );
    expect(odd).toEqual([]);
  });
});

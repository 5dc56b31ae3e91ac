/** The filters above the list of work, and the line that tells how many rows fit. */
import type { UiWords } from './data.js';
import { fill, make, wordFor } from './dom.js';
import { ANYTHING, EXPOSED, NOT_LOOKED_AT, type Rows, reasonsOf, STALE_BY_DOCUMENT, type Wishes } from './rows.js';

/** A search waits for the typing to stop. */
const TYPING_MS = 60;
/** What is told anew at every letter is not listened to. */
const TELLING_MS = 400;

const VERDICTS = ['violation', 'undetermined', 'sealed', 'compliant', 'clear', 'textless'];

type Choice = readonly [value: string, label: string];

export class Controls {
  private wishes: Wishes = ANYTHING;
  private typing = 0;
  private telling = 0;
  private readonly present: { verdicts: Set<string>; reasons: Set<string>; formats: Set<string> };

  constructor(
    private readonly form: HTMLFormElement,
    private readonly rows: Rows,
    private readonly onChange: (wishes: Wishes) => void,
  ) {
    const { profiles } = rows.data;
    this.present = {
      verdicts: new Set(profiles.map((profile) => profile.verdict)),
      reasons: new Set(profiles.flatMap(reasonsOf)),
      formats: new Set(profiles.map((profile) => profile.format)),
    };
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', (event) => {
      clearTimeout(this.typing);
      if ((event.target as Element).id === 'wish-text') this.typing = setTimeout(() => this.changed(), TYPING_MS);
      else this.changed();
    });
    form.addEventListener('click', (event) => {
      if ((event.target as Element).closest('[data-reset]')) this.ask(ANYTHING);
    });
  }

  /** Sets the filters from outside of the form. */
  ask(wishes: Wishes): void {
    clearTimeout(this.typing);
    this.wishes = wishes;
    this.set('text', wishes.text);
    for (const name of ['verdict', 'reason', 'format'] as const) this.set(name, wishes[name]);
    this.set('department', wishes.department < 0 ? '' : String(wishes.department));
    this.onChange(wishes);
  }

  /** In the words of a language, with the filters as they are. */
  draw(ui: UiWords): void {
    const { departments } = this.rows.data;
    const named = departments
      .map((name, at): Choice => [String(at), name === '' ? ui.noDepartment : name])
      .sort(([, a], [, b]) => a.localeCompare(b, ui.locale));
    const formats = [...this.present.formats].map((code): Choice => [code, wordFor(ui.codes.formats, code)]);
    const reasons = Object.keys(ui.codes.reasons).filter((code) => this.present.reasons.has(code));
    const marks: readonly Choice[] = [
      [EXPOSED, ui.exposed],
      [STALE_BY_DOCUMENT, ui.staleByDocument],
      [NOT_LOOKED_AT, ui.notLookedAt],
    ];
    this.form.replaceChildren(
      field('text', ui.search, make('input', { id: 'wish-text', type: 'search', autocomplete: 'off', placeholder: ui.searchHint })),
      choose(
        'verdict',
        ui.verdict,
        ui.any,
        choices(
          VERDICTS.filter((code) => this.present.verdicts.has(code)),
          ui.codes.verdicts,
        ),
      ),
      choose('department', ui.department, ui.any, named),
      choose('reason', ui.reason, ui.any, [
        ...marks.filter(([code]) => this.present.reasons.has(code)),
        ...choices(reasons, ui.codes.reasons),
      ]),
      choose(
        'format',
        ui.format,
        ui.any,
        formats.sort(([, a], [, b]) => a.localeCompare(b, ui.locale)),
      ),
      make('button', { type: 'button', 'data-reset': '' }, [ui.reset]),
    );
    this.set('text', this.wishes.text);
    for (const name of ['verdict', 'reason', 'format'] as const) this.set(name, this.wishes[name]);
    this.set('department', this.wishes.department < 0 ? '' : String(this.wishes.department));
  }

  /** How many rows fit, for eyes at once and for a screen reader when the changes have come to rest. */
  tell(shown: number, ui: UiWords): void {
    const text =
      shown === 0 ? ui.none : fill(ui.shown, { n: shown.toLocaleString(ui.locale), all: this.rows.count.toLocaleString(ui.locale) });
    const line = document.getElementById('shown');
    const spoken = document.getElementById('spoken');
    if (line) line.textContent = text;
    clearTimeout(this.telling);
    this.telling = setTimeout(() => {
      if (spoken) spoken.textContent = text;
    }, TELLING_MS);
    const keys = document.getElementById('keys');
    if (keys) keys.textContent = ui.keys;
  }

  private changed(): void {
    const department = this.get('department');
    this.wishes = {
      text: this.get('text'),
      verdict: this.get('verdict'),
      department: department === '' ? -1 : Number(department),
      reason: this.get('reason'),
      format: this.get('format'),
    };
    this.onChange(this.wishes);
  }

  private get(name: string): string {
    return this.input(name)?.value ?? '';
  }

  private set(name: string, value: string): void {
    const input = this.input(name);
    if (input) input.value = value;
  }

  private input(name: string): HTMLInputElement | HTMLSelectElement | null {
    return this.form.querySelector(`#wish-${name}`);
  }
}

function choices(codes: readonly string[], words: Readonly<Record<string, string>>): Choice[] {
  return codes.map((code) => [code, wordFor(words, code)]);
}

function choose(name: string, label: string, any: string, options: readonly Choice[]): HTMLElement {
  const all: readonly Choice[] = [['', any], ...options];
  const select = make(
    'select',
    { id: `wish-${name}` },
    all.map(([value, text]) => make('option', { value }, [text])),
  );
  return field(name, label, select);
}

function field(name: string, label: string, input: HTMLElement): HTMLElement {
  return make('div', { class: `field wish-${name}` }, [make('label', { for: `wish-${name}` }, [label]), input]);
}

/** Who a text was about that ends where a table begins: the person of the table's first form, or a record of its own. It decides nothing but that. */
import type { FormPerson } from './form-person.js';
import type { Carried } from './gather.js';
import { ReusedRecord } from './record.js';
import type { RelateSink } from './sink.js';

export class CarriedPerson {
  readonly #sink: RelateSink;
  #carried: Carried | null;

  constructor(carried: Carried | null, sink: RelateSink) {
    this.#carried = carried;
    this.#sink = sink;
  }

  /** The first form below the text: it gets what the text told of the same person. */
  meet(person: FormPerson, copy: boolean): void {
    const carried = this.#carried;
    if (carried === null) return;
    if (carried.copy === copy && person.absorb(carried.values, carried.isNear)) this.#carried = null;
    else this.finish();
  }

  /** No form came, or the form was another's. */
  finish(): void {
    const carried = this.#carried;
    this.#carried = null;
    if (carried === null) return;
    let mask = 0;
    for (const bit of carried.values.keys()) mask |= bit;
    this.#sink.record(new ReusedRecord((bit) => carried.values.get(bit) ?? '').set(mask, carried.copy));
  }
}

/** Names for members whose container may name several alike: the second `a.txt` becomes `a-2.txt`. */
export class MemberNames {
  readonly #taken = new Set<string>();
  /** The number that a name is tried with next: thousands of equal names cost no more than others. */
  readonly #next = new Map<string, number>();

  unique(name: string): string {
    const dot = name.lastIndexOf('.');
    const [base, ending] = dot > name.lastIndexOf('/') + 1 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
    let number = this.#next.get(name) ?? 2;
    let unique = name;
    for (; this.#taken.has(unique); number++) unique = `${base}-${number}${ending}`;
    this.#next.set(name, number);
    this.#taken.add(unique);
    return unique;
  }
}

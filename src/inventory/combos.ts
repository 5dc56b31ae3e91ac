/**
 * Sets of sets: what reading one file, or another one, or any of several takes. Each is a small number for the whole list of its members, so that
 * millions of persons come down to a few counts.
 */

/** Ids stay below 2^26, so that two of them make one exact key. */
const PAIR = 2 ** 26;

export class Combos {
  private readonly members: number[][] = [[]];
  private readonly ids = new Map<string, number>([['', 0]]);
  private readonly joined = new Map<number, number>();
  private readonly alone = new Map<number, number>();

  /** Ids are 0 (nothing) to `size - 1`. */
  get size(): number {
    return this.members.length;
  }

  membersOf(id: number): readonly number[] {
    return this.members[id]!;
  }

  of(member: number): number {
    let id = this.alone.get(member);
    if (id === undefined) {
      id = this.intern([member]);
      this.alone.set(member, id);
    }
    return id;
  }

  join(a: number, b: number): number {
    if (a === b || b === 0) return a;
    if (a === 0) return b;
    const key = a < b ? a * PAIR + b : b * PAIR + a;
    let id = this.joined.get(key);
    if (id === undefined) {
      id = this.union([a, b]);
      this.joined.set(key, id);
    }
    return id;
  }

  /** The same for any number of them, without keeping what lies between. @param ids each once */
  joinAll(ids: readonly number[]): number {
    if (ids.length <= 2) return this.join(ids[0] ?? 0, ids[1] ?? 0);
    return this.union(ids);
  }

  /** Forgets all from this id on, and how they came about. */
  truncate(size: number): void {
    for (const members of this.members.splice(size)) this.ids.delete(members.join());
    this.joined.clear();
    this.alone.clear();
  }

  private union(ids: readonly number[]): number {
    const all = ids.flatMap((id) => this.members[id]!).sort((x, y) => x - y);
    return this.intern(all.filter((member, i) => member !== all[i - 1]));
  }

  private intern(members: number[]): number {
    const key = members.join();
    let id = this.ids.get(key);
    if (id === undefined) {
      id = this.members.push(members) - 1;
      this.ids.set(key, id);
    }
    return id;
  }
}

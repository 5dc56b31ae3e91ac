/** Chooses by folder which rule of a site judges: each rule has a source of its own, so that their answers are never mixed. */
import type { Access, FileStat } from '../model.js';
import type { AccessSource, FolderGate } from '../parts.js';

/** @param path of a folder; @param root the scanned folder above it. The number of the rule that begins here; null where none does. */
export type RuleOf = (path: string | Buffer, root: string | Buffer) => number | null;

/**
 * A rule holds for its folder and all below, until another begins.
 * @param sources one for each rule; @param other judges where no rule holds.
 */
export function concernedSource(ruleOf: RuleOf, sources: readonly AccessSource[], other: AccessSource): AccessSource {
  return {
    id: other.id,
    folder: (path, stat, parent) => {
      const above = parent instanceof RuledGate ? parent : null;
      const root = above?.root ?? path;
      return new RuledGate(path, stat, above, root, ruleOf(path, root) ?? above?.rule ?? null, sources, other);
    },
    file: (path, stat, gate): Access => {
      if (!(gate instanceof RuledGate)) throw new TypeError('a gate of another source');
      return gate.source.file(path, stat, gate.inner(gate.rule));
    },
    tell: (folders, file) => {
      const rule = folders.reduce<number | null>((above, { path }) => ruleOf(path, folders[0]!.path) ?? above, null);
      return (rule === null ? other : sources[rule]!).tell?.(folders, file) ?? null;
    },
  };
}

class RuledGate implements FolderGate {
  private readonly gates = new Map<number | null, FolderGate>();

  constructor(
    private readonly path: string | Buffer,
    private readonly stat: FileStat,
    private readonly above: RuledGate | null,
    readonly root: string | Buffer,
    readonly rule: number | null,
    private readonly sources: readonly AccessSource[],
    private readonly other: AccessSource,
  ) {}

  get key(): string {
    return `${this.rule ?? ''}/${this.inner(this.rule).key}`;
  }

  get source(): AccessSource {
    return this.sourceOf(this.rule);
  }

  /** The folders above are asked again by the source of a rule that begins below them. */
  inner(rule: number | null): FolderGate {
    let gate = this.gates.get(rule);
    if (gate === undefined) {
      gate = this.sourceOf(rule).folder(this.path, this.stat, this.above?.inner(rule) ?? null);
      this.gates.set(rule, gate);
    }
    return gate;
  }

  private sourceOf(rule: number | null): AccessSource {
    return rule === null ? this.other : this.sources[rule]!;
  }
}

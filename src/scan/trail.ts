/** The way from the root down to the folder that the walk is in: ids in the inventory and who can pass, for each folder on it. */
import type { Listing } from '../model.js';
import type { AccessSource, FolderGate } from '../parts.js';

export interface Step {
  readonly key: string;
  readonly id: number;
  /** The file system on which it lies. */
  readonly dev: number;
  readonly gate: FolderGate;
  readonly parent: Step | null;
}

export class Trail {
  private here: Step | null = null;
  private root = '';

  constructor(
    private readonly access: AccessSource,
    private readonly visitFolder: (parent: number | null, name: string) => number,
    private readonly openable: (root: string, key: string) => string | Buffer,
    private readonly gateAbove: (root: string) => FolderGate | null = () => null,
  ) {}

  /** Listings come depth first, so the parent of each is on the trail. */
  enter(listing: Listing): Step {
    const { root, folder, stat } = listing;
    if (root !== this.root) this.here = null;
    this.root = root;
    const slash = folder.lastIndexOf('/');
    const above = folder === '' ? null : folder.slice(0, Math.max(0, slash));
    while (this.here !== null && this.here.key !== above) this.here = this.here.parent;
    const parent: Step | null = this.here;
    const id = this.visitFolder(parent?.id ?? null, parent === null ? root : folder.slice(slash + 1));
    const gate = this.access.folder(this.openable(root, folder), stat, parent ? parent.gate : this.gateAbove(root));
    this.here = { key: folder, id, dev: stat.dev, gate, parent };
    return this.here;
  }
}

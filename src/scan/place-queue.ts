/**
 * How far a sweep has come, for the next one to go on from: the first folder in the order of the walk of which something is still to be kept.
 * Workers finish files in any order, so the last folder that was walked says nothing.
 */
export interface Place {
  readonly root: string;
  readonly folder: string;
}

/** A folder with how many of its parts (the walk itself, files in hand) are not done. */
export interface OpenPlace extends Place {
  open: number;
}

export class PlaceQueue {
  private readonly places: OpenPlace[] = [];
  private head = 0;
  private walked = false;

  /** The walk enters a folder; it is open until `done` was called as often as `open` counts. */
  enter({ root, folder }: Place): OpenPlace {
    const place = { root, folder, open: 1 };
    this.places.push(place);
    return place;
  }

  /** One more part of it is to be done. */
  reopen(place: OpenPlace): void {
    place.open++;
  }

  done(place: OpenPlace): void {
    place.open--;
  }

  /** The walk has come to its end. */
  end(): void {
    this.walked = true;
  }

  /** The walk has come to its end, and everything in it is done. */
  get isDone(): boolean {
    return this.walked && this.first() === null;
  }

  /** The first folder that is not done, else the last one entered; null when nothing is left, or nothing was begun. */
  first(): Place | null {
    while (this.head < this.places.length && this.places[this.head]!.open === 0) this.head++;
    const open = this.places[this.head];
    if (open === undefined && this.walked) return null;
    const last = this.places.at(-1);
    // What is done needs no place: the list is as long as what is in hand.
    this.places.splice(0, open === undefined ? Math.max(0, this.places.length - 1) : this.head);
    this.head = 0;
    const place = open ?? last;
    return place ? { root: place.root, folder: place.folder } : null;
  }
}

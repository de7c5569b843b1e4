/** What an index needs of a child. */
interface Named {
  readonly localName: string;
  readonly namespace: string | null;
}

const none: readonly never[] = [];

/** Indexes over many children, each made when it is first asked for: looking at all of them for each would take the square. */
export class ChildIndex<Child extends Named> {
  #positions: Map<Child, number> | null = null;
  #byLocalName: Map<string, Child[]> | null = null;

  constructor(private readonly children: readonly Child[]) {}

  /** Position of a child among those of the same name, from 1. */
  positionOf(child: Child): number {
    this.#positions ??= positionsOf(this.children);
    return this.#positions.get(child) ?? 1;
  }

  /** The children that have that local name, in document order. */
  named(localName: string): readonly Child[] {
    this.#byLocalName ??= byLocalName(this.children);
    return this.#byLocalName.get(localName) ?? none;
  }
}

function positionsOf<Child extends Named>(children: readonly Child[]): Map<Child, number> {
  const counts = new Map<string, number>();
  const positions = new Map<Child, number>();
  for (const child of children) {
    const name = `${child.namespace ?? ''} ${child.localName}`;
    const position = (counts.get(name) ?? 0) + 1;
    counts.set(name, position);
    positions.set(child, position);
  }
  return positions;
}

function byLocalName<Child extends Named>(children: readonly Child[]): Map<string, Child[]> {
  const index = new Map<string, Child[]>();
  for (const child of children) {
    const same = index.get(child.localName);
    if (same === undefined) index.set(child.localName, [child]);
    else same.push(child);
  }
  return index;
}

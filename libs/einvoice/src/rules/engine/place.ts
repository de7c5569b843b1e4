import type { XmlElement } from '../../xml/element.js';

/** Where an element stands: its name, and the names around it. */
export interface Place {
  /** Where the element around it stands; null outside of the root. */
  readonly outer: Place | null;
  readonly localName: string;
  readonly namespace: string | null;
  /** Whether it is the same object each time, so that something can be remembered of it. */
  readonly kept: boolean;
}

/** Around the root. */
export const outermost: Place = { outer: null, localName: '', namespace: null, kept: true };

/** Enough for every path of UBL and CII; a document of invented names must not make it grow. */
const mostPlaces = 8192;

/** The places of the documents that were seen. */
export class Places {
  readonly #inner = new Map<Place, Map<string, Place[]>>();
  #kept = 0;

  /** Where an element stands within a place. */
  in(outer: Place, { name: { localName }, namespace }: XmlElement): Place {
    const same = this.#inner.get(outer)?.get(localName);
    if (same !== undefined) for (const place of same) if (place.namespace === namespace) return place;
    const place = { outer, localName, namespace, kept: outer.kept && this.#kept < mostPlaces };
    if (place.kept) this.#keep(outer, place);
    return place;
  }

  #keep(outer: Place, place: Place): void {
    this.#kept++;
    let within = this.#inner.get(outer);
    if (within === undefined) this.#inner.set(outer, (within = new Map<string, Place[]>()));
    within.set(place.localName, [...(within.get(place.localName) ?? []), place]);
  }
}

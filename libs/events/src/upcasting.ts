import { InvalidRequest, UnknownEventVersion } from './errors.js';

/** Lifts the data of one event type from one schema version to the next. Pure: the same input gives the same output. */
export interface Upcaster {
  /** The event type. */
  type: string;
  /** The version it takes; it gives `from + 1`. */
  from: number;
  /** Takes data of version `from`, gives data of version `from + 1`; must not change its argument. */
  upcast: (data: unknown) => unknown;
}

/** All upcasters of a program. A type without any is at version 1. */
export class UpcasterChain {
  private readonly steps = new Map<string, Upcaster[]>();

  /** @throws InvalidRequest when a type's versions do not go 1, 2, 3 … without gap and without repetition. */
  constructor(upcasters: Iterable<Upcaster> = []) {
    for (const upcaster of upcasters) {
      const ofType = this.steps.get(upcaster.type) ?? [];
      this.steps.set(upcaster.type, [...ofType, upcaster]);
    }
    for (const [type, ofType] of this.steps) {
      ofType.sort((left, right) => left.from - right.from);
      ofType.forEach(({ from }, index) => {
        if (from !== index + 1)
          throw new InvalidRequest(
            `upcasters of ${type}: one from version ${index + 1} is needed, found one from ${from}`,
          );
      });
    }
  }

  /** The version in which events of this type are written now. */
  currentVersion(type: string): number {
    return (this.steps.get(type)?.length ?? 0) + 1;
  }

  /**
   * Lifts data to the current version.
   * @param where what to name in the error: the event's stream and version.
   * @throws UnknownEventVersion when the version is newer than this program knows.
   */
  lift(type: string, schemaVersion: number, data: unknown, where: string): { schemaVersion: number; data: unknown } {
    const current = this.currentVersion(type);
    if (schemaVersion < 1 || schemaVersion > current)
      throw new UnknownEventVersion(type, schemaVersion, current, where);
    if (schemaVersion === current) return { schemaVersion, data };
    const steps = this.steps.get(type) ?? [];
    const lifted = steps.slice(schemaVersion - 1).reduce((value, step) => step.upcast(value), data);
    return { schemaVersion: current, data: lifted };
  }
}

import type { MembershipEvent, StructureEvent } from '#domain';
import type { Checkpoint, EventStore, RecordedEvent } from '#events';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Walks over the log in its order and judges it at every position: a structure that lives has exactly one primary manager
 * (R03), an identifier has one owner (R02), a pair has no two pending requests (R04).
 */
export class LogWalk {
  private place: Checkpoint | null = null;
  private walked = 0;
  private readonly managers = new Map<string, string>();
  private readonly pending = new Set<string>();
  private readonly origins = new Map<string, readonly string[]>();

  constructor(
    private readonly store: EventStore,
    private readonly people: readonly string[],
  ) {}

  /** Goes on to the end of the log as it is now. The log shows an event once everything before it is settled. */
  async toTheEnd(): Promise<void> {
    const { rows } = await this.store.pool.query<{ total: number }>('SELECT count(*)::integer AS total FROM es.events');
    while (this.walked < (rows[0]?.total ?? 0)) {
      const page = await this.store.readAll({ after: this.place });
      for (const event of page.events) this.see(event);
      this.walked += page.events.length;
      this.place = page.checkpoint ?? this.place;
      if (page.events.length === 0) await pause(20);
    }
  }

  private see({ type, data, stream }: RecordedEvent): void {
    const event = { type, data } as StructureEvent | MembershipEvent;
    const identifier = decodeURIComponent(stream.slice('structure-'.length));
    switch (event.type) {
      case 'StructureRegistered':
        this.begin(identifier, event.data.primaryManager);
        break;
      case 'StructureDuplicated':
        this.begin(identifier, this.managers.get(event.data.origins.at(-1) ?? ''));
        this.origins.set(identifier, event.data.origins);
        break;
      case 'PrimaryManagerNamed':
        expect(this.managers.get(identifier)).toBe(event.data.former);
        this.managers.set(identifier, event.data.account);
        break;
      case 'AttachmentRequested':
        expect(this.pairs(event.data).filter((pair) => this.pending.has(pair))).toEqual([]);
        this.pending.add(`${event.data.structure}/${event.data.account}`);
        break;
      case 'AttachmentValidated':
      case 'AttachmentRefused':
        for (const pair of this.pairs(event.data)) this.pending.delete(pair);
        break;
      default:
    }
    for (const manager of this.managers.values()) expect(this.people).toContain(manager);
  }

  private begin(identifier: string, manager: string | null | undefined): void {
    expect(this.managers.has(identifier)).toBe(false);
    expect(manager).toBeDefined();
    this.managers.set(identifier, manager ?? '');
  }

  /** The pair on the structure and on those that it goes back to. */
  private pairs({ structure, account }: { readonly structure: string; readonly account: string }): string[] {
    return [structure, ...(this.origins.get(structure) ?? [])].map((one) => `${one}/${account}`);
  }
}

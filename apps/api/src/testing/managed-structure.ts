import { Decisions, type Caller } from '#application';
import { accept, membershipStream, structureStream, type MembershipEvent, type StructureEvent } from '#domain';
import type { TestApi } from './test-api.js';

const operator: Caller = { kind: 'operator' };

/** Who is on a structure: accounts. */
export interface PeopleOfStructure {
  readonly primary: string;
  readonly secondaries?: readonly string[];
  readonly users?: readonly string[];
}

/** A structure with its people, recorded straight into the log: for tests of what people may do there. */
export async function managedStructure(
  { app }: Pick<TestApi, 'app'>,
  identifier: string,
  { primary, secondaries = [], users = [] }: PeopleOfStructure,
  publicEntity = true,
): Promise<void> {
  const registered: StructureEvent = {
    type: 'StructureRegistered',
    data: { identifier, name: `Structure ${identifier}`, publicEntity, primaryManager: primary },
  };
  await app.get(Decisions).decide(operator, async (session) => {
    await session.record(structureStream(identifier), accept(registered));
    for (const account of [primary, ...secondaries, ...users]) {
      const data = { structure: identifier, account, by: primary };
      const appointed: MembershipEvent[] = secondaries.includes(account)
        ? [{ type: 'SecondaryManagerAppointed', data }]
        : [];
      await session.record(
        membershipStream(data),
        accept<MembershipEvent>({ type: 'UserAttached', data }, ...appointed),
      );
    }
  });
}

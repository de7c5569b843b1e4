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

/** Asks the API something as JSON. */
export async function ask(
  { url }: Pick<TestApi, 'url'>,
  token: string | null,
  method: string,
  path: string,
  body?: object,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
}

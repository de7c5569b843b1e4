import { startOwnApi, type OwnApi } from './own-api.js';
import { signedInPerson, type SignedInPerson } from '../../apps/api/src/testing/people.js';

/** What the API answered. */
export interface Answer {
  readonly status: number;
  /** The document, where there is one. */
  readonly body: Record<string, unknown>;
}

/** Who asks: a person who is signed in, the operator, or a connection by its API key. */
export type Asker = SignedInPerson | 'operator' | 'connection';

/** An API of a test's own, and requests to it by whoever is asked to make them. */
export interface PeopleApi extends OwnApi {
  readonly person: (name?: { firstName?: string; lastName?: string; pigp?: boolean }) => Promise<SignedInPerson>;
  readonly ask: (asker: Asker, request: string, body?: object) => Promise<Answer>;
}

/** Starts it. */
export async function startPeopleApi(): Promise<PeopleApi> {
  const api = await startOwnApi();
  const ask = async (asker: Asker, request: string, body?: object): Promise<Answer> => {
    const [method = '', path = ''] = request.split(' ');
    const token = asker === 'operator' ? api.keys.operator : asker === 'connection' ? api.keys.own : asker.token;
    const response = await fetch(`${api.url}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  };
  const person: PeopleApi['person'] = async ({ pigp = false, ...name } = {}) => {
    const someone = await signedInPerson(api, name);
    if (pigp)
      expect((await ask('operator', `PUT /accounts/${someone.account}/pigp`, { linked: true })).status).toBe(204);
    return someone;
  };
  return { ...api, person, ask };
}

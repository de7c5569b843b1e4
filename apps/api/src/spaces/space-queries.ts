import { Decisions, type Caller } from '#application';
import { opensByItself, SPACE_CODES, SPACES, type OpenedSpace } from '#domain';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Page } from '../lists/page.js';
import { cursorOf, keyOfCursor, TEXT } from '../lists/page-cursor.js';
import type { OpenedSpaceView, SpaceView } from './views.js';

/** Every space that there is (R08). */
export class ListSpaces extends Query<readonly SpaceView[]> {}

/** What can be used on a structure and its services, the structure first, as it is after what was just decided (R08). */
export class ListOpenedSpaces extends Query<Page<OpenedSpaceView>> {
  constructor(
    readonly caller: Caller,
    readonly structure: string,
    readonly after: string | undefined,
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(ListSpaces)
export class ListSpacesHandler implements IQueryHandler<ListSpaces> {
  async execute(): Promise<readonly SpaceView[]> {
    return Promise.resolve(
      SPACE_CODES.map((code) => {
        const { label, audience, access } = SPACES[code];
        return { code, label, audience, access };
      }),
    );
  }
}

@QueryHandler(ListOpenedSpaces)
export class ListOpenedSpacesHandler implements IQueryHandler<ListOpenedSpaces> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, structure, after, limit }: ListOpenedSpaces): Promise<Page<OpenedSpaceView>> {
    const start = keyOfCursor(after, [TEXT, TEXT]);
    const { spaces } = await this.decisions.look(caller, (session) => session.authorise('structure.read', structure));
    const byThemselves = SPACE_CODES.filter(opensByItself).map((space): OpenedSpace => ({ space, service: null }));
    const all = [...byThemselves, ...spaces].sort(inOrder);
    const rest = start === null ? all : all.filter((one) => inOrder(one, atKey(start)) > 0);
    const shown = rest.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map(view),
      total: all.length,
      next: last === undefined || shown.length === rest.length ? null : cursorOf([last.service ?? '', last.space]),
    };
  }
}

/** By service, the structure itself first, then in the order of the menu. */
function inOrder(left: OpenedSpace, right: OpenedSpace): number {
  const [one, other] = [left.service ?? '', right.service ?? ''];
  if (one !== other) return one < other ? -1 : 1;
  return SPACE_CODES.indexOf(left.space) - SPACE_CODES.indexOf(right.space);
}

function atKey([service = '', space = '']: readonly string[]): OpenedSpace {
  return { service: service === '' ? null : service, space: space as OpenedSpace['space'] };
}

function view({ space, service }: OpenedSpace): OpenedSpaceView {
  return { space, label: SPACES[space].label, service, byItself: opensByItself(space) };
}

import type { Caller } from '#application';

/** The machine of a structure, as who calls. */
export function machineOf(structure: string): Caller {
  return {
    kind: 'connection',
    connection: { applicationCode: structure, structure, name: structure },
  };
}

/** One of the people of the model, or the platform's support. */
export type Actor = number | 'operator';

/** What a person is on a structure, as the rules of R03 to R05 say it in the fewest words. */
export interface ModelMember {
  readonly status: 'requested' | 'attached' | 'deactivated';
  readonly secondary: boolean;
}

/** A structure of the model. */
export interface ModelStructure {
  active: boolean;
  /** Index of the structure that took its place. */
  successor: number | null;
  primary: number;
  readonly members: Map<number, ModelMember>;
}

/** A command of the model; people and structures by index. */
export type ModelCommand =
  | { readonly kind: 'create'; readonly by: number }
  | { readonly kind: 'request'; readonly by: number; readonly structure: number }
  | {
      readonly kind: 'validate' | 'refuse' | 'attach' | 'deactivate' | 'reactivate' | 'delete';
      readonly by: Actor;
      readonly on: number;
      readonly structure: number;
    }
  | { readonly kind: 'appoint' | 'dismiss'; readonly by: number; readonly on: number; readonly structure: number }
  | {
      readonly kind: 'transfer';
      readonly by: number;
      readonly on: number;
      readonly structure: number;
      readonly formerBecomes: 'secondary' | 'simple';
    }
  | { readonly kind: 'change'; readonly by: Actor; readonly structure: number };

const plain: ModelMember = { status: 'attached', secondary: false };

/**
 * People on structures, told a second time and as plainly as can be: maps, and no streams. A change of SIRET copies the map,
 * where the product copies by reference (R16).
 */
export class Model {
  readonly structures: ModelStructure[] = [];

  /** Does what a command asks. @returns whether it was done; nothing has changed otherwise */
  run(command: ModelCommand): boolean {
    if (command.kind === 'create') {
      this.structures.push({
        active: true,
        successor: null,
        primary: command.by,
        members: new Map([[command.by, plain]]),
      });
      return true;
    }
    const structure = this.structures[command.structure];
    if (structure === undefined) return false;
    if (command.kind === 'request') {
      if (!structure.active || structure.members.has(command.by)) return false;
      structure.members.set(command.by, { status: 'requested', secondary: false });
      return true;
    }
    const role = this.roleOf(command.by, structure);
    if (command.kind === 'change') return this.change(structure, role);
    const member = structure.members.get(command.on);
    const isOwn = command.by === command.on;
    const manages = role === 'operator' || role === 'primary' || role === 'secondary';
    const set = (changed: ModelMember): true => (structure.members.set(command.on, changed), true);
    switch (command.kind) {
      case 'validate':
      case 'refuse':
        if (!manages || isOwn || !structure.active || member?.status !== 'requested') return false;
        return command.kind === 'validate' ? set(plain) : structure.members.delete(command.on);
      case 'attach':
        if (!manages || isOwn || !structure.active) return false;
        return member === undefined || member.status === 'requested' ? set(plain) : false;
      case 'deactivate':
      case 'reactivate':
      case 'delete': {
        const may = manages || (command.kind === 'delete' && isOwn && role !== null);
        if (!may || !structure.active || member === undefined || member.status === 'requested') return false;
        if (structure.primary === command.on) return false;
        if (member.secondary && role === 'secondary' && !isOwn) return false;
        if (command.kind === 'delete') return structure.members.delete(command.on);
        return set({ ...member, status: command.kind === 'deactivate' ? 'deactivated' : 'attached' });
      }
      case 'appoint':
        if (role !== 'primary' || !structure.active || member?.status !== 'attached' || isOwn) return false;
        return set({ ...member, secondary: true });
      case 'dismiss':
        if (role !== 'primary' || !structure.active || isOwn) return false;
        return member === undefined || member.status === 'requested' ? false : set({ ...member, secondary: false });
      case 'transfer':
        if (role !== 'primary' || !structure.active || isOwn || member?.status === 'deactivated') return false;
        structure.members.set(structure.primary, { ...plain, secondary: command.formerBecomes === 'secondary' });
        structure.primary = command.on;
        return set(plain);
    }
  }

  private change(structure: ModelStructure, role: ReturnType<Model['roleOf']>): boolean {
    if (role === null || role === 'simple' || !structure.active) return false;
    structure.active = false;
    structure.successor = this.structures.length;
    this.structures.push({ ...structure, active: true, successor: null, members: new Map(structure.members) });
    return true;
  }

  /** On a structure that was replaced people have the role that they have on the one at the end. */
  private roleOf(actor: Actor, structure: ModelStructure): 'operator' | 'primary' | 'secondary' | 'simple' | null {
    if (actor === 'operator') return 'operator';
    const next = structure.successor === null ? undefined : this.structures[structure.successor];
    if (next !== undefined) return this.roleOf(actor, next);
    const member = structure.members.get(actor);
    if (member?.status !== 'attached') return null;
    if (structure.primary === actor) return 'primary';
    return member.secondary ? 'secondary' : 'simple';
  }
}

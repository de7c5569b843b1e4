import type { SupportingLimits } from './limits.js';

/** Signs that no system takes in a file name, or that lead out of a folder. */
export const forbiddenSigns = '\\ / : * ? " < > |';
// eslint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u001f\u007f-\u009f\\/:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const everyForbidden = new RegExp(forbidden, 'g');

/** Signs that change the direction of writing: in a message they would make the name read as another one. */
const directions = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A name as it can be shown: signs that change the direction of writing are made visible. */
export function shownName(name: string): string {
  return name.replace(directions, '\ufffd');
}

/** Whether a name has signs that it must not have: control characters, changes of writing direction, signs of paths. */
export function hasForbiddenSigns(name: string): boolean {
  return forbidden.test(name) || /^\.+$/.test(name);
}

/** The extension of a name in lower case, without its point; null when it has none. */
export function extensionOf(name: string): string | null {
  return /[^.]\.([^.\s]+)$/.exec(name)?.[1]?.toLowerCase() ?? null;
}

/** A name that is safe to store under: forbidden signs replaced, cut before its extension when it is too long (R24). */
export function storableName(name: string, { nameCharacters }: Pick<SupportingLimits, 'nameCharacters'>): string {
  const safe = name.replace(everyForbidden, '_').replace(/^\.+$/, '_');
  const characters = Array.from(safe);
  if (characters.length <= nameCharacters) return safe;
  const point = characters.lastIndexOf('.');
  const extension = point > 0 && characters.length - point < nameCharacters ? characters.slice(point) : [];
  return [...characters.slice(0, nameCharacters - extension.length), ...extension].join('');
}

/** The last part of the name of a member of an archive, which may have folders before it. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

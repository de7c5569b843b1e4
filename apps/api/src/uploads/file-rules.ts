import { extensionOf, hasForbiddenSigns, interactiveSupportingLimits, shownName } from '#einvoice';

const { documentBytes, extensions, nameCharacters } = interactiveSupportingLimits;

/** Most bytes of one file that is uploaded: 10 MB (R24). */
export const LARGEST_FILE = documentBytes;

/** What is wrong with the name of a file: a stable code, and in French what to do. */
export interface FileNameFault {
  readonly code: 'FIC-001' | 'FIC-002' | 'FIC-003';
  readonly message: string;
}

/**
 * Judges the name of a file that somebody uploads or cites (R24): `FIC-001` none, or of more than 50 characters, `FIC-002` signs
 * that no system takes in a name or that lead out of a folder, `FIC-003` no extension, or one that is not accepted.
 *
 * @returns null when nothing is wrong
 */
export function fileNameFault(name: string): FileNameFault | null {
  const characters = Array.from(name).length;
  if (characters === 0) return { code: 'FIC-001', message: 'Donnez le nom du fichier, avec son extension.' };
  if (characters > nameCharacters)
    return {
      code: 'FIC-001',
      message: `Le nom du fichier a ${characters} caractères, pour ${nameCharacters} au plus : raccourcissez-le.`,
    };
  if (hasForbiddenSigns(name))
    return {
      code: 'FIC-002',
      message: `Le nom « ${shownName(name)} » contient des caractères interdits : renommez le fichier.`,
    };
  const extension = extensionOf(name);
  if (extension !== null && extensions.has(extension)) return null;
  const found = extension === null ? 'n’a pas d’extension' : `a l’extension « ${extension} », qui n’est pas acceptée`;
  const accepted = [...extensions].join(', ');
  return { code: 'FIC-003', message: `Le fichier ${found}. Extensions acceptées : ${accepted}.` };
}

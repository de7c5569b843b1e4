import type { ImportedRow, ImportedStructureRow, RefusedRow } from '#application';
import type { IdentifierType, StructureCategory } from '#domain';

/** Columns of a directory file (README, « Importer l’annuaire »). The first two must be there, in whatever order. */
export const COLUMNS = [
  'identifiant',
  'nom',
  'categorie',
  'type_identifiant',
  'exige_service',
  'exige_engagement',
  'exige_service_ou_engagement',
  'exclusion',
  'code_service',
  'service_actif',
] as const;

export type Column = (typeof COLUMNS)[number];

/** The cells of one row by their column; a column that the file does not have reads as empty. */
export type Cells = Readonly<Partial<Record<Column, string>>>;

const CATEGORIES: Readonly<Record<string, StructureCategory>> = {
  ENTREPRISE: 'COMPANY',
  ETAT: 'STATE',
  COLLECTIVITE: 'LOCAL_AUTHORITY',
  AUTRE_PUBLIC: 'OTHER_PUBLIC',
  ENTREPRENEUR_INDIVIDUEL: 'SOLE_TRADER',
  PARTICULIER: 'PRIVATE_PERSON',
};

const IDENTIFIER_TYPES: Readonly<Record<string, IdentifierType>> = {
  SIRET: 'SIRET',
  TVA_UE: 'EU_VAT',
  HORS_UE: 'OUTSIDE_EU',
  RIDET: 'RIDET',
  TAHITI: 'TAHITI',
  EN_COURS: 'BEING_REGISTERED',
  PARTICULIER: 'PRIVATE_PERSON',
};

const YES_OR_NO: Readonly<Record<string, boolean>> = { oui: true, non: false };

/** What lifts an exclusion, since an empty cell leaves it as it is. */
const NO_EXCLUSION = '-';

/** A cell that is not of its column's form. */
class UnfitCell extends Error {}

/**
 * Reads a row: of a service where there is a service code, else of a structure.
 *
 * @param line where it stands in the file, from 1
 * @returns the row, or why it is refused (`ANN-002`, and `ANN-007` for a text that is not UTF-8)
 */
export function readRow(cells: Cells, line: number): ImportedRow | RefusedRow {
  const identifier = cells.identifiant ?? '';
  const refused = (code: string, message: string): RefusedRow => ({ line, identifier, code, message });
  // What is not UTF-8 was replaced when it was read.
  if (Object.values(cells).some((cell) => cell.includes('\u{fffd}')))
    return refused('ANN-007', 'La ligne n’est pas en UTF-8 : enregistrez le fichier au format « CSV UTF-8 ».');
  try {
    if (identifier === '') throw new UnfitCell('La colonne « identifiant » est vide.');
    const name = cells.nom ?? '';
    const code = cells.code_service ?? '';
    return code === ''
      ? { ...structureRow(cells), line, identifier, name }
      : { ...serviceRow(cells), line, structure: identifier, code, name };
  } catch (error) {
    if (error instanceof UnfitCell) return refused('ANN-002', error.message);
    throw error;
  }
}

function structureRow(cells: Cells): Omit<ImportedStructureRow, 'line' | 'identifier' | 'name'> {
  const exclusion = cells.exclusion ?? '';
  if (exclusion.length > 200) throw new UnfitCell('La colonne « exclusion » dépasse 200 caractères.');
  return {
    kind: 'structure',
    identifierType: oneOf(IDENTIFIER_TYPES, cells, 'type_identifiant', 'SIRET'),
    category: oneOf(CATEGORIES, cells, 'categorie'),
    requirements: requirementsOf(cells),
    exclusion: exclusion === '' ? undefined : exclusion === NO_EXCLUSION ? null : exclusion,
  };
}

function serviceRow(cells: Cells): { kind: 'service'; active: boolean; commitmentNumber: boolean } {
  return {
    kind: 'service',
    active: oneOf(YES_OR_NO, cells, 'service_actif', 'oui'),
    commitmentNumber: oneOf(YES_OR_NO, cells, 'exige_engagement', 'non'),
  };
}

/** Three empty cells leave what the structure asks as it is; beside a cell that says something, an empty one says no. */
function requirementsOf(cells: Cells): ImportedStructureRow['requirements'] {
  const columns = ['exige_service', 'exige_engagement', 'exige_service_ou_engagement'] as const;
  if (columns.every((column) => (cells[column] ?? '') === '')) return null;
  return {
    serviceCode: oneOf(YES_OR_NO, cells, 'exige_service', 'non'),
    commitmentNumber: oneOf(YES_OR_NO, cells, 'exige_engagement', 'non'),
    serviceCodeOrCommitmentNumber: oneOf(YES_OR_NO, cells, 'exige_service_ou_engagement', 'non'),
  };
}

function oneOf<T>(values: Readonly<Record<string, T>>, cells: Cells, column: Column, whenEmpty = ''): T {
  const cell = cells[column] ?? '';
  const found = Object.entries(values).find(([name]) => name === (cell === '' ? whenEmpty : cell));
  if (found === undefined)
    throw new UnfitCell(
      `La colonne « ${column} » attend ${Object.keys(values).join(', ')} : « ${cell.slice(0, 40)} ».`,
    );
  return found[1];
}

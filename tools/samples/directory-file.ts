import { luhnDigit, makeSiret } from './identifiers.js';
import { seededRandom, type SeededRandom } from './random.js';

const HEADER =
  'identifiant;nom;categorie;exige_service;exige_engagement;exige_service_ou_engagement;exclusion;code_service;service_actif';

const PUBLIC_BODIES = [
  ['Commune de', 'COLLECTIVITE'],
  ['Centre hospitalier de', 'AUTRE_PUBLIC'],
  ['Communauté de communes du pays de', 'COLLECTIVITE'],
  ['Lycée de', 'AUTRE_PUBLIC'],
  ['Direction départementale de', 'ETAT'],
] as const;

const PLACES = [
  'Valombre',
  'Saint-Orcival',
  'Montfélieu',
  'Villedoux-le-Haut',
  'Bréziac-les-Étangs',
  'L’Orme',
] as const;

const SERVICES = [
  ['ACHATS', 'Direction des achats'],
  ['TECHNIQUE', 'Services techniques'],
  ['SCOLAIRE-01', 'Affaires scolaires'],
] as const;

/** What a directory file is to hold. */
export interface DirectoryFileOptions {
  readonly seed: string;
  /** Rows in all, of structures and of their services. */
  readonly rows: number;
  /** Share of the rows (0 to 1) whose identifier has a wrong key; none when absent. */
  readonly badShare?: number;
}

/**
 * Makes a file for `repons directory import`, line by line: public structures, one third of them with a service or two, and
 * some companies. The same seed gives the same file.
 */
export function* sampleDirectoryFile({ seed, rows, badShare = 0 }: DirectoryFileOptions): Generator<string> {
  const random = seededRandom(`directory-file/${seed}`);
  yield `\u{feff}${HEADER}\r\n`;
  for (let made = 0; made < rows;) {
    const structure = sampleStructure(random, made, random.chance(badShare));
    const services = structure.isPublic && random.chance(0.33) ? SERVICES.slice(0, random.integer(1, 2)) : [];
    const lines = [
      structure.line,
      ...services.map(
        ([code, name]) =>
          `${structure.identifier};${name};;;${random.pick(['', 'oui'])};;;${code};${random.pick(['', 'non'])}`,
      ),
    ].slice(0, rows - made);
    for (const line of lines) yield `${line}\r\n`;
    made += lines.length;
  }
}

function sampleStructure(
  random: SeededRandom,
  rank: number,
  isBad: boolean,
): { identifier: string; isPublic: boolean; line: string } {
  // Drawn by its rank, so that no two structures of a file share a SIREN, however large the file.
  const body = `${random.pick(['1', '2'])}${String((rank * 7919) % 10_000_000).padStart(7, '0')}`;
  const siret = makeSiret(body + luhnDigit(body), random.integer(1, 9));
  const identifier = isBad ? `${siret.slice(0, 13)}${(Number(siret.slice(13)) + 1) % 10}` : siret;
  const isPublic = random.chance(0.85);
  if (!isPublic)
    return {
      identifier,
      isPublic,
      line: `${identifier};"Ateliers ""${random.pick(PLACES)}"" ${rank}";ENTREPRISE;;;;;;`,
    };
  const [kind, category] = random.pick(PUBLIC_BODIES);
  const asks = random.pick([';;', 'oui;non;non', 'non;oui;', ';;oui']);
  const exclusion = random.chance(0.02) ? 'Groupement d’intérêt public' : '';
  return {
    identifier,
    isPublic,
    line: `${identifier};${kind} ${random.pick(PLACES)} ${rank};${category};${asks};${exclusion};;`,
  };
}

import { makeIban, makeSiren, makeSiret, vatNumber } from './identifiers.js';
import { seededRandom, type SeededRandom } from './random.js';

/** A party as it is printed on a sample invoice. Every name is invented; the domain `.example` belongs to nobody. */
export interface SampleParty {
  readonly siren: string;
  readonly siret: string;
  readonly vatNumber: string;
  readonly name: string;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  readonly contactName: string;
  readonly telephone: string;
  readonly email: string;
}

/** Who issues the sample invoices, with the account to be paid (BT-84). */
export interface SampleSupplier extends SampleParty {
  readonly iban: string;
}

/** Who must pay: a public body, what it demands on its invoices, and whether it can still receive one. */
export interface SampleRecipient extends SampleParty {
  readonly category: 'STATE' | 'LOCAL_AUTHORITY' | 'HOSPITAL' | 'PUBLIC_BODY';
  readonly services: readonly { readonly code: string; readonly name: string }[];
  readonly requiresServiceCode: boolean;
  readonly requiresCommitment: boolean;
  readonly active: boolean;
}

/** The small world in which the sample invoices live. */
export interface SampleDirectory {
  readonly suppliers: readonly SampleSupplier[];
  readonly recipients: readonly SampleRecipient[];
  /** Known, but closed: an invoice sent there is to be rejected. */
  readonly inactiveRecipient: SampleRecipient;
  /** Well made, but to be left out of the platform's directory: an invoice sent there is to be rejected. */
  readonly unknownRecipient: SampleRecipient;
}

const PLACES = [
  ['Valombre', '01990'],
  ['Castelnoir-sur-Brance', '12995'],
  ['Saint-Orcival', '24991'],
  ['Montfélieu', '38994'],
  ['Villedoux-le-Haut', '45998'],
  ['Pontarmel', '56993'],
  ['Bréziac-les-Étangs', '63997'],
  ['Rochefeuil', '71992'],
] as const;

const STREETS = [
  'rue des Tanneurs',
  'avenue de la Gare',
  'place du Marché',
  'chemin des Lavandières',
  'rue du Moulin Vert',
  'boulevard des Écoles',
  "impasse de l'Horloge",
  'quai des Mariniers',
] as const;

const CONTACTS = [
  'Hélène Marchadier',
  'Noël Tastevin',
  'Aïcha Belloir',
  'Étienne Courvoisy',
  'Zoé Plantevigne',
] as const;

const SUPPLIERS = [
  'Papeterie Corvelle & Fils',
  'Menuiserie Tournesac',
  'Laboratoires Orvane',
  'Énergies du Val Brun',
  'Restauration collective Saponnet',
  'Librairie La Plume Bleue',
  'Bâtiment Charvigny',
  'Informatique Noroît Conseil',
  'Nettoyage Clairmontel',
  'Transports Ferrandon',
  'Espaces verts Lisière',
  'Imprimerie du Pont-Gris',
] as const;

const RECIPIENTS: readonly (readonly [SampleRecipient['category'], (place: string) => string])[] = [
  ['LOCAL_AUTHORITY', (place) => `Commune de ${place}`],
  ['HOSPITAL', (place) => `Centre hospitalier de ${place}`],
  ['STATE', () => 'Ministère des Archives et du Patrimoine écrit'],
  ['LOCAL_AUTHORITY', () => 'Département de la Haute-Brance'],
  ['PUBLIC_BODY', (place) => `Lycée Hortense-Valmont de ${place}`],
  ['LOCAL_AUTHORITY', (place) => `Communauté de communes du pays de ${place}`],
  ['STATE', () => "Direction interrégionale des Voies d'eau"],
  ['HOSPITAL', (place) => `Établissement de soins Les Tilleuls de ${place}`],
  ['PUBLIC_BODY', (place) => `Université de ${place}`],
  ['LOCAL_AUTHORITY', (place) => `Commune de ${place}-le-Vieux`],
];

const SERVICES = [
  { code: 'SERVICES-TECHNIQUES', name: 'Services techniques' },
  { code: 'DAF-ACHATS', name: 'Direction des achats et des finances' },
  { code: 'SCOLAIRE-01', name: 'Affaires scolaires' },
  { code: 'LOGISTIQUE', name: 'Logistique et magasins' },
] as const;

function sampleParty(
  random: SeededRandom,
  name: string,
  place: readonly [string, string],
  prefix: string,
): SampleParty {
  const siren = makeSiren(random, prefix);
  const mailbox = name
    .normalize('NFD')
    .replace(/[^a-zA-Z]+/g, '')
    .toLowerCase()
    .slice(0, 18);
  return {
    siren,
    siret: makeSiret(siren, random.integer(1, 9)),
    vatNumber: vatNumber(siren),
    name,
    street: `${random.integer(1, 180)} ${random.pick(STREETS)}`,
    postcode: place[1],
    city: place[0],
    contactName: random.pick(CONTACTS),
    // 01 99 00 is one of the ranges that the French numbering plan keeps for works of fiction.
    telephone: `+33 1 99 00 ${random.digits(2)} ${random.digits(2)}`,
    email: `compta@${mailbox}.example`,
  };
}

function sampleRecipient(random: SeededRandom, rank: number, active: boolean): SampleRecipient {
  const place = random.pick(PLACES);
  const [category, nameIn] = RECIPIENTS[rank % RECIPIENTS.length] as (typeof RECIPIENTS)[number];
  return {
    ...sampleParty(random, nameIn(place[0]), place, category === 'STATE' ? '1' : '2'),
    category,
    services: SERVICES.slice(0, random.integer(1, SERVICES.length)),
    requiresServiceCode: category === 'STATE' || random.chance(0.3),
    requiresCommitment: random.chance(0.4),
    active,
  };
}

/**
 * Makes the suppliers and public recipients of a set of samples; no two of them share a SIREN.
 *
 * @param seed the same seed gives the same directory
 */
export function sampleDirectory(seed: string): SampleDirectory {
  const random = seededRandom(`${seed}/directory`);
  const taken = new Set<string>();
  const distinct = <T extends SampleParty>(make: () => T): T => {
    for (;;) {
      const party = make();
      if (taken.has(party.siren)) continue;
      taken.add(party.siren);
      return party;
    }
  };
  return {
    suppliers: SUPPLIERS.map((name) =>
      distinct(() => ({
        ...sampleParty(random, name, random.pick(PLACES), String(random.integer(3, 9))),
        iban: makeIban(random),
      })),
    ),
    recipients: RECIPIENTS.map((_, rank) => distinct(() => sampleRecipient(random, rank, true))),
    inactiveRecipient: distinct(() => ({
      ...sampleRecipient(random, 0, false),
      name: 'Syndicat intercommunal dissous de Rochefeuil',
    })),
    unknownRecipient: distinct(() => ({ ...sampleRecipient(random, 0, true), name: 'Commune de Nullepart-sur-Songe' })),
  };
}

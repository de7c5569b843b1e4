import type { Event } from '../shared/event.js';
import type { Personal } from '../shared/personal-data.js';
import type { SpaceCode } from '../space/space-catalogue.js';

/** How a structure is identified (R02). */
export type IdentifierType =
  'SIRET' | 'EU_VAT' | 'OUTSIDE_EU' | 'RIDET' | 'TAHITI' | 'BEING_REGISTERED' | 'PRIVATE_PERSON';

/** What a structure is, as far as rules depend on it (R02, R06, R16). */
export type StructureCategory =
  'COMPANY' | 'SOLE_TRADER' | 'PRIVATE_PERSON' | 'STATE' | 'LOCAL_AUTHORITY' | 'OTHER_PUBLIC';

/** A postal address. */
export interface PostalAddress {
  readonly lines: readonly string[];
  readonly postcode: string;
  readonly city: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

/** What a structure asks of the invoices that are sent to it (R11). */
export interface StructureRequirements {
  /** A service code of its own. */
  readonly serviceCode: boolean;
  /** A legal commitment number; a contract number stands in for it. */
  readonly commitmentNumber: boolean;
  /** One of the two, whichever. */
  readonly serviceCodeOrCommitmentNumber: boolean;
}

/** How to reach an office: whom a provider of justice turns to about a statement of fees (R28). Of no natural person. */
export interface CentralServiceContact {
  readonly name: string;
  /** Lines of the postal address. */
  readonly address: readonly string[];
  readonly telephone: string | null;
  readonly email: string | null;
}

/**
 * A structure of the directory: a company or a public entity known to the platform. Stream `structure-<identifier>`.
 * Members that events of earlier releases do not have are optional.
 */
export type StructureEvent =
  | Event<
      'StructureRegistered',
      {
        identifier: string;
        name: Personal<string>;
        publicEntity: boolean;
        identifierType?: IdentifierType;
        category?: StructureCategory;
        address?: Personal<PostalAddress>;
        /** Account of the primary manager (R02); null or absent for a structure that is only in the directory. */
        primaryManager?: string | null;
        /** Account whose personal data name and address are: of a sole trader or a private person. */
        person?: string | null;
      }
    >
  | Event<'StructureDescribed', { name: Personal<string>; address: Personal<PostalAddress>; person: string | null }>
  /** Block "applications utilisées" (R14), the payment request always among them. */
  | Event<'UsedApplicationsSet', { applications: readonly string[] }>
  | Event<'StructureRequirementsSet', StructureRequirements>
  | Event<'StructureExcluded', { reason: string }>
  | Event<'StructureExclusionLifted', Record<string, never>>
  /** The role moves in one event, so that at every position of the log there is exactly one primary manager (R03). */
  | Event<
      'PrimaryManagerNamed',
      {
        account: string;
        former: string | null;
        formerBecomes: 'secondary' | 'simple' | null;
        by: string;
        /** The support request that R07 asks for; null for a transfer by the former manager (R06). */
        supportRequest: string | null;
      }
    >
  | Event<'SpaceOpened', { space: SpaceCode; service: string | null; by: string }>
  | Event<'SpaceClosed', { space: SpaceCode; service: string | null; by: string }>
  | Event<
      'BankDetailsAdded',
      {
        id: string;
        label: string;
        holder: Personal<string>;
        iban: Personal<string>;
        bic: Personal<string>;
        /** Name of the factoring company that is paid in the structure's place (R12). */
        factor: string | null;
        person: string | null;
        by: string;
      }
    >
  | Event<'BankDetailsRemoved', { id: string; by: string }>
  /** How to reach the central service of justice fees, for the whole structure or for one of its services (R28); null removes it. */
  | Event<'CentralServiceNamed', { service: string | null; contact: CentralServiceContact | null; by: string }>
  | Event<'InvoicingMandateSubscribed', { by: string }>
  | Event<'PacageNumberSet', { number: string | null; by: string }>
  /** The structure is closed; with a successor when its SIRET was changed (R16). */
  | Event<'StructureDeactivated', { successor: string | null }>
  /**
   * The first event of a structure that takes the place of another by a change of SIRET (R16). It copies by reference: what
   * the structure has are the events of its origins that {@link CARRIED_OVER} lets over, and then its own.
   */
  | Event<
      'StructureDuplicated',
      {
        identifier: string;
        /** The structures that it goes back to, the oldest first, the one that it replaces last. */
        origins: readonly string[];
        by: string;
      }
    >;

/** Stream of a structure. */
export function structureStream(identifier: string): string {
  return `structure-${encodeURIComponent(identifier)}`;
}

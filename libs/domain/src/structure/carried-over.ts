import type { MembershipEvent } from '../membership/membership-events.js';
import type { ServiceEvent } from '../service/service.js';
import type { StructureEvent } from './structure-events.js';

type OrganisationEvent = StructureEvent | MembershipEvent | ServiceEvent;

/**
 * What a change of SIRET carries over to the new structure (R16): every event type of a structure, its services and its
 * people, and whether the new structure has what it says. The technical account and the connection settings are streams of
 * their own (`connection-…`), which no new structure reads.
 */
export const CARRIED_OVER: Readonly<Record<OrganisationEvent['type'], boolean>> = {
  StructureRegistered: true,
  StructureDescribed: true,
  UsedApplicationsSet: true,
  StructureRequirementsSet: true,
  StructureExcluded: true,
  StructureExclusionLifted: true,
  PrimaryManagerNamed: true,
  SpaceOpened: true,
  SpaceClosed: true,
  BankDetailsAdded: true,
  BankDetailsRemoved: true,
  CentralServiceNamed: true,
  InvoicingMandateSubscribed: false,
  PacageNumberSet: false,
  StructureDeactivated: false,
  // A chain of changes reads each of its links from its own stream.
  StructureDuplicated: false,
  ServiceOpened: true,
  ServiceRenamed: true,
  ServiceRequirementSet: true,
  ServiceDeactivated: true,
  ServiceReactivated: true,
  AttachmentRequested: true,
  AttachmentValidated: true,
  AttachmentRefused: true,
  UserAttached: true,
  SecondaryManagerAppointed: true,
  SecondaryManagerDismissed: true,
  AuthorisationDeactivated: true,
  AuthorisationReactivated: true,
  AuthorisationDeleted: true,
  ServiceUserEnabled: true,
  ServiceUserDisabled: true,
  SubscriptionRequested: true,
  SubscriptionRefused: true,
  SpaceSubscribed: true,
  SpaceUnsubscribed: true,
};

/** Whether an event of a structure, of its services or of its people counts for the structure that took its place. */
export function isCarriedOver(type: string): boolean {
  return (CARRIED_OVER as Readonly<Record<string, boolean | undefined>>)[type] ?? false;
}

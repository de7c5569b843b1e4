import { serviceStream, type ServiceKey } from '#domain';
import {
  identifierInDirectory,
  judgeByDirectory,
  serviceCodeOf,
  type DirectoryFacts,
  type Finding,
  type InvoiceTerms,
  type Judgement,
} from '#einvoice';
import type { Directory, KnownService, KnownStructure } from './directory.js';

/** What the directory knows of everything that a batch names. */
export interface DirectoryExtract {
  readonly structures: ReadonlyMap<string, KnownStructure>;
  /** By the stream of the service. */
  readonly services: ReadonlyMap<string, KnownService>;
}

type Party = InvoiceTerms['supplier'];

/** A structure that the invoice does not name is asked nothing: that it is missing is a finding of the validator. */
const nobody = { active: true } as const;
const nobodyToReceive = {
  ...nobody,
  public: true,
  excluded: false,
  requiresService: false,
  requiresCommitment: false,
  requiresServiceOrCommitment: false,
} as const;

/** Looks up in two queries all that a batch names: suppliers, recipients, agents, services (R23). */
export async function lookUp(
  directory: Directory,
  batch: readonly Pick<Judgement, 'terms'>[],
): Promise<DirectoryExtract> {
  const identifiers = new Set<string>();
  const services = new Map<string, ServiceKey>();
  for (const { terms } of batch) {
    for (const party of [terms.supplier, terms.recipient, terms.sellerAgent]) {
      const identifier = directoryIdentifier(party);
      if (identifier !== null) identifiers.add(identifier);
    }
    const key = serviceKeyOf(terms);
    if (key !== null) services.set(serviceStream(key), key);
  }
  return {
    structures: await directory.structures([...identifiers]),
    services: await directory.services([...services.values()]),
  };
}

/** What the directory says of an invoice that was judged (R23, R43); what could not be read proves nothing. */
export function controlByDirectory(
  { status, rules, terms }: Pick<Judgement, 'status' | 'rules' | 'terms'>,
  extract: DirectoryExtract,
): Finding[] {
  return status === 'judged' ? judgeByDirectory(terms, rules, factsOf(terms, extract)) : [];
}

/** The identifier that the directory knows a party by; null when it gives none. */
export function directoryIdentifier(party: Party | null): string | null {
  return identifierInDirectory(party)?.value ?? null;
}

function factsOf(terms: InvoiceTerms, { structures, services }: DirectoryExtract): DirectoryFacts {
  const known = (party: Party | null): KnownStructure | null =>
    structures.get(directoryIdentifier(party) ?? '') ?? null;
  const key = serviceKeyOf(terms);
  const service = key === null ? null : (services.get(serviceStream(key)) ?? null);
  const recipient = known(terms.recipient);
  return {
    supplier: directoryIdentifier(terms.supplier) === null ? nobody : known(terms.supplier),
    recipient:
      directoryIdentifier(terms.recipient) === null
        ? nobodyToReceive
        : recipient === null
          ? null
          : recipientFacts(recipient),
    service: service && { active: service.active, requiresCommitment: service.commitmentNumber },
    sellerAgent: known(terms.sellerAgent),
  };
}

function recipientFacts({ active, successor, publicEntity, exclusion, requirements }: KnownStructure) {
  return {
    active,
    successor,
    public: publicEntity,
    excluded: exclusion !== null,
    requiresService: requirements.serviceCode,
    requiresCommitment: requirements.commitmentNumber,
    requiresServiceOrCommitment: requirements.serviceCodeOrCommitmentNumber,
  };
}

function serviceKeyOf(terms: InvoiceTerms): ServiceKey | null {
  const structure = directoryIdentifier(terms.recipient);
  const code = serviceCodeOf(terms)?.value ?? null;
  return structure === null || code === null ? null : { structure, code };
}

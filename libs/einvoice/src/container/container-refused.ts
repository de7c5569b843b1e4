import { finding, type Finding, type FindingDetails } from '../finding/finding.js';
import type { RuleId } from '../finding/catalogue.js';

/** A container that cannot be read as a whole: nothing in it may go on (R42). It says why, and where reading stopped. */
export class ContainerRefused extends Error {
  override readonly name = 'ContainerRefused';

  constructor(
    /** The one reason, with the offset or the member where reading stopped. */
    readonly finding: Finding,
  ) {
    super(`${finding.rule}: ${finding.message}`);
  }
}

/** Makes the refusal of a container from a rule of the catalogue. */
export function refused(rule: RuleId, details: FindingDetails = {}): ContainerRefused {
  return new ContainerRefused(finding(rule, details));
}

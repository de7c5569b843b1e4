import type { FindingSeverity } from '../../finding/catalogue-entry.js';
import type { XmlElement } from '../../xml/element.js';

/** What breaks a rule, when it is more than the context itself. */
export interface Shortfall {
  /** The faulty datum; the context when it is missing. */
  readonly at?: XmlElement | null;
  readonly found?: string | null;
  readonly expected?: string | null;
}

/** One assertion about every element that a context matches. */
export interface Assertion<Facts> {
  readonly rule: string;
  readonly severity: FindingSeverity;
  /** True when the rule holds; false or a {@link Shortfall} when it does not. */
  readonly holds: (element: XmlElement, facts: Facts) => boolean | Shortfall;
  /**
   * Whether the rule holds by the names in the element alone, whatever the texts, the document around it and the inside of
   * lines are; see `settledWhen`. It is asked once for each structure.
   */
  readonly settledBy?: (element: XmlElement) => boolean;
  /** False when the rule holds for a reason that it shares with others; see `onlyWhen`. */
  readonly when?: (element: XmlElement, facts: Facts) => boolean;
}

/** What is asserted about the elements that a pattern of names matches. */
export interface Context<Facts> {
  /**
   * Names from the element outwards, as XSLT match patterns write them: `cac:Party/cbc:EndpointID` matches wherever it stands,
   * `/ubl:Invoice | /cn:CreditNote` from the root only; `*` and `ram:*` stand for any name.
   */
  readonly match: string;
  /** Narrows a pattern whose last step is a wildcard by the local name. */
  readonly named?: (localName: string) => boolean;
  /** Narrows to elements that have this attribute. */
  readonly having?: string;
  /** Narrows by what the element is or holds. */
  readonly where?: (element: XmlElement) => boolean;
  readonly assertions: readonly Assertion<Facts>[];
  /** Rules that an element breaks by having something; see `absentPaths`. */
  readonly intruders?: Intruders;
}

/** Finds what stands where rules want nothing. */
export interface Intruders {
  /** What breaks a rule in or on an element. */
  readonly of: (element: XmlElement) => readonly Intruder[];
  /** Whether the structure of an element decides it; not so when the rules look into lines. */
  readonly byStructure: boolean;
}

/** Something that stands where a rule wants nothing. */
export interface Intruder {
  readonly rule: string;
  readonly severity: FindingSeverity;
  readonly at: XmlElement;
}

/** A rule that an element breaks. */
export interface Violation {
  readonly rule: string;
  readonly severity: FindingSeverity;
  /** The element that the rule is about: the context, or the faulty datum in it. */
  readonly at: XmlElement;
  readonly found: string | null;
  readonly expected: string | null;
}

/** The outcome of a rule set on a document. */
export interface RuleSetOutcome {
  readonly violations: readonly Violation[];
  /** Values without which some rule could not be computed: such a document has no verdict and must not pass. */
  readonly notComputable: readonly XmlElement[];
}

/** A named list of contexts in which an element takes only the first that matches it (a pattern of ISO Schematron). */
export interface Pattern<Facts> {
  readonly name: string;
  readonly contexts: readonly Context<Facts>[];
}

/**
 * Puts one question before several rules that follow one another: it is asked once for all of them.
 *
 * @param when false when all of them hold
 */
export function onlyWhen<Facts>(
  when: (element: XmlElement, facts: Facts) => boolean,
  assertions: readonly Assertion<Facts>[],
): Assertion<Facts>[] {
  return assertions.map((assertion) => ({ ...assertion, when }));
}

/** The element of one status in a CPPStatut file (CPPStatutPivot V1_19); the file has no namespace. */
export const statusUnitRoot = 'CPPFactureStatutUnitaire';

/** Root of a CDAR message (UN/CEFACT D22B), which tells one status of one invoice. */
export const statusMessageRoot = 'CrossDomainAcknowledgementAndResponse';

/** Namespace of that root. */
export const cdarNamespace = 'urn:un:unece:uncefact:data:standard:CrossDomainAcknowledgementAndResponse:100';

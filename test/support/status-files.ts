/** A status of a CPPStatut file that a test drops. */
export interface CppStatutUnit {
  readonly issuer?: string;
  readonly number: string;
  readonly issueDate?: string | null;
  /** Code of the status. */
  readonly code: string;
  readonly complement?: string;
  readonly comment?: string;
  readonly since?: string;
  readonly paymentOrder?: string;
}

const ISSUER = '55208131766522';
const element = (name: string, text: string | null | undefined): string =>
  text === null || text === undefined ? '' : `<${name}>${text}</${name}>`;

/** A CPPStatut file of statuses, as a recipient's software writes it (CPPStatutPivot V1_19). Texts stand as they are given. */
export function cppStatutFile(...units: readonly CppStatutUnit[]): string {
  const written = units.map(({ issuer, number, issueDate, code, complement, comment, since, paymentOrder }, index) =>
    [
      `<CPPFactureStatutUnitaire NumOrdre="${index + 1}">`,
      `<Fournisseur><TypeIdentifiant>1</TypeIdentifiant><Identifiant>${issuer ?? ISSUER}</Identifiant>`,
      '<RaisonSociale>Fournisseur</RaisonSociale></Fournisseur>',
      '<Debiteur><TypeIdentifiant>1</TypeIdentifiant><Identifiant>11000201100044</Identifiant></Debiteur>',
      `<DonneesStatut><IdStatut>${code}</IdStatut>`,
      element('ComplementStatut', complement),
      element('Commentaire', comment),
      `<Horodatage>${since ?? '2026-11-20T09:00:00'}</Horodatage><IdFacture>${number}</IdFacture>`,
      element('DateFacture', issueDate === undefined ? '2026-11-20' : issueDate),
      element('IdMandatDP', paymentOrder),
      '</DonneesStatut></CPPFactureStatutUnitaire>',
    ].join(''),
  );
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n<CPPStatut Version="1.19"><Enveloppe/>' +
    `<CPPFactureStatuts compteur="${units.length}">${written.join('\n')}</CPPFactureStatuts></CPPStatut>`
  );
}

/** What a CDAR message of a test says. */
export interface CdarMessage {
  readonly issuer?: string;
  readonly number: string;
  /** `yyyymmdd` */
  readonly issueDate?: string;
  /** AFNOR code. */
  readonly code: string;
  readonly reason?: string;
  readonly note?: string;
}

/** A CDAR message by which a recipient gives a status of processing, as the French profile wants it. */
export function cdarMessage({ issuer, number, issueDate, code, reason, note }: CdarMessage): string {
  const detail =
    reason === undefined && note === undefined
      ? ''
      : `<ram:SpecifiedDocumentStatus>${element('ram:ReasonCode', reason)}<ram:SequenceNumeric>1</ram:SequenceNumeric>${
          note === undefined ? '' : `<ram:IncludedNote><ram:Content>${note}</ram:Content></ram:IncludedNote>`
        }</ram:SpecifiedDocumentStatus>`;
  const siren = (issuer ?? ISSUER).slice(0, 9);
  return `<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossDomainAcknowledgementAndResponse
    xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossDomainAcknowledgementAndResponse:100"
    xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
    xmlns:qdt="urn:un:unece:uncefact:data:standard:QualifiedDataType:100"
    xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
  <rsm:ExchangedDocumentContext>
    <ram:BusinessProcessSpecifiedDocumentContextParameter><ram:ID>REGULATED</ram:ID></ram:BusinessProcessSpecifiedDocumentContextParameter>
    <ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn.cpro.gouv.fr:1p0:CDV:invoice</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter>
  </rsm:ExchangedDocumentContext>
  <rsm:ExchangedDocument>
    <ram:ID>${number}_${code}</ram:ID>
    <ram:IssueDateTime><udt:DateTimeString format="204">20261120100500</udt:DateTimeString></ram:IssueDateTime>
    <ram:SenderTradeParty><ram:GlobalID schemeID="0238">9999</ram:GlobalID><ram:RoleCode>WK</ram:RoleCode></ram:SenderTradeParty>
    <ram:IssuerTradeParty><ram:GlobalID schemeID="0002">110002011</ram:GlobalID><ram:RoleCode>BY</ram:RoleCode></ram:IssuerTradeParty>
    <ram:RecipientTradeParty><ram:RoleCode>SE</ram:RoleCode><ram:URIUniversalCommunication><ram:URIID schemeID="0225">${siren}</ram:URIID></ram:URIUniversalCommunication></ram:RecipientTradeParty>
  </rsm:ExchangedDocument>
  <rsm:AcknowledgementDocument>
    <ram:MultipleReferencesIndicator><udt:Indicator>false</udt:Indicator></ram:MultipleReferencesIndicator>
    <ram:TypeCode>23</ram:TypeCode>
    <ram:IssueDateTime><udt:DateTimeString format="204">20261120100000</udt:DateTimeString></ram:IssueDateTime>
    <ram:ReferenceReferencedDocument>
      <ram:IssuerAssignedID>${number}</ram:IssuerAssignedID>
      <ram:TypeCode>380</ram:TypeCode>
      <ram:FormattedIssueDateTime><qdt:DateTimeString format="102">${issueDate ?? '20261120'}</qdt:DateTimeString></ram:FormattedIssueDateTime>
      <ram:ProcessConditionCode>${code}</ram:ProcessConditionCode>
      <ram:IssuerTradeParty><ram:GlobalID schemeID="0002">${siren}</ram:GlobalID></ram:IssuerTradeParty>
      ${detail}
    </ram:ReferenceReferencedDocument>
  </rsm:AcknowledgementDocument>
</rsm:CrossDomainAcknowledgementAndResponse>
`;
}

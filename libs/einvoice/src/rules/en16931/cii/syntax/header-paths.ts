import type { AbsentPath } from './absent-path.js';

/** Below the document context. */
export const documentContextPaths: readonly AbsentPath[] = [
  ['CII-SR-001', 'ram:SpecifiedTransactionID'],
  ['CII-SR-002', 'ram:TestIndicator'],
  ['CII-SR-006', 'ram:BIMSpecifiedDocumentContextParameter'],
  ['CII-SR-007', 'ram:ScenarioSpecifiedDocumentContextParameter'],
  ['CII-SR-008', 'ram:ApplicationSpecifiedDocumentContextParameter'],
  ['CII-SR-011', 'ram:SubsetSpecifiedDocumentContextParameter'],
  ['CII-SR-012', 'ram:MessageStandardSpecifiedDocumentContextParameter'],
];

/** Below the document. */
export const documentPaths: readonly AbsentPath[] = [
  ['CII-SR-013', 'ram:Name'],
  ['CII-SR-015', 'ram:IssueDateTime/udt:DateTime'],
  ['CII-SR-016', 'ram:CopyIndicator'],
  ['CII-SR-017', 'ram:Purpose'],
  ['CII-SR-018', 'ram:ControlRequirementIndicator'],
  ['CII-SR-019', 'ram:LanguageID'],
  ['CII-SR-020', 'ram:PurposeCode'],
  ['CII-SR-021', 'ram:RevisionDateTime'],
  ['CII-SR-022', 'ram:VersionID'],
  ['CII-SR-023', 'ram:GlobalID'],
  ['CII-SR-024', 'ram:RevisionID'],
  ['CII-SR-025', 'ram:PreviousRevisionID'],
  ['CII-SR-026', 'ram:CategoryCode'],
  ['CII-SR-027', 'ram:IncludedNote/ram:Subject'],
  ['CII-SR-028', 'ram:IncludedNote/ram:ContentCode'],
  ['CII-SR-032', 'ram:IncludedNote/ram:ID'],
  ['CII-SR-033', 'ram:EffectiveSpecifiedPeriod'],
  ['CII-SR-034', 'ram:IssuerTradeParty'],
];

/** Below the header delivery. */
export const deliveryPaths: readonly AbsentPath[] = [
  ['CII-SR-308', 'ram:RelatedSupplyChainConsignment'],
  ['CII-SR-309', 'ram:ShipToTradeParty/ram:RoleCode'],
  ['CII-SR-310', 'ram:ShipToTradeParty/ram:Description'],
  ['CII-SR-311', 'ram:ShipToTradeParty/ram:SpecifiedLegalOrganization'],
  ['CII-SR-312', 'ram:ShipToTradeParty/ram:DefinedTradeContact'],
  ['CII-SR-313', 'ram:ShipToTradeParty/ram:URIUniversalCommunication'],
  ['CII-SR-314', 'ram:ShipToTradeParty/ram:SpecifiedTaxRegistration'],
  ['CII-SR-315', 'ram:ShipToTradeParty/ram:EndPointURIUniversalCommunication'],
  ['CII-SR-316', 'ram:ShipToTradeParty/ram:LogoAssociatedSpecifiedBinaryFile'],
  ['CII-SR-317', 'ram:UltimateShipToTradeParty'],
  ['CII-SR-318', 'ram:ShipFromTradeParty'],
  ['CII-SR-319', 'ram:ActualDespatchSupplyChainEvent'],
  ['CII-SR-320', 'ram:ActualPickUpSupplyChainEvent'],
  ['CII-SR-321', 'ram:ActualDeliverySupplyChainEvent/ram:ID'],
  ['CII-SR-322', 'ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime/udt:DateTime'],
  ['CII-SR-323', 'ram:ActualDeliverySupplyChainEvent/ram:TypeCode'],
  ['CII-SR-324', 'ram:ActualDeliverySupplyChainEvent/ram:Description'],
  ['CII-SR-325', 'ram:ActualDeliverySupplyChainEvent/ram:DescriptionBinaryObject'],
  ['CII-SR-326', 'ram:ActualDeliverySupplyChainEvent/ram:UnitQuantity'],
  ['CII-SR-327', 'ram:ActualDeliverySupplyChainEvent/ram:LatestOccurrenceDateTime'],
  ['CII-SR-328', 'ram:ActualDeliverySupplyChainEvent/ram:EarliestOccurrenceDateTime'],
  ['CII-SR-329', 'ram:ActualDeliverySupplyChainEvent/ram:OccurrenceSpecifiedPeriod'],
  ['CII-SR-330', 'ram:ActualDeliverySupplyChainEvent/ram:OccurrenceLogisticsLocation'],
  ['CII-SR-331', 'ram:ActualReceiptSupplyChainEvent'],
  ['CII-SR-332', 'ram:AdditionalReferencedDocument'],
  ['CII-SR-333', 'ram:DespatchAdviceReferencedDocument/ram:LineID'],
  ['CII-SR-334', 'ram:DespatchAdviceReferencedDocument/ram:LineID'],
  ['CII-SR-335', 'ram:DeliveryNoteReferencedDocument'],
  ['CII-SR-336', 'ram:ConsumptionReportReferencedDocument'],
  ['CII-SR-337', 'ram:PreviousDeliverySupplyChainEvent'],
  ['CII-SR-338', 'ram:PackingListReferencedDocument'],
];

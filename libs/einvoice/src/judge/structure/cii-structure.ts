import type { ElementStructure } from './element-structure.js';

/**
 * What the schemas of CII let stand in an invoice, in their order, where we read: UN/CEFACT D22B, which takes all that D16B
 * takes. A name without a prefix is one of `ram`.
 */
export const ciiStructure: readonly ElementStructure[] = [
  {
    elements: 'rsm:CrossIndustryInvoice',
    children:
      'rsm:ExchangedDocumentContext rsm:ExchangedDocument rsm:SupplyChainTradeTransaction rsm:ValuationBreakdownStatement',
  },
  {
    elements: 'rsm:ExchangedDocumentContext',
    children: `
      SpecifiedTransactionID TestIndicator BusinessProcessSpecifiedDocumentContextParameter*
      BIMSpecifiedDocumentContextParameter* ScenarioSpecifiedDocumentContextParameter*
      ApplicationSpecifiedDocumentContextParameter* GuidelineSpecifiedDocumentContextParameter*
      SubsetSpecifiedDocumentContextParameter* MessageStandardSpecifiedDocumentContextParameter
      UserSpecifiedDocumentContextParameter*
    `,
  },
  {
    elements: 'rsm:ExchangedDocument',
    children: `
      ID Name* TypeCode IssueDateTime CopyIndicator Purpose ControlRequirementIndicator LanguageID*
      PurposeCode RevisionDateTime VersionID GlobalID RevisionID PreviousRevisionID CategoryCode
      RequestedResponseTypeCode* CreationDateTime FirstVersionIssueDateTime SubtypeCode IncludedNote*
      ReferenceReferencedDocument* SignatoryDocumentAuthentication EffectiveSpecifiedPeriod IssuerTradeParty
      AttachedSpecifiedBinaryFile*
    `,
  },
  {
    elements: 'rsm:SupplyChainTradeTransaction',
    children: `
      IncludedSupplyChainTradeLineItem* ApplicableHeaderTradeAgreement ApplicableHeaderTradeDelivery
      ApplicableHeaderTradeSettlement
    `,
  },
  {
    elements: 'ApplicableHeaderTradeAgreement',
    children: `
      Reference* BuyerReference SellerTradeParty BuyerTradeParty SalesAgentTradeParty
      BuyerRequisitionerTradeParty* BuyerAssignedAccountantTradeParty SellerAssignedAccountantTradeParty
      BuyerTaxRepresentativeTradeParty SellerTaxRepresentativeTradeParty ProductEndUserTradeParty
      ApplicableTradeDeliveryTerms SellerOrderReferencedDocument BuyerOrderReferencedDocument
      QuotationReferencedDocument OrderResponseReferencedDocument ContractReferencedDocument
      DemandForecastReferencedDocument SupplyInstructionReferencedDocument PromotionalDealReferencedDocument
      PriceListReferencedDocument AdditionalReferencedDocument* RequisitionerReferencedDocument*
      BuyerAgentTradeParty PurchaseConditionsReferencedDocument* SpecifiedProcuringProject
      UltimateCustomerOrderReferencedDocument* PricingBaseApplicableLogisticsLocation
    `,
  },
  {
    elements: 'ApplicableHeaderTradeDelivery',
    children: `
      RelatedSupplyChainConsignment ShipToTradeParty UltimateShipToTradeParty ShipFromTradeParty
      ActualDespatchSupplyChainEvent ActualPickUpSupplyChainEvent ActualDeliverySupplyChainEvent
      ActualReceiptSupplyChainEvent AdditionalReferencedDocument* DespatchAdviceReferencedDocument
      ReceivingAdviceReferencedDocument DeliveryNoteReferencedDocument ConsumptionReportReferencedDocument
      PreviousDeliverySupplyChainEvent* PackingListReferencedDocument
    `,
  },
  {
    elements: 'ApplicableHeaderTradeSettlement',
    children: `
      DuePayableAmount* CreditorReferenceTypeCode* CreditorReferenceType* CreditorReferenceIssuerID*
      CreditorReferenceID PaymentReference* TaxCurrencyCode InvoiceCurrencyCode PaymentCurrencyCode
      InvoiceIssuerReference InvoiceDateTime NextInvoiceDateTime* CreditReasonCode CreditReason*
      InvoicerTradeParty InvoiceeTradeParty PayeeTradeParty PayerTradeParty
      TaxApplicableTradeCurrencyExchange InvoiceApplicableTradeCurrencyExchange
      PaymentApplicableTradeCurrencyExchange SpecifiedTradeSettlementPaymentMeans* ApplicableTradeTax*
      BillingSpecifiedPeriod SpecifiedTradeAllowanceCharge* SubtotalCalculatedTradeTax*
      SpecifiedLogisticsServiceCharge* SpecifiedTradePaymentTerms*
      SpecifiedTradeSettlementHeaderMonetarySummation SpecifiedFinancialAdjustment*
      InvoiceReferencedDocument* ProFormaInvoiceReferencedDocument LetterOfCreditReferencedDocument
      FactoringAgreementReferencedDocument* FactoringListReferencedDocument*
      PayableSpecifiedTradeAccountingAccount* ReceivableSpecifiedTradeAccountingAccount*
      PurchaseSpecifiedTradeAccountingAccount* SalesSpecifiedTradeAccountingAccount*
      SpecifiedTradeSettlementFinancialCard* SpecifiedAdvancePayment* UltimatePayeeTradeParty
    `,
  },
  {
    elements: `
      SellerTradeParty BuyerTradeParty SellerTaxRepresentativeTradeParty SalesAgentTradeParty
      BuyerAgentTradeParty ShipToTradeParty PayeeTradeParty PayerTradeParty InvoicerTradeParty
      InvoiceeTradeParty
    `,
    children: `
      ID* GlobalID* TypeCode* Name RoleCode* Description* RegisteredID* Role* SpecifiedLegalOrganization
      DefinedTradeContact* PostalTradeAddress URIUniversalCommunication* SpecifiedLogisticsLocation*
      SpecifiedTaxRegistration* EndPointURIUniversalCommunication LogoAssociatedSpecifiedBinaryFile*
    `,
  },
  {
    elements: 'PostalTradeAddress',
    children: `
      ID PostcodeCode PostOfficeBox BuildingName LineOne LineTwo LineThree LineFour LineFive StreetName
      CityName CitySubDivisionName CountryID CountryName* CountrySubDivisionID CountrySubDivisionName*
      AttentionOf CareOf BuildingNumber DepartmentName AdditionalStreetName CityID TypeCode*
    `,
  },
  {
    elements: 'DefinedTradeContact',
    children: `
      ID PersonName DepartmentName TypeCode JobTitle Responsibility PersonID*
      TelephoneUniversalCommunication DirectTelephoneUniversalCommunication
      MobileTelephoneUniversalCommunication FaxUniversalCommunication EmailURIUniversalCommunication
      TelexUniversalCommunication VOIPUniversalCommunication InstantMessagingUniversalCommunication
      SpecifiedNote* SpecifiedContactPerson
    `,
  },
  {
    elements: 'SpecifiedLegalOrganization',
    children: `
      LegalClassificationCode Name ID TradingBusinessName PostalTradeAddress AuthorizedLegalRegistration*
    `,
  },
  {
    elements: 'SpecifiedTradeSettlementPaymentMeans',
    children: `
      PaymentChannelCode TypeCode GuaranteeMethodCode PaymentMethodCode Information* ID*
      ApplicableTradeSettlementFinancialCard PayerPartyDebtorFinancialAccount
      PayeePartyCreditorFinancialAccount* PayerSpecifiedDebtorFinancialInstitution
      PayeeSpecifiedCreditorFinancialInstitution
    `,
  },
  {
    elements: 'SpecifiedTradePaymentTerms',
    children: `
      ID FromEventCode SettlementPeriodMeasure Description* DueDateDateTime TypeCode InstructionTypeCode
      DirectDebitMandateID* PartialPaymentPercent PaymentMeansID* PartialPaymentAmount* DueDateTime
      BillStartDateTime ApplicableTradePaymentPenaltyTerms ApplicableTradePaymentDiscountTerms
      PayeeTradeParty*
    `,
  },
  {
    elements: 'ApplicableTradeTax CategoryTradeTax',
    children: `
      CalculatedAmount* TypeCode ExemptionReason CalculatedRate CalculationSequenceNumeric BasisQuantity
      BasisAmount* UnitBasisAmount* LineTotalBasisAmount* AllowanceChargeBasisAmount* CategoryCode
      CurrencyCode Jurisdiction* CustomsDutyIndicator ExemptionReasonCode TaxBasisAllowanceRate TaxPointDate
      Type InformationAmount* CategoryName* DueDateTypeCode RateApplicablePercent GrandTotalAmount*
      CalculationMethodCode SpecifiedTradeAccountingAccount* ServiceSupplyTradeCountry
      BuyerRepayableTaxSpecifiedTradeAccountingAccount SellerPayableTaxSpecifiedTradeAccountingAccount
      SellerRefundableTaxSpecifiedTradeAccountingAccount BuyerDeductibleTaxSpecifiedTradeAccountingAccount
      BuyerNonDeductibleTaxSpecifiedTradeAccountingAccount PlaceApplicableTradeLocation*
    `,
  },
  {
    elements: 'SpecifiedTradeAllowanceCharge AppliedTradeAllowanceCharge',
    children: `
      ChargeIndicator ID SequenceNumeric CalculationPercent BasisAmount BasisQuantity PrepaidIndicator
      ActualAmount* UnitBasisAmount ReasonCode Reason TypeCode CategoryTradeTax* ActualTradeCurrencyExchange
    `,
  },
  {
    elements: 'SpecifiedTradeSettlementHeaderMonetarySummation',
    children: `
      LineTotalAmount* ChargeTotalAmount* AllowanceTotalAmount* TaxBasisTotalAmount* TaxTotalAmount*
      RoundingAmount* GrandTotalAmount* InformationAmount* TotalPrepaidAmount* TotalDiscountAmount*
      TotalAllowanceChargeAmount* DuePayableAmount* RetailValueExcludingTaxInformationAmount*
      TotalDepositFeeInformationAmount* ProductValueExcludingTobaccoTaxInformationAmount*
      TotalRetailValueInformationAmount* GrossLineTotalAmount* NetLineTotalAmount*
      NetIncludingTaxesLineTotalAmount* InsuranceChargeTotalAmount* IncludingTaxesLineTotalAmount*
    `,
  },
  {
    elements: `
      AdditionalReferencedDocument BuyerOrderReferencedDocument SellerOrderReferencedDocument
      ContractReferencedDocument InvoiceReferencedDocument DespatchAdviceReferencedDocument
      ReceivingAdviceReferencedDocument
    `,
    children: `
      IssuerAssignedID URIID StatusCode CopyIndicator LineID TypeCode GlobalID RevisionID Name*
      ReceiptDateTime AttachmentBinaryObject* Information* CategoryCode ReferenceTypeCode SectionName*
      PreviousRevisionID* FormattedIssueDateTime PageID SubordinateLineID SubtypeCode*
      EffectiveSpecifiedPeriod IssuerTradeParty AttachedSpecifiedBinaryFile* IncludedNote*
    `,
  },
  {
    elements: 'IncludedNote',
    children: `
      Subject ContentCode Content* SubjectCode* ID
    `,
  },
  {
    elements: 'BillingSpecifiedPeriod',
    children: `
      DurationMeasure* InclusiveIndicator Description* StartDateTime EndDateTime CompleteDateTime
      OpenIndicator SeasonCode ID Name* SequenceNumeric StartDateFlexibilityCode ContinuousIndicator
      PurposeCode
    `,
  },
  {
    elements: 'ActualDeliverySupplyChainEvent',
    children: `
      ID OccurrenceDateTime TypeCode Description* DescriptionBinaryObject* UnitQuantity
      LatestOccurrenceDateTime EarliestOccurrenceDateTime TimeOccurrenceDateTime OccurrenceSpecifiedPeriod
      OccurrenceLogisticsLocation
    `,
  },
  {
    elements: 'IncludedSupplyChainTradeLineItem',
    children: `
      DescriptionCode AssociatedDocumentLineDocument SpecifiedTradeProduct AdditionalInformationNote*
      SpecifiedLineTradeAgreement SpecifiedLineTradeDelivery SpecifiedLineTradeSettlement
      IncludedSubordinateTradeLineItem*
    `,
  },
  {
    elements: 'AssociatedDocumentLineDocument',
    children: `
      LineID ParentLineID LineStatusCode LineStatusReasonCode CategoryCode ResponseReasonCode IncludedNote*
      ReferenceReferencedDocument*
    `,
  },
  {
    elements: 'SpecifiedTradeProduct',
    children: `
      ID GlobalID SellerAssignedID BuyerAssignedID ManufacturerAssignedID IndustryAssignedID ModelID Name*
      TradeName Description* TypeCode NetWeightMeasure GrossWeightMeasure StatusCode ProductGroupID*
      NetVolumeMeasure GrossVolumeMeasure EndItemTypeCode* EndItemName* CustomerAssignedID* BatchID*
      AreaDensityMeasure UseDescription* ConciseDescription* AdditionalDescription* BrandName SubBrandName
      DrainedNetWeightMeasure VariableMeasureIndicator ConfigurableIndicator ColourCode ColourDescription*
      RecyclingTypeCode UnitTypeCode* ContentUnitQuantity CommonName ModelName Designation*
      FormattedCancellationAnnouncedLaunchDateTime FormattedLatestProductDataChangeDateTime ExportIndicator
      UltimateCustomerAssignedExtensionID* SizeCode ApplicableProductCharacteristic*
      ApplicableMaterialGoodsCharacteristic* DesignatedProductClassification*
      IndividualTradeProductInstance* CertificationEvidenceReferenceReferencedDocument*
      InspectionReferenceReferencedDocument* OriginTradeCountry LinearSpatialDimension*
      MinimumLinearSpatialDimension MaximumLinearSpatialDimension ManufacturerTradeParty
      PresentationSpecifiedBinaryFile* MSDSReferenceReferencedDocument
      AdditionalReferenceReferencedDocument* LegalRightsOwnerTradeParty BrandOwnerTradeParty
      IncludedReferencedProduct* InformationNote* BuyerSuppliedPartsReferenceReferencedDocument*
    `,
  },
  {
    elements: 'SpecifiedLineTradeAgreement',
    children: `
      BuyerReference BuyerRequisitionerTradeParty* ApplicableTradeDeliveryTerms
      SellerOrderReferencedDocument BuyerOrderReferencedDocument QuotationReferencedDocument
      ContractReferencedDocument DemandForecastReferencedDocument PromotionalDealReferencedDocument
      AdditionalReferencedDocument* GrossPriceProductTradePrice NetPriceProductTradePrice
      RequisitionerReferencedDocument* ItemSellerTradeParty ItemBuyerTradeParty IncludedSpecifiedMarketplace
      UltimateCustomerOrderReferencedDocument*
    `,
  },
  {
    elements: 'SpecifiedLineTradeDelivery',
    children: `
      RequestedQuantity ReceivedQuantity BilledQuantity ChargeFreeQuantity PackageQuantity
      ProductUnitQuantity PerPackageUnitQuantity NetWeightMeasure GrossWeightMeasure
      TheoreticalWeightMeasure DespatchedQuantity SpecifiedDeliveryAdjustment* IncludedSupplyChainPackaging*
      RelatedSupplyChainConsignment ShipToTradeParty UltimateShipToTradeParty ShipFromTradeParty
      ActualDespatchSupplyChainEvent ActualPickUpSupplyChainEvent RequestedDeliverySupplyChainEvent
      ActualDeliverySupplyChainEvent ActualReceiptSupplyChainEvent AdditionalReferencedDocument*
      DespatchAdviceReferencedDocument ReceivingAdviceReferencedDocument DeliveryNoteReferencedDocument
      ConsumptionReportReferencedDocument PackingListReferencedDocument
    `,
  },
  {
    elements: 'SpecifiedLineTradeSettlement',
    children: `
      PaymentReference* InvoiceIssuerReference TotalAdjustmentAmount DiscountIndicator InvoiceDateTime
      ApplicableTradeTax* BillingSpecifiedPeriod SpecifiedTradeAllowanceCharge* SubtotalCalculatedTradeTax*
      SpecifiedLogisticsServiceCharge* SpecifiedTradePaymentTerms*
      SpecifiedTradeSettlementLineMonetarySummation SpecifiedFinancialAdjustment* InvoiceReferencedDocument*
      AdditionalReferencedDocument* PayableSpecifiedTradeAccountingAccount*
      ReceivableSpecifiedTradeAccountingAccount* PurchaseSpecifiedTradeAccountingAccount*
      SalesSpecifiedTradeAccountingAccount* SpecifiedTradeSettlementFinancialCard
    `,
  },
  {
    elements: 'GrossPriceProductTradePrice NetPriceProductTradePrice',
    children: `
      TypeCode ChargeAmount* BasisQuantity MinimumQuantity MaximumQuantity ChangeReason*
      OrderUnitConversionFactorNumeric Type* BasisDateTime AppliedTradeAllowanceCharge*
      ValiditySpecifiedPeriod IncludedTradeTax* DeliveryTradeLocation* TradeComparisonReferencePrice*
      AssociatedReferencedDocument*
    `,
  },
  {
    elements: 'SpecifiedTradeSettlementLineMonetarySummation',
    children: `
      LineTotalAmount* ChargeTotalAmount* AllowanceTotalAmount* TaxBasisTotalAmount* TaxTotalAmount*
      GrandTotalAmount* InformationAmount* TotalAllowanceChargeAmount* TotalRetailValueInformationAmount*
      GrossLineTotalAmount* NetLineTotalAmount* NetIncludingTaxesLineTotalAmount*
      ProductWeightLossInformationAmount* IncludingTaxesLineTotalAmount*
    `,
  },
];

import type { ElementStructure } from './element-structure.js';

/** What the schemas of UBL 2.1 (OASIS, ISO/IEC 19845) let stand in an invoice, in their order, where we read. */
export const ublStructure: readonly ElementStructure[] = [
  {
    elements: 'ubl:Invoice',
    children: `
      ext:UBLExtensions cbc:UBLVersionID cbc:CustomizationID cbc:ProfileID cbc:ProfileExecutionID cbc:ID
      cbc:CopyIndicator cbc:UUID cbc:IssueDate cbc:IssueTime cbc:DueDate cbc:InvoiceTypeCode cbc:Note*
      cbc:TaxPointDate cbc:DocumentCurrencyCode cbc:TaxCurrencyCode cbc:PricingCurrencyCode
      cbc:PaymentCurrencyCode cbc:PaymentAlternativeCurrencyCode cbc:AccountingCostCode cbc:AccountingCost
      cbc:LineCountNumeric cbc:BuyerReference cac:InvoicePeriod* cac:OrderReference cac:BillingReference*
      cac:DespatchDocumentReference* cac:ReceiptDocumentReference* cac:StatementDocumentReference*
      cac:OriginatorDocumentReference* cac:ContractDocumentReference* cac:AdditionalDocumentReference*
      cac:ProjectReference* cac:Signature* cac:AccountingSupplierParty cac:AccountingCustomerParty
      cac:PayeeParty cac:BuyerCustomerParty cac:SellerSupplierParty cac:TaxRepresentativeParty cac:Delivery*
      cac:DeliveryTerms cac:PaymentMeans* cac:PaymentTerms* cac:PrepaidPayment* cac:AllowanceCharge*
      cac:TaxExchangeRate cac:PricingExchangeRate cac:PaymentExchangeRate cac:PaymentAlternativeExchangeRate
      cac:TaxTotal* cac:WithholdingTaxTotal* cac:LegalMonetaryTotal cac:InvoiceLine*
    `,
  },
  {
    elements: 'cn:CreditNote',
    children: `
      ext:UBLExtensions cbc:UBLVersionID cbc:CustomizationID cbc:ProfileID cbc:ProfileExecutionID cbc:ID
      cbc:CopyIndicator cbc:UUID cbc:IssueDate cbc:IssueTime cbc:TaxPointDate cbc:CreditNoteTypeCode
      cbc:Note* cbc:DocumentCurrencyCode cbc:TaxCurrencyCode cbc:PricingCurrencyCode cbc:PaymentCurrencyCode
      cbc:PaymentAlternativeCurrencyCode cbc:AccountingCostCode cbc:AccountingCost cbc:LineCountNumeric
      cbc:BuyerReference cac:InvoicePeriod* cac:DiscrepancyResponse* cac:OrderReference
      cac:BillingReference* cac:DespatchDocumentReference* cac:ReceiptDocumentReference*
      cac:ContractDocumentReference* cac:AdditionalDocumentReference* cac:StatementDocumentReference*
      cac:OriginatorDocumentReference* cac:Signature* cac:AccountingSupplierParty
      cac:AccountingCustomerParty cac:PayeeParty cac:BuyerCustomerParty cac:SellerSupplierParty
      cac:TaxRepresentativeParty cac:Delivery* cac:DeliveryTerms* cac:PaymentMeans* cac:PaymentTerms*
      cac:TaxExchangeRate cac:PricingExchangeRate cac:PaymentExchangeRate cac:PaymentAlternativeExchangeRate
      cac:AllowanceCharge* cac:TaxTotal* cac:LegalMonetaryTotal cac:CreditNoteLine*
    `,
  },
  {
    elements: 'cac:Party cac:PayeeParty cac:TaxRepresentativeParty cac:AgentParty cac:DeliveryParty',
    children: `
      cbc:MarkCareIndicator cbc:MarkAttentionIndicator cbc:WebsiteURI cbc:LogoReferenceID cbc:EndpointID
      cbc:IndustryClassificationCode cac:PartyIdentification* cac:PartyName* cac:Language cac:PostalAddress
      cac:PhysicalLocation cac:PartyTaxScheme* cac:PartyLegalEntity* cac:Contact cac:Person* cac:AgentParty
      cac:ServiceProviderParty* cac:PowerOfAttorney* cac:FinancialAccount
    `,
  },
  {
    elements: 'cac:PostalAddress cac:RegistrationAddress cac:Address cac:DeliveryAddress',
    children: `
      cbc:ID cbc:AddressTypeCode cbc:AddressFormatCode cbc:Postbox cbc:Floor cbc:Room cbc:StreetName
      cbc:AdditionalStreetName cbc:BlockName cbc:BuildingName cbc:BuildingNumber cbc:InhouseMail
      cbc:Department cbc:MarkAttention cbc:MarkCare cbc:PlotIdentification cbc:CitySubdivisionName
      cbc:CityName cbc:PostalZone cbc:CountrySubentity cbc:CountrySubentityCode cbc:Region cbc:District
      cbc:TimezoneOffset cac:AddressLine* cac:Country cac:LocationCoordinate*
    `,
  },
  {
    elements: 'cac:PartyTaxScheme',
    children: `
      cbc:RegistrationName cbc:CompanyID cbc:TaxLevelCode cbc:ExemptionReasonCode cbc:ExemptionReason*
      cac:RegistrationAddress cac:TaxScheme
    `,
  },
  {
    elements: 'cac:TaxScheme',
    children: `
      cbc:ID cbc:Name cbc:TaxTypeCode cbc:CurrencyCode cac:JurisdictionRegionAddress*
    `,
  },
  {
    elements: 'cac:PartyLegalEntity',
    children: `
      cbc:RegistrationName cbc:CompanyID cbc:RegistrationDate cbc:RegistrationExpirationDate
      cbc:CompanyLegalFormCode cbc:CompanyLegalForm cbc:SoleProprietorshipIndicator
      cbc:CompanyLiquidationStatusCode cbc:CorporateStockAmount cbc:FullyPaidSharesIndicator
      cac:RegistrationAddress cac:CorporateRegistrationScheme cac:HeadOfficeParty cac:ShareholderParty*
    `,
  },
  {
    elements: 'cac:Contact',
    children: `
      cbc:ID cbc:Name cbc:Telephone cbc:Telefax cbc:ElectronicMail cbc:Note* cac:OtherCommunication*
    `,
  },
  {
    elements: 'cac:Delivery',
    children: `
      cbc:ID cbc:Quantity cbc:MinimumQuantity cbc:MaximumQuantity cbc:ActualDeliveryDate
      cbc:ActualDeliveryTime cbc:LatestDeliveryDate cbc:LatestDeliveryTime cbc:ReleaseID cbc:TrackingID
      cac:DeliveryAddress cac:DeliveryLocation cac:AlternativeDeliveryLocation cac:RequestedDeliveryPeriod
      cac:PromisedDeliveryPeriod cac:EstimatedDeliveryPeriod cac:CarrierParty cac:DeliveryParty
      cac:NotifyParty* cac:Despatch cac:DeliveryTerms* cac:MinimumDeliveryUnit cac:MaximumDeliveryUnit
      cac:Shipment
    `,
  },
  {
    elements: 'cac:DeliveryLocation',
    children: `
      cbc:ID cbc:Description* cbc:Conditions* cbc:CountrySubentity cbc:CountrySubentityCode
      cbc:LocationTypeCode cbc:InformationURI cbc:Name cac:ValidityPeriod* cac:Address
      cac:SubsidiaryLocation* cac:LocationCoordinate*
    `,
  },
  {
    elements: 'cac:PaymentMeans',
    children: `
      cbc:ID cbc:PaymentMeansCode cbc:PaymentDueDate cbc:PaymentChannelCode cbc:InstructionID
      cbc:InstructionNote* cbc:PaymentID* cac:CardAccount cac:PayerFinancialAccount
      cac:PayeeFinancialAccount cac:CreditAccount cac:PaymentMandate cac:TradeFinancing
    `,
  },
  {
    elements: 'cac:PayeeFinancialAccount cac:PayerFinancialAccount',
    children: `
      cbc:ID cbc:Name cbc:AliasName cbc:AccountTypeCode cbc:AccountFormatCode cbc:CurrencyCode
      cbc:PaymentNote* cac:FinancialInstitutionBranch cac:Country
    `,
  },
  {
    elements: 'cac:PaymentMandate',
    children: `
      cbc:ID cbc:MandateTypeCode cbc:MaximumPaymentInstructionsNumeric cbc:MaximumPaidAmount cbc:SignatureID
      cac:PayerParty cac:PayerFinancialAccount cac:ValidityPeriod cac:PaymentReversalPeriod cac:Clause*
    `,
  },
  {
    elements: 'cac:PaymentTerms',
    children: `
      cbc:ID cbc:PaymentMeansID* cbc:PrepaidPaymentReferenceID cbc:Note* cbc:ReferenceEventCode
      cbc:SettlementDiscountPercent cbc:PenaltySurchargePercent cbc:PaymentPercent cbc:Amount
      cbc:SettlementDiscountAmount cbc:PenaltyAmount cbc:PaymentTermsDetailsURI cbc:PaymentDueDate
      cbc:InstallmentDueDate cbc:InvoicingPartyReference cac:SettlementPeriod cac:PenaltyPeriod
      cac:ExchangeRate cac:ValidityPeriod
    `,
  },
  {
    elements: 'cac:AllowanceCharge',
    children: `
      cbc:ID cbc:ChargeIndicator cbc:AllowanceChargeReasonCode cbc:AllowanceChargeReason*
      cbc:MultiplierFactorNumeric cbc:PrepaidIndicator cbc:SequenceNumeric cbc:Amount cbc:BaseAmount
      cbc:AccountingCostCode cbc:AccountingCost cbc:PerUnitAmount cac:TaxCategory* cac:TaxTotal
      cac:PaymentMeans*
    `,
  },
  {
    elements: 'cac:TaxTotal',
    children: `
      cbc:TaxAmount cbc:RoundingAmount cbc:TaxEvidenceIndicator cbc:TaxIncludedIndicator cac:TaxSubtotal*
    `,
  },
  {
    elements: 'cac:TaxSubtotal',
    children: `
      cbc:TaxableAmount cbc:TaxAmount cbc:CalculationSequenceNumeric cbc:TransactionCurrencyTaxAmount
      cbc:Percent cbc:BaseUnitMeasure cbc:PerUnitAmount cbc:TierRange cbc:TierRatePercent cac:TaxCategory
    `,
  },
  {
    elements: 'cac:TaxCategory cac:ClassifiedTaxCategory',
    children: `
      cbc:ID cbc:Name cbc:Percent cbc:BaseUnitMeasure cbc:PerUnitAmount cbc:TaxExemptionReasonCode
      cbc:TaxExemptionReason* cbc:TierRange cbc:TierRatePercent cac:TaxScheme
    `,
  },
  {
    elements: 'cac:LegalMonetaryTotal',
    children: `
      cbc:LineExtensionAmount cbc:TaxExclusiveAmount cbc:TaxInclusiveAmount cbc:AllowanceTotalAmount
      cbc:ChargeTotalAmount cbc:PrepaidAmount cbc:PayableRoundingAmount cbc:PayableAmount
      cbc:PayableAlternativeAmount
    `,
  },
  {
    elements: 'cac:InvoiceLine cac:SubInvoiceLine',
    children: `
      cbc:ID cbc:UUID cbc:Note* cbc:InvoicedQuantity cbc:LineExtensionAmount cbc:TaxPointDate
      cbc:AccountingCostCode cbc:AccountingCost cbc:PaymentPurposeCode cbc:FreeOfChargeIndicator
      cac:InvoicePeriod* cac:OrderLineReference* cac:DespatchLineReference* cac:ReceiptLineReference*
      cac:BillingReference* cac:DocumentReference* cac:PricingReference cac:OriginatorParty cac:Delivery*
      cac:PaymentTerms* cac:AllowanceCharge* cac:TaxTotal* cac:WithholdingTaxTotal* cac:Item cac:Price
      cac:DeliveryTerms cac:SubInvoiceLine* cac:ItemPriceExtension
    `,
  },
  {
    elements: 'cac:CreditNoteLine cac:SubCreditNoteLine',
    children: `
      cbc:ID cbc:UUID cbc:Note* cbc:CreditedQuantity cbc:LineExtensionAmount cbc:TaxPointDate
      cbc:AccountingCostCode cbc:AccountingCost cbc:PaymentPurposeCode cbc:FreeOfChargeIndicator
      cac:InvoicePeriod* cac:OrderLineReference* cac:DiscrepancyResponse* cac:DespatchLineReference*
      cac:ReceiptLineReference* cac:BillingReference* cac:DocumentReference* cac:PricingReference
      cac:OriginatorParty cac:Delivery* cac:PaymentTerms* cac:TaxTotal* cac:AllowanceCharge* cac:Item
      cac:Price cac:DeliveryTerms* cac:SubCreditNoteLine* cac:ItemPriceExtension
    `,
  },
  {
    elements: 'cac:Item',
    children: `
      cbc:Description* cbc:PackQuantity cbc:PackSizeNumeric cbc:CatalogueIndicator cbc:Name
      cbc:HazardousRiskIndicator cbc:AdditionalInformation* cbc:Keyword* cbc:BrandName* cbc:ModelName*
      cac:BuyersItemIdentification cac:SellersItemIdentification cac:ManufacturersItemIdentification*
      cac:StandardItemIdentification cac:CatalogueItemIdentification cac:AdditionalItemIdentification*
      cac:CatalogueDocumentReference cac:ItemSpecificationDocumentReference* cac:OriginCountry
      cac:CommodityClassification* cac:TransactionConditions* cac:HazardousItem* cac:ClassifiedTaxCategory*
      cac:AdditionalItemProperty* cac:ManufacturerParty* cac:InformationContentProviderParty
      cac:OriginAddress* cac:ItemInstance* cac:Certificate* cac:Dimension*
    `,
  },
  {
    elements: 'cac:AdditionalItemProperty',
    children: `
      cbc:ID cbc:Name cbc:NameCode cbc:TestMethod cbc:Value cbc:ValueQuantity cbc:ValueQualifier*
      cbc:ImportanceCode cbc:ListValue* cac:UsabilityPeriod cac:ItemPropertyGroup* cac:RangeDimension
      cac:ItemPropertyRange
    `,
  },
  {
    elements: 'cac:Price',
    children: `
      cbc:PriceAmount cbc:BaseQuantity cbc:PriceChangeReason* cbc:PriceTypeCode cbc:PriceType
      cbc:OrderableUnitFactorRate cac:ValidityPeriod* cac:PriceList cac:AllowanceCharge*
      cac:PricingExchangeRate
    `,
  },
  {
    elements: 'cac:InvoicePeriod',
    children: `
      cbc:StartDate cbc:StartTime cbc:EndDate cbc:EndTime cbc:DurationMeasure cbc:DescriptionCode*
      cbc:Description*
    `,
  },
  {
    elements: `
      cac:AdditionalDocumentReference cac:InvoiceDocumentReference cac:ContractDocumentReference
      cac:OriginatorDocumentReference cac:DespatchDocumentReference cac:ReceiptDocumentReference
      cac:DocumentReference
    `,
    children: `
      cbc:ID cbc:CopyIndicator cbc:UUID cbc:IssueDate cbc:IssueTime cbc:DocumentTypeCode cbc:DocumentType
      cbc:XPath* cbc:LanguageID cbc:LocaleCode cbc:VersionID cbc:DocumentStatusCode cbc:DocumentDescription*
      cac:Attachment cac:ValidityPeriod cac:IssuerParty cac:ResultOfVerification
    `,
  },
  {
    elements: 'cac:Attachment',
    children: `
      cbc:EmbeddedDocumentBinaryObject cac:ExternalReference
    `,
  },
  {
    elements: 'cac:OrderReference',
    children: `
      cbc:ID cbc:SalesOrderID cbc:CopyIndicator cbc:UUID cbc:IssueDate cbc:IssueTime cbc:CustomerReference
      cbc:OrderTypeCode cac:DocumentReference
    `,
  },
  {
    elements: 'cac:OrderLineReference',
    children: `
      cbc:LineID cbc:SalesOrderLineID cbc:UUID cbc:LineStatusCode cac:OrderReference
    `,
  },
  {
    elements: 'cac:BillingReference',
    children: `
      cac:InvoiceDocumentReference cac:SelfBilledInvoiceDocumentReference cac:CreditNoteDocumentReference
      cac:SelfBilledCreditNoteDocumentReference cac:DebitNoteDocumentReference cac:ReminderDocumentReference
      cac:AdditionalDocumentReference cac:BillingReferenceLine*
    `,
  },
];

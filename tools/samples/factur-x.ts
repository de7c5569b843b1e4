import { AFRelationship, PDFDocument, PDFName, StandardFonts } from '@cantoo/pdf-lib';

/** What the readable page shows beside the embedded invoice. */
export interface FacturXRequest {
  /** A CII invoice of profile EN 16931. */
  readonly xml: string;
  readonly number: string;
  readonly supplierName: string;
  readonly recipientName: string;
  /** `YYYY-MM-DD` */
  readonly issueDate: string;
}

/** The XMP packet by which a reader knows a Factur-X file (Factur-X 1.0.07, section 6.2.2). */
const XMP = `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"><fx:DocumentType>INVOICE</fx:DocumentType><fx:DocumentFileName>factur-x.xml</fx:DocumentFileName><fx:Version>1.0</fx:Version><fx:ConformanceLevel>EN 16931</fx:ConformanceLevel></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;

/**
 * Makes a small Factur-X: one readable page and `factur-x.xml` embedded as its alternative. It serves the extraction of
 * the invoice; it does not claim all of PDF/A-3 (its font is not embedded and it has no output intent).
 *
 * @returns the bytes of the PDF, the same for the same request
 */
export async function makeFacturX(request: FacturXRequest): Promise<Uint8Array> {
  const created = new Date(`${request.issueDate}T08:00:00Z`);
  const document = await PDFDocument.create({ updateMetadata: false });
  document.setTitle(`Facture ${request.number}`);
  document.setCreationDate(created);
  document.setModificationDate(created);
  const font = await document.embedFont(StandardFonts.Helvetica);
  const page = document.addPage([595, 842]);
  const lines = [
    `Facture ${request.number} du ${request.issueDate}`,
    `Fournisseur : ${request.supplierName}`,
    `Destinataire : ${request.recipientName}`,
  ];
  lines.forEach((line, position) => page.drawText(line, { x: 56, y: 770 - position * 20, size: 12, font }));
  await document.attach(Buffer.from(request.xml, 'utf8'), 'factur-x.xml', {
    mimeType: 'text/xml',
    description: 'Facture au format Factur-X',
    creationDate: created,
    modificationDate: created,
    afRelationship: AFRelationship.Alternative,
  });
  const metadata = document.context.stream(Buffer.from(XMP, 'utf8'), { Type: 'Metadata', Subtype: 'XML' });
  document.catalog.set(PDFName.of('Metadata'), document.context.register(metadata));
  return document.save();
}

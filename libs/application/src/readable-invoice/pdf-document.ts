/**
 * What is used of the document definitions of pdfmake. Its published types bring those of the browser with them, under which
 * the types of Node.js no longer fit.
 */
export type PdfContent =
  | { readonly text: PdfText; readonly style?: string; readonly margin?: PdfMargin }
  | { readonly stack: readonly PdfContent[]; readonly width?: '*'; readonly margin?: PdfMargin }
  | { readonly columns: readonly PdfContent[]; readonly columnGap: number }
  | {
      readonly table: {
        readonly headerRows?: number;
        readonly widths: readonly (number | '*')[];
        readonly body: readonly (readonly PdfCell[])[];
      };
      readonly layout: 'lightHorizontalLines' | 'noBorders';
      readonly margin: PdfMargin;
    };

/** A cell of a table. */
export interface PdfCell {
  readonly text: string;
  readonly bold?: true;
  readonly alignment?: 'right';
  readonly color?: string;
}

/** A text, or pieces of one that look different. */
export type PdfText = string | readonly (string | { readonly text: string; readonly color: string })[];

type PdfMargin = readonly [left: number, top: number, right: number, bottom: number];

/** A document, before it is laid out. */
export interface PdfDocument {
  readonly info: Readonly<Record<'title' | 'subject' | 'producer' | 'creator', string>> & {
    readonly creationDate: Date;
  };
  readonly language: string;
  readonly pageSize: 'A4';
  readonly pageMargins: PdfMargin;
  readonly defaultStyle: { readonly font: string; readonly fontSize: number };
  readonly styles: Readonly<Record<string, object>>;
  readonly content: readonly PdfContent[];
  readonly footer: (page: number, pages: number) => object;
}

/** What is used of pdfmake itself. */
export interface PdfMaker {
  setFonts(
    fonts: Readonly<Record<string, Readonly<Record<'normal' | 'bold' | 'italics' | 'bolditalics', string>>>>,
  ): void;
  setUrlAccessPolicy(isAllowed: (url: string) => boolean): void;
  setLocalAccessPolicy(isAllowed: (path: string) => boolean): void;
  createPdf(document: PdfDocument): { getBuffer(): Promise<Buffer> };
}

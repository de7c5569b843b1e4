import { printable } from './printable-text.js';
import type { PdfCell, PdfContent } from './pdf-document.js';

/** A label and what the invoice says under it; null when it says nothing. */
export type Fact = readonly [label: string, text: string | null];

/** A column of a table: its head, its width in points or `*`, and whether it holds numbers. */
export interface TableColumn {
  readonly head: string;
  readonly width: number | '*';
  readonly isNumber?: true;
}

/** How much of a list is shown: memory and time of a PDF go with its text, whatever the invoice holds. */
export interface Bounds {
  readonly rows: number;
  /** Characters of all rows together. */
  readonly characters: number;
}

/** For lists that are short in every invoice of good faith. */
export const USUAL_BOUNDS: Bounds = { rows: 100, characters: 20_000 };

/** A table that has one row at least, under a title, and a sentence where it is cut; nothing when it has no row. */
export function tableOf(
  title: string,
  columns: readonly TableColumn[],
  /** One text for each column; they are asked for one by one, no more than are shown. */
  rows: Iterable<readonly (string | null)[]>,
  /** How many rows there are in all. */
  total: number,
  bounds: Bounds = USUAL_BOUNDS,
): PdfContent[] {
  if (total === 0) return [];
  const body = shownRows(columns, rows, bounds);
  const head = columns.map(({ head: text, isNumber }): PdfCell => ({ text, bold: true, ...aligned(isNumber) }));
  const table: PdfContent = {
    table: { headerRows: 1, widths: columns.map(({ width }) => width), body: [head, ...body] },
    layout: 'lightHorizontalLines',
    margin: [0, 0, 0, 6],
  };
  return [{ text: title, style: 'heading' }, table, ...cutNotice(body.length, total)];
}

function shownRows(
  columns: readonly TableColumn[],
  rows: Iterable<readonly (string | null)[]>,
  bounds: Bounds,
): PdfCell[][] {
  const shown: PdfCell[][] = [];
  let characters = 0;
  for (const row of rows) {
    const cells = columns.map((_, index) => row[index] ?? '');
    characters += cells.reduce((sum, { length }) => sum + length, 0);
    if (shown.length === bounds.rows || characters > bounds.characters) break;
    shown.push(cells.map((text, index): PdfCell => ({ text, ...aligned(columns[index]?.isNumber) })));
  }
  return shown;
}

/** The sentence that says how many of how many are shown; nothing when all are. */
export function cutNotice(shown: number, total: number): PdfContent[] {
  if (shown >= total) return [];
  const text = `Les ${shown} premières lignes de ce tableau sont données ici, sur ${total} ; toutes sont dans les données XML.`;
  return [{ text, style: 'notice' }];
}

/** Labels and what stands under them, as a table of two columns; nothing where nothing is said. */
export function factsOf(title: string, facts: readonly Fact[]): PdfContent[] {
  const body = facts.flatMap(([label, text]): PdfCell[][] =>
    text === null ? [] : [[{ text: label, color: '#444444' }, { text }]],
  );
  if (body.length === 0) return [];
  return [
    ...(title === '' ? [] : [{ text: title, style: 'heading' } as const]),
    { table: { widths: [150, '*'], body }, layout: 'noBorders', margin: [0, 0, 0, 4] },
  ];
}

/** Most values of one term that are shown: identifiers of a party, references to contracts. */
const MOST_VALUES = 20;

/** Several texts as one; null when there are none. */
export function together(texts: readonly string[], separator = ' ; '): string | null {
  if (texts.length === 0) return null;
  const shown = texts.slice(0, MOST_VALUES).join(separator);
  return printable(texts.length > MOST_VALUES ? `${shown}${separator}…` : shown);
}

function aligned(isNumber: true | undefined): { alignment?: 'right' } {
  return isNumber === true ? { alignment: 'right' } : {};
}

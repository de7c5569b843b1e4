/** Classes of flows: E1 structured, E2 mixed (data and a readable), E3 justice statements, E4 and E5 works invoices. */
export type FlowClass = 'E1' | 'E2' | 'E3' | 'E4' | 'E5' | 'AFNOR' | 'STATUS';

/** One interface by which a partner deposits. */
export interface InterfaceCode {
  /** Eight characters: `FSO` (partner to platform), four digits, version letter. */
  readonly code: string;
  readonly syntax: 'UBL' | 'CII' | 'Factur-X' | 'CPPFactureMixte' | 'PES' | 'CPPStatut' | 'CDAR';
  readonly flowClass: FlowClass;
  /** What it is, in French. */
  readonly label: string;
  /** Whether flows of this interface are read today. */
  readonly supported: boolean;
}

const deposit = (
  code: string,
  syntax: InterfaceCode['syntax'],
  flowClass: FlowClass,
  label: string,
  supported = true,
): InterfaceCode => ({ code, syntax, flowClass, label, supported });

/** Deposit interfaces: the historic ones, and the AFNOR formats from 1 September 2026 (external specifications, 5.4.2). */
export const interfaceCodes: readonly InterfaceCode[] = [
  deposit('FSO1100A', 'UBL', 'E1', 'Factures simples et de travaux, UBL'),
  deposit('FSO1106A', 'CII', 'E1', 'Factures simples et de travaux, CII 16B'),
  deposit('FSO1110A', 'UBL', 'E2', 'Factures mixtes, UBL minimal et lisible'),
  deposit('FSO1116A', 'CII', 'E2', 'Factures mixtes, CII 16B minimal et lisible'),
  deposit('FSO1113A', 'CPPFactureMixte', 'E2', 'Factures mixtes, format CPPFactureMixte', false),
  deposit('FSO1117A', 'Factur-X', 'E2', 'Factures Factur-X (PDF/A-3)'),
  deposit('FSO1120A', 'UBL', 'E3', 'Mémoires de frais de justice, UBL', false),
  deposit('FSO1130A', 'UBL', 'E4', 'Factures de travaux, UBL', false),
  deposit('FSO1131A', 'UBL', 'E5', 'Factures de travaux mixtes, UBL', false),
  deposit('FSO1137A', 'Factur-X', 'E5', 'Factures de travaux Factur-X', false),
  deposit('FSO1101A', 'CII', 'E1', 'Factures CII, interface retirée', false),
  deposit('FSO1102A', 'PES', 'E1', 'Factures PES, interface retirée en 2019', false),
  deposit('FSO1111A', 'CII', 'E2', 'Factures CII minimales, interface retirée', false),
  deposit('FSO1112A', 'PES', 'E2', 'Factures PES minimales, interface retirée', false),
  deposit('FSO1150A', 'UBL', 'AFNOR', 'Factures UBL 2.1 (formats AFNOR)'),
  deposit('FSO1156A', 'CII', 'AFNOR', 'Factures CII 22B (formats AFNOR)'),
  deposit('FSO1157A', 'Factur-X', 'AFNOR', 'Factures Factur-X (formats AFNOR)'),
  deposit('FSO1300A', 'CPPStatut', 'STATUS', 'Accusés de réception du destinataire', false),
  deposit('FSO1301A', 'CPPStatut', 'STATUS', 'Statuts émis par le destinataire'),
  deposit('FSO1304A', 'CDAR', 'STATUS', 'Statuts émis par le destinataire (formats AFNOR)'),
  deposit('FSO1305A', 'CDAR', 'STATUS', 'Cycle de vie rejeté (formats AFNOR)', false),
];

/** Whether flows of an interface carry statuses of invoices, and not invoices. */
export function carriesStatuses(code: string | null): boolean {
  return code !== null && byCode.get(code)?.flowClass === 'STATUS';
}

const byCode = new Map(interfaceCodes.map((one) => [one.code, one]));

/** The interface of a code; null when there is none. */
export function interfaceCode(code: string): InterfaceCode | null {
  return byCode.get(code) ?? null;
}

import type { DraftContent } from '#domain';

/** An invoice that somebody typed and that lacks nothing, or as changed. */
export function typedInvoice(change: DraftContent = {}): DraftContent {
  return {
    number: 'F2026-0001',
    issueDate: '2026-11-20',
    dueDate: '2026-12-20',
    billingFrame: 'S1',
    serviceCode: 'COMPTA',
    commitmentNumber: '1300000001',
    notes: [
      { subject: 'PMT', text: 'Indemnité forfaitaire pour frais de recouvrement : 40 €.' },
      { subject: 'PMD', text: 'Pénalités de retard : trois fois le taux légal.' },
      { subject: 'AAB', text: 'Pas d’escompte.' },
    ],
    seller: { vatNumber: 'FR03552081317', address: { line1: '22 avenue de Wagram', city: 'Paris', postCode: '75008' } },
    buyer: { identifier: '39860733300059', address: { city: 'Lyon', postCode: '69001' } },
    payment: { meansCode: '30', account: 'FR76 3000 6000 0112 3456 7890 189' },
    lines: [
      { name: 'Papier', quantity: '10', unitCode: 'C62', price: '4.99', vatCategory: 'S', vatRate: '20' },
      {
        name: 'Livraison',
        quantity: '1',
        unitCode: 'C62',
        price: '15',
        vatCategory: 'S',
        vatRate: '20',
        adjustments: [{ kind: 'allowance', amount: '5', reason: 'Remise fidélité' }],
      },
    ],
    ...change,
  };
}

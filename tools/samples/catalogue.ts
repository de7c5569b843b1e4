/** VAT rates of mainland France (articles 278 to 281 octies of the tax code), in percent, as printed in BT-152. */
export type VatRate = '20.00' | '10.00' | '5.50' | '2.10';

/** Something that can be sold: name (BT-153), VAT rate, UN/ECE Rec 20 unit, and bounds of the net price in cents. */
export interface CatalogueItem {
  readonly name: string;
  readonly rate: VatRate;
  readonly unit: 'C62' | 'HUR' | 'DAY' | 'KGM' | 'MTK' | 'LTR' | 'MON' | 'KWH';
  readonly lowestPrice: number;
  readonly highestPrice: number;
}

const item = (
  rate: VatRate,
  unit: CatalogueItem['unit'],
  lowestPrice: number,
  highestPrice: number,
  name: string,
): CatalogueItem => ({ name, rate, unit, lowestPrice, highestPrice });

/** What the invented suppliers sell to public bodies, at the rate that French law gives to each. */
export const CATALOGUE: readonly CatalogueItem[] = [
  item('20.00', 'C62', 289, 645, 'Ramette de papier recyclé A4 80 g'),
  item('20.00', 'C62', 4500, 18900, 'Cartouche de toner noir, grande capacité'),
  item('20.00', 'C62', 12900, 48900, 'Siège de bureau à dossier réglable'),
  item('20.00', 'HUR', 4200, 8900, "Maintenance de l'ascenseur, main-d'œuvre"),
  item('20.00', 'DAY', 42000, 78000, "Assistance à maîtrise d'ouvrage"),
  item('20.00', 'MON', 9900, 64000, 'Hébergement sécurisé de données, forfait'),
  item('20.00', 'C62', 64900, 119900, 'Ordinateur portable 14" reconditionné'),
  item('20.00', 'MTK', 95, 340, 'Nettoyage des vitres, intérieur & extérieur'),
  item('20.00', 'LTR', 98, 174, 'Gazole non routier, livraison comprise'),
  item('20.00', 'C62', 1490, 8990, 'Équipement de protection, chaussures S3'),
  item('10.00', 'MTK', 1850, 7400, 'Réfection de peinture, salle de classe'),
  item('10.00', 'HUR', 3900, 6200, 'Dépannage de chauffage, heure de jour'),
  item('10.00', 'C62', 690, 1450, 'Repas servi sur place, menu du jour'),
  item('10.00', 'C62', 38000, 95000, 'Transport de classe, aller et retour'),
  item('10.00', 'C62', 2400, 9900, 'Entrée au musée, groupe scolaire'),
  item('5.50', 'C62', 790, 3200, 'Manuel scolaire, cycle 3'),
  item('5.50', 'KGM', 180, 690, 'Légumes de saison, agriculture biologique'),
  item('5.50', 'LTR', 89, 165, 'Lait demi-écrémé, brique'),
  item('5.50', 'KGM', 890, 2150, 'Viande bovine française, rôti'),
  item('5.50', 'KWH', 7, 19, 'Chaleur de réseau, énergie renouvelable'),
  item('2.10', 'C62', 195, 2890, 'Médicament remboursable, boîte de 30'),
  item('2.10', 'C62', 120, 480, "Journal quotidien d'information, au numéro"),
  item('2.10', 'C62', 890, 3400, 'Spécialité pharmaceutique agréée, flacon'),
];

import type { RuleDescription } from '../../../finding/catalogue-entry.js';
import { coherenceTexts } from './coherence-texts.js';
import { directoryTexts } from './directory-texts.js';
import { extendedTexts } from './extended-texts.js';
import { historicTexts } from './historic-texts.js';
import { publicSectorTexts } from './public-sector-texts.js';
import { reformTexts } from './reform-texts.js';
import { severalSellersTexts } from './several-sellers-texts.js';
import { strictTexts } from './strict-texts.js';

/** What every French rule says, by its id, in a stable order. */
export const franceTexts = {
  ...reformTexts,
  ...coherenceTexts,
  ...severalSellersTexts,
  ...extendedTexts,
  ...publicSectorTexts,
  ...historicTexts,
  ...directoryTexts,
  ...strictTexts,
} as const satisfies Record<string, RuleDescription>;

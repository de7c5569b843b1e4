import { ModelRuleSet } from '../engine/model-rule-set.js';
import { historicDocumentRules } from './document-rules.js';
import { historicPartyRules } from './party-rules.js';

/**
 * What Chorus Pro asks of an invoice in its own formats, deposited by the historic interfaces (FSO1100A to FSO1137A). Its values
 * are not those of the reform: numbers of 20 characters, spaces in them, frames A1 to A25, prices below zero.
 */
export const chorusHistoric = new ModelRuleSet('chorus-historic', [...historicDocumentRules, ...historicPartyRules]);

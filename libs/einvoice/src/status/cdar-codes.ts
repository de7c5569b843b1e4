import { reformTypeCodes } from '../rules/france/shapes/codes.js';

/** Types of invoices (MDT-91; BR-FR-04). */
export const invoiceTypes = reformTypeCodes;

const codes = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Statuses of invoices (MDT-105; BR-FR-CDV-CL-06, XP Z12-012). */
export const lifecycleCodes = codes(
  '200 201 202 203 204 205 206 207 208 209 210 211 212 213 214 220 221 224 225 226 227 228',
);

/** Types of an acknowledgement (MDT-77; BR-FR-CDV-09): the phase of transmission, that of processing. */
export const transmissionPhase = '305';
export const processingPhase = '23';

/** Document status codes (MDT-88; BR-FR-CDV-CL-05, UNTDID 1373) of either phase. */
export const documentStatusCodes: Readonly<Record<string, ReadonlySet<string>>> = {
  [transmissionPhase]: codes('10 51 43 8 48'),
  [processingPhase]: codes('45 39 37 50 49 47 46 1 5'),
};

/** Roles of whoever gives a status (MDT-40; BR-FR-CDV-CL-03), and of whoever sends or receives it: platforms, too. */
export const tradingRoles = codes('BY AB DL SE SR PE PR II IV');
export const platformRole = 'WK';
export const publicPortalRole = 'DFH';

/** Business processes (MDT-2; BR-FR-CDV-CL-01). */
export const businessProcesses = codes('REGULATED NON_REGULATED B2C B2CINT B2BINT OUTOFSCOPE');

/** Profiles (MDT-3; BR-FR-CDV-02): between companies and platforms, and to the public portal alone. */
export const invoiceProfile = 'urn.cpro.gouv.fr:1p0:CDV:invoice';
export const publicPortalProfile = 'urn.cpro.gouv.fr:1p0:CDV:einvoicingF2';

/** What whoever gets a status is asked to do (MDT-121; BR-FR-CDV-CL-10). */
export const requestedActions = codes('NOA PIN NIN CNF CNP CNA OTH');

/** Kinds of data that a status may tell (MDT-207; BR-FR-CDV-CL-11). */
export const characteristicTypes = codes('MEN MPA RAP ESC RAB REM MAP MAPTTC MNA MNATTC CBB DIV DVA MAJ');

/** Identifiers of platforms: their scheme, and the number of the platform of the public sector in it. */
export const platformScheme = '0238';
export const publicSectorPlatform = '9999';

/** Statuses that need a reason (BR-FR-CDV-15). */
export const statusesWithReason = codes('206 207 208 210 213 501');

const refusalReasons =
  'TX_TVA_ERR MONTANTTOTAL_ERR CALCUL_ERR NON_CONFORME DOUBLON DEST_ERR TRANSAC_INC EMMET_INC CONTRAT_TERM DOUBLE_FACT ' +
  'CMD_ERR ADR_ERR REF_CT_ABSENT';

/** Reasons by status (MDT-113; BR-FR-CDV-CL-09). Statuses that are not here have any of the known ones. */
export const reasonsOfLifecycleCode: Readonly<Record<string, ReadonlySet<string>>> = {
  '200': codes('NON_TRANSMISE'),
  '206': codes(
    'AUTRE CMD_ERR SIRET_ERR CODE_ROUTAGE_ERR REF_CT_ABSENT REF_ERR PU_ERR REM_ERR QTE_ERR ART_ERR MODPAI_ERR QUALITE_ERR LIVR_INCOMP',
  ),
  '207': codes(
    'AUTRE COORD_BANC_ERR TX_TVA_ERR MONTANTTOTAL_ERR CALCUL_ERR NON_CONFORME DOUBLON DEST_INC DEST_ERR TRANSAC_INC ' +
      'EMMET_INC CONTRAT_TERM DOUBLE_FACT CMD_ERR ADR_ERR SIRET_ERR CODE_ROUTAGE_ERR REF_CT_ABSENT REF_ERR PU_ERR REM_ERR ' +
      'QTE_ERR ART_ERR MODPAI_ERR QUALITE_ERR LIVR_INCOMP',
  ),
  '208': codes('JUSTIF_ABS COORD_BANC_ERR CMD_ERR SIRET_ERR CODE_ROUTAGE_ERR REF_CT_ABSENT REF_ERR'),
  '210': codes(refusalReasons),
  '213': codes(
    'MONTANTTOTAL_ERR CALCUL_ERR DOUBLON DEST_INC ADR_ERR REJ_SEMAN REJ_UNI REJ_COH REJ_ADR REJ_CONT_B2G REJ_REF_PJ REJ_ASS_PJ',
  ),
  '221': codes('ROUTAGE_ERR'),
  '501': codes(
    'IRR_VIDE_F IRR_TYPE_F IRR_SYNTAX IRR_TAILLE_PJ IRR_NOM_PJ IRR_VID_PJ IRR_EXT_DOC IRR_TAILLE_F IRR_ANTIVIRUS IRR_NOM_F',
  ),
};

/** Reasons of a refusal that comes from the platform of the public sector (BR-FR-CDV-CL-09, 210 B2G). */
export const publicSectorRefusalReasons = codes(
  `${refusalReasons} RETRAIT_MAN_SERV ST_CT_NON_DECLAR SUPPR_COMP_AVOIR TRANSF_PMNT_REGIE AUTRE COORD_BANC_ERR LIVR_INCOMP`,
);

/** Every reason there is. */
export const reasonCodes: ReadonlySet<string> = new Set([
  ...Object.values(reasonsOfLifecycleCode).flatMap((some) => [...some]),
  ...publicSectorRefusalReasons,
  'CONTACT_ACHTR',
]);

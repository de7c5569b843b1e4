import type { ReasonCode, RuleDescription } from './catalogue-entry.js';

const fileRule = (code: ReasonCode, fr: string, action: string, en: string): RuleDescription => ({
  code,
  layer: 'file',
  severity: 'fatal',
  since: '0.1.0',
  terms: [],
  fr,
  en,
  action,
  resendable: true,
});

/** Rules about a whole flow: its name, its size, its container. One of them broken, nothing of the flow goes on. */
export const flowRules = {
  'FILE-NAME-FORM': fileRule(
    'IRR_FORM',
    'Nom du flux : « {found} » ne suit pas la convention de nommage.',
    'Nommez le flux {expected}, sans extension, soit 41 caractères, puis déposez-le à nouveau.',
    'The flow name does not follow the naming convention.',
  ),
  'FILE-NAME-APPLICATION-MISMATCH': fileRule(
    'IRR_FORM',
    'Nom du flux : le code application « {found} » de l’identifiant du flux diffère de celui qui précède (« {expected} »).',
    'Écrivez deux fois le même code application, puis déposez le flux à nouveau.',
    'The flow id does not begin with the application code of the name.',
  ),
  'FILE-NAME-INTERFACE-MISMATCH': fileRule(
    'IRR_FORM',
    'Nom du flux : le numéro d’interface « {found} » de l’identifiant du flux diffère de celui du code interface (« {expected} »).',
    'Reprenez les quatre chiffres du code interface dans l’identifiant du flux, puis déposez le flux à nouveau.',
    'The interface number in the flow id is not that of the interface code.',
  ),
  'FILE-NAME-INTERFACE-UNKNOWN': fileRule(
    'IRR_CODE_INTER',
    'Code interface : « {found} » est bien formé mais n’est pas un code de dépôt connu.',
    'Utilisez le code interface de votre raccordement (par exemple {expected}), puis déposez le flux à nouveau.',
    'The interface code is well formed but unknown.',
  ),
  'FILE-EMPTY': fileRule(
    'IRR_VIDE',
    'Fichier du flux : il est vide.',
    'Vérifiez la production et le transfert du fichier, puis déposez-le à nouveau.',
    'The file is empty.',
  ),
  'FILE-TYPE-UNKNOWN': fileRule(
    'IRR_TYPE',
    'Type du fichier : le contenu n’est ni du XML, ni une archive tar.gz ou zip, ni un PDF.',
    'Déposez une facture XML ou Factur-X, ou une archive qui en contient.',
    'The content is neither XML, nor a tar.gz or zip archive, nor a PDF.',
  ),
  'FILE-TOO-LARGE': fileRule(
    'IRR_TAILLE',
    'Taille du flux : {found} octets, pour un maximum de {expected} octets.',
    'Répartissez les factures entre plusieurs flux.',
    'The flow is larger than the limit.',
  ),
  'FILE-ENCODING-UNSUPPORTED': fileRule(
    'IRR_SYNTAX',
    'Encodage du fichier XML : « {found} » n’est pas pris en charge.',
    'Produisez le fichier en UTF-8.',
    'The character encoding is not supported.',
  ),
  'FILE-ENCODING-BROKEN': fileRule(
    'IRR_SYNTAX',
    'Encodage du fichier XML : des octets ne sont pas valides dans l’encodage annoncé ({expected}).',
    'Produisez le fichier dans l’encodage que sa déclaration XML annonce, de préférence UTF-8.',
    'Some bytes are not valid in the declared encoding.',
  ),
  'FILE-DOCTYPE': fileRule(
    'IRR_SYNTAX',
    'Déclaration DOCTYPE : elle est interdite, car elle permet de déclarer des entités.',
    'Retirez la déclaration DOCTYPE et toute déclaration d’entité.',
    'A document type declaration is forbidden.',
  ),
  'FILE-XML-TRUNCATED': fileRule(
    'IRR_SYNTAX',
    'Fichier XML : il s’arrête avant sa fin, au milieu de « {found} ».',
    'Vérifiez la production et le transfert du fichier, puis déposez-le à nouveau en entier.',
    'The XML file stops before its end.',
  ),
  'FILE-XML-ENVELOPE': fileRule(
    'IRR_SYNTAX',
    'Enveloppe XML du lot : elle n’est pas bien formée ({found}).',
    'Corrigez le XML autour des factures, puis déposez le flux à nouveau.',
    'The XML around the invoices is not well formed.',
  ),
  'FILE-XML-TOO-DEEP': fileRule(
    'IRR_SYNTAX',
    'Fichier XML : ses éléments s’emboîtent sur plus de {expected} niveaux.',
    'Produisez un fichier conforme au format de facture annoncé.',
    'The XML is nested too deeply.',
  ),
  'FILE-XML-TAG-TOO-LONG': fileRule(
    'IRR_SYNTAX',
    'Fichier XML : une balise, avec ses attributs, dépasse {expected} octets.',
    'Produisez un fichier conforme au format de facture annoncé.',
    'A tag with its attributes is too long.',
  ),
  'FILE-XML-NAME-TOO-LONG': fileRule(
    'IRR_SYNTAX',
    'Fichier XML : le nom d’un élément dépasse {expected} caractères.',
    'Produisez un fichier conforme au format de facture annoncé.',
    'The name of an element is too long.',
  ),
  'FILE-XML-TOO-MANY-ELEMENTS': fileRule(
    'IRR_SYNTAX',
    'Fichier XML de la facture : il compte plus de {expected} éléments.',
    'Répartissez les lignes entre plusieurs factures, puis déposez-les à nouveau.',
    'The XML of the invoice has too many elements.',
  ),
  'FILE-NO-INVOICE': fileRule(
    'IRR_SYNTAX',
    'Contenu du fichier : aucune facture n’y a été trouvée ({found}).',
    'Déposez des factures UBL, CII ou Factur-X.',
    'No invoice was found in the file.',
  ),
  'FILE-NO-STATUS': fileRule(
    'IRR_SYNTAX',
    'Contenu du fichier : aucun statut de facture n’y a été trouvé ({found}).',
    'Déposez un CPPStatut avec des statuts de factures (CPPFactureStatuts), ou des messages CDAR.',
    'No status of an invoice was found in the file.',
  ),
  'FILE-ARCHIVE-TRUNCATED': fileRule(
    'IRR_EXTRAC',
    'Archive : elle s’arrête avant sa fin.',
    'Vérifiez la production et le transfert de l’archive, puis déposez-la à nouveau en entier.',
    'The archive stops before its end.',
  ),
  'FILE-ARCHIVE-CORRUPT': fileRule(
    'IRR_EXTRAC',
    'Archive : elle ne peut pas être lue ({found}).',
    'Recréez l’archive, puis déposez-la à nouveau.',
    'The archive cannot be read.',
  ),
  'FILE-ARCHIVE-ENCRYPTED': fileRule(
    'IRR_EXTRAC',
    'Archive : elle est chiffrée (fichier « {member} »).',
    'Recréez l’archive sans mot de passe.',
    'The archive is encrypted.',
  ),
  'FILE-ARCHIVE-METHOD': fileRule(
    'IRR_EXTRAC',
    'Archive : la méthode de compression {found} du fichier « {member} » n’est pas prise en charge.',
    'Recréez l’archive avec la compression « deflate » ou sans compression.',
    'The compression method is not supported.',
  ),
  'FILE-ARCHIVE-OVERLAP': fileRule(
    'IRR_EXTRAC',
    'Archive : deux de ses fichiers occupent les mêmes octets (fichier « {member} »).',
    'Recréez l’archive avec un outil courant.',
    'Members of the archive overlap.',
  ),
  'FILE-ARCHIVE-NESTED': fileRule(
    'IRR_EXTRAC',
    'Archive : le contenu compressé n’est pas une archive tar mais {found}.',
    'Déposez une seule archive tar.gz ou zip, qui contient directement les fichiers de factures.',
    'The compressed content is not a tar archive.',
  ),
  'FILE-ARCHIVE-EMPTY': fileRule(
    'IRR_VIDE',
    'Archive : elle ne contient aucun fichier.',
    'Vérifiez la production de l’archive, puis déposez-la à nouveau.',
    'The archive has no member.',
  ),
  'FILE-ARCHIVE-UNPACKED-SIZE': fileRule(
    'IRR_TAILLE',
    'Taille de l’archive : décompressée, elle dépasse {expected} octets.',
    'Répartissez les factures entre plusieurs flux.',
    'The archive unpacks to more than the limit.',
  ),
  'FILE-ARCHIVE-RATIO': fileRule(
    'IRR_TAILLE',
    'Taille de l’archive : elle se décompresse plus de {expected} fois, comme une archive piégée.',
    'Recréez l’archive à partir des seuls fichiers de factures.',
    'The archive expands like a decompression bomb.',
  ),
  'FILE-ARCHIVE-MEMBERS': fileRule(
    'IRR_TAILLE',
    'Archive : elle contient plus de {expected} fichiers.',
    'Répartissez les factures entre plusieurs flux.',
    'The archive has too many members.',
  ),
} as const satisfies Record<string, RuleDescription>;

/** Rules about one member of a flow: it is refused alone and its neighbours go on (R42). */
export const memberRules = {
  'MEMBER-NAME': fileRule(
    'IRR_NOM_F',
    'Nom du fichier dans l’archive : « {found} » sort du dossier ou contient des caractères interdits.',
    'Renommez le fichier sans chemin absolu, sans « .. » ni caractère de contrôle.',
    'The member name leaves the folder or has forbidden characters.',
  ),
  'MEMBER-DUPLICATE': fileRule(
    'IRR_NOM_F',
    'Nom du fichier dans l’archive : « {found} » y figure déjà.',
    'Donnez à chaque fichier de l’archive un nom différent.',
    'The archive already has a member of this name.',
  ),
  'MEMBER-LINK': fileRule(
    'IRR_TYPE_F',
    'Type du fichier dans l’archive : « {member} » n’est pas un fichier ordinaire ({found}).',
    'Ne placez dans l’archive que des fichiers ordinaires.',
    'The member is a link or a device.',
  ),
  'MEMBER-TYPE': fileRule(
    'IRR_TYPE_F',
    'Type du fichier dans l’archive : « {member} » n’est ni un XML ni un PDF.',
    'Ne placez dans l’archive que des factures XML ou Factur-X.',
    'The member is neither XML nor PDF.',
  ),
  'MEMBER-ARCHIVE': fileRule(
    'IRR_TYPE_F',
    'Type du fichier dans l’archive : « {member} » est lui-même une archive ({found}).',
    'Placez les factures directement dans l’archive du flux.',
    'The member is itself an archive.',
  ),
  'MEMBER-EMPTY': fileRule(
    'IRR_VIDE_F',
    'Fichier dans l’archive : « {member} » est vide.',
    'Vérifiez la production de ce fichier, puis déposez à nouveau la facture.',
    'The member is empty.',
  ),
  'MEMBER-TOO-LARGE': fileRule(
    'IRR_TAILLE_F',
    'Taille de la facture : {found} octets, pour un maximum de {expected} octets.',
    'Réduisez les pièces jointes, puis déposez à nouveau la facture.',
    'The invoice file is larger than the limit.',
  ),
} as const satisfies Record<string, RuleDescription>;

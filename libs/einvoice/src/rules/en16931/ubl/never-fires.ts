/**
 * Rules of the norm that no program can check, e.g. that a reason code and a reason say the same. The official artefacts
 * have them as rules that always hold; the catalogue knows them, no document breaks them.
 */
export const neverFires: readonly string[] = ['BR-CO-05', 'BR-CO-06', 'BR-CO-07', 'BR-CO-08'];

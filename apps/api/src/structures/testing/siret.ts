import { isValidSiret } from '#domain';

/** The SIRET of an establishment: the SIREN, four digits of its NIC and the digit that makes it valid. */
export function siretOf(siren: string, establishment: number): string {
  const root = `${siren}${String(establishment).padStart(4, '0')}`;
  const siret = [...'0123456789'].map((digit) => root + digit).find(isValidSiret);
  if (siret === undefined) throw new Error(`No SIRET starts with ${root}`);
  return siret;
}

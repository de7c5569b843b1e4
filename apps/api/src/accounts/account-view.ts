import type { ExistingAccount } from '#domain';
import { ApiProperty } from '@nestjs/swagger';

/** An account as the person, or an operator, sees it. */
export class AccountView {
  @ApiProperty({ description: 'Numéro du compte (UUID)' })
  account!: string;

  @ApiProperty({ description: 'Adresse de connexion, définitive', type: String, nullable: true })
  login!: string | null;

  @ApiProperty({ description: 'Adresse de contact, qui reçoit les notifications', type: String, nullable: true })
  contactAddress!: string | null;

  @ApiProperty({ description: 'Prénom', type: String, nullable: true })
  firstName!: string | null;

  @ApiProperty({ description: 'Nom', type: String, nullable: true })
  lastName!: string | null;

  @ApiProperty({ description: 'État du compte', enum: ['pending', 'active', 'deactivated'] })
  state!: ExistingAccount['status'];

  @ApiProperty({ description: 'Vrai si les notifications sont envoyées par courriel' })
  notifications!: boolean;

  @ApiProperty({ description: 'Vrai si la personne dispose d’un compte PIGP' })
  pigp!: boolean;
}

/** Shows an account. */
export function accountView(account: ExistingAccount): AccountView {
  const { status, login, contactAddress, firstName, lastName, notifications, pigp } = account;
  return {
    account: account.account,
    login,
    contactAddress,
    firstName,
    lastName,
    state: status,
    notifications,
    pigp,
  };
}

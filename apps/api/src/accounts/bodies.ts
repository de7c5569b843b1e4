import { LONGEST_PASSWORD } from '#domain';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsEmail, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';

/** Longest address (RFC 5321, 4.5.3.1.3). */
const LONGEST_ADDRESS = 254;
const LONGEST_NAME = 100;
/** No control characters: what is one line for a person is one line everywhere. */
const ONE_LINE = /^\P{Cc}*$/u;
/** What a link carries: 256 bits of base64url. */
const LINK_TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** An account to create. */
export class AccountToCreate {
  @ApiProperty({ description: 'Adresse de connexion : unique et définitive', example: 'claire.martin@mairie.example' })
  @IsEmail()
  @MaxLength(LONGEST_ADDRESS)
  login!: string;

  @ApiPropertyOptional({ description: 'Adresse de contact ; absente, c’est l’adresse de connexion' })
  @IsOptional()
  @IsEmail()
  @MaxLength(LONGEST_ADDRESS)
  contactAddress?: string;

  @ApiProperty({ description: 'Prénom' })
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_NAME)
  @Matches(ONE_LINE)
  firstName!: string;

  @ApiProperty({ description: 'Nom' })
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_NAME)
  @Matches(ONE_LINE)
  lastName!: string;

  @ApiProperty({ description: 'Mot de passe : au moins 12 caractères', format: 'password' })
  @IsString()
  @MaxLength(LONGEST_PASSWORD)
  password!: string;
}

/** The token of a link. */
export class LinkToken {
  @ApiProperty({ description: 'Jeton que porte le lien reçu par courriel' })
  @Matches(LINK_TOKEN)
  token!: string;
}

/** A login address. */
export class LoginAddress {
  @ApiProperty({ description: 'Adresse de connexion' })
  @IsEmail()
  @MaxLength(LONGEST_ADDRESS)
  login!: string;
}

/** A new password by a link. */
export class PasswordByLink extends LinkToken {
  @ApiProperty({ description: 'Nouveau mot de passe : au moins 12 caractères', format: 'password' })
  @IsString()
  @MaxLength(LONGEST_PASSWORD)
  password!: string;
}

/** A new password of somebody who knows the one in force. */
export class PasswordToChange {
  @ApiProperty({ description: 'Mot de passe actuel', format: 'password' })
  @IsString()
  @MaxLength(LONGEST_PASSWORD)
  current!: string;

  @ApiProperty({ description: 'Nouveau mot de passe : au moins 12 caractères', format: 'password' })
  @IsString()
  @MaxLength(LONGEST_PASSWORD)
  password!: string;
}

/** Who signs in. */
export class SignInBody extends LoginAddress {
  @ApiProperty({ description: 'Mot de passe', format: 'password' })
  @IsString()
  @MaxLength(LONGEST_PASSWORD)
  password!: string;
}

/** Where notifications go. */
export class ContactAddressBody {
  @ApiProperty({ description: 'Adresse de contact' })
  @IsEmail()
  @MaxLength(LONGEST_ADDRESS)
  contactAddress!: string;
}

/** Whether notifications are sent by e-mail. */
export class NotificationsBody {
  @ApiProperty({ description: 'Vrai pour recevoir les notifications par courriel' })
  @IsBoolean()
  notifications!: boolean;
}

/** Whether the person has an account of the Portail internet de la gestion publique. */
export class PigpBody {
  @ApiProperty({ description: 'Vrai si la personne dispose d’un compte PIGP' })
  @IsBoolean()
  linked!: boolean;
}

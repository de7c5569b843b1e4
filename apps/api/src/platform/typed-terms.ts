import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

/** Most characters of a text that nothing else limits. */
const LONGEST_TEXT = 1_024;
const MOST_OF_A_KIND = 50;

/** Several lines, and no other control character: what XML has no place for has none here. */
const TEXT = /^(?:[\t\n\r]|\P{Cc})*$/u;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A term that need not be there yet: absent, null and blank are the same (R22). */
const Untyped = (): PropertyDecorator =>
  ValidateIf((_, value: unknown) => value !== undefined && value !== null && value !== '');

/** A term that may be absent; what is there looks like this. */
export const Matching = (description: string, pattern: RegExp, example?: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ description, ...(example === undefined ? {} : { example }) }),
    Untyped(),
    Matches(pattern),
  );

/** A text that may be absent. */
export const Text = (description: string, most = LONGEST_TEXT): PropertyDecorator =>
  applyDecorators(Matching(description, TEXT), MaxLength(most));

/** A day that may be absent. */
export const Day = (description: string): PropertyDecorator => Matching(description, DAY, '2026-11-20');

/** One of these values, or nothing yet. */
export const OneOf = (description: string, values: readonly string[]): PropertyDecorator =>
  applyDecorators(ApiPropertyOptional({ description, enum: values }), Untyped(), IsIn(values));

/** A part with terms of its own, which may be absent. */
export const Part = (description: string, type: () => new () => object): PropertyDecorator =>
  applyDecorators(ApiPropertyOptional({ description, type }), IsOptional(), IsObject(), ValidateNested(), Type(type));

/** Several parts, or none. */
export const Parts = (
  description: string,
  type: () => new () => object,
  most: number = MOST_OF_A_KIND,
): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ description, type: () => [type()] }),
    IsOptional(),
    IsArray(),
    ArrayMaxSize(most),
    ValidateNested({ each: true }),
    Type(type),
  );

/** A period. */
export class PeriodBody {
  @Day('Début') start?: string;
  @Day('Fin') end?: string;
}

/** Whether something is to be sent. */
export class SendingBody {
  @ApiPropertyOptional({
    description: 'Vrai pour envoyer ; sinon la réponse dit ce qui a été contrôlé et rien n’est envoyé',
    default: false,
  })
  @IsOptional()
  @IsBoolean()
  confirmed?: boolean;
}

/** What was typed, without what is not typed yet: absent, null and blank are the same, and a blank part is none. */
export function typedTerms(value: unknown): unknown {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  if (value === null || typeof value !== 'object') return value ?? undefined;
  // A line that nobody has filled in keeps its place: what is said of lines goes by their numbers.
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((one) => typedTerms(one) ?? {});
  const entries = Object.entries(value).flatMap(([name, member]) => {
    const kept = typedTerms(member);
    return kept === undefined ? [] : [[name, kept] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

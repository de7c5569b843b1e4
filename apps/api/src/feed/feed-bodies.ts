import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';

/** Where a reader of the feed goes on, and how much they take (R48). */
export class FeedQuery {
  @ApiPropertyOptional({
    description: 'Curseur : « next » de la page précédente, ou « now » pour la fin. Absent : depuis le début.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  after?: string;

  @ApiPropertyOptional({ description: 'Évènements par page, de 1 à 500', default: 100, maximum: 500 })
  @IsOptional()
  @Matches(/^(?:[1-9]\d?|[1-4]\d\d|500)$/, { message: 'limit : un nombre de 1 à 500' })
  limit?: string;
}

/** A page of the feed. */
export class FeedPageView {
  @ApiProperty({
    description: 'Évènements CloudEvents 1.0, dans l’ordre ; décrits par /api/asyncapi.json',
    type: [Object],
  })
  items!: readonly object[];

  @ApiProperty({ description: 'Curseur à rendre en « after » ; toujours présent' })
  next!: string;

  @ApiProperty({ description: 'Vrai s’il n’y avait rien de plus à ce moment' })
  atEnd!: boolean;
}

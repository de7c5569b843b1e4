import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';

const PAGE_SIZE = 50;
const LARGEST_PAGE = 500;

/** Where a page starts and how long it is. */
export interface Paging {
  /** What the page before answered as `next`; null for the first one. */
  readonly after: string | null;
  readonly limit: number;
}

/** Where a page of a list starts and how long it is, as a request asks for it. */
export class PagingQuery {
  @ApiPropertyOptional({ description: 'Ce que la page précédente a répondu dans « next »' })
  @IsOptional()
  @IsString()
  @MaxLength(400)
  after?: string;

  @ApiPropertyOptional({ description: 'Nombre de lignes, 500 au plus', default: PAGE_SIZE })
  @IsOptional()
  @Matches(/^\d{1,4}$/)
  limit?: string;
}

/** Which page a request asks for: from 1 to 500 rows, whatever it says. */
export function paging({ after, limit }: PagingQuery): Paging {
  return { after: after ?? null, limit: Math.min(Math.max(Number(limit ?? PAGE_SIZE), 1), LARGEST_PAGE) };
}

import type { Type } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';

/** A page of a list: what is on it, how many there are in all, where the next one starts. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly next: string | null;
}

/**
 * The page of a list, as OpenAPI shows it: `class WidgetPage extends pageView(WidgetView) {}`.
 *
 * @param item what is on it
 */
export function pageView<T>(item: Type<T>): Type<Page<T>> {
  class PageView implements Page<T> {
    @ApiProperty({ type: [item] })
    readonly items!: readonly T[];

    @ApiProperty({ description: 'Nombre en tout' })
    readonly total!: number;

    @ApiProperty({ description: 'À donner en « after » pour la suite ; null à la fin', type: String, nullable: true })
    readonly next!: string | null;
  }
  return PageView;
}

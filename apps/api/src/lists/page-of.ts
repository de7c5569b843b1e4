import type { DataSource } from 'typeorm';
import type { Page } from './page.js';
import type { Paging } from './paging-query.js';

/**
 * One page of a list, and how many there are in all.
 *
 * @param rows a SELECT whose column `cursor` orders the list and says where the next page starts
 * @param parameters of that SELECT, from `$1` on
 */
export async function pageOf<Row extends { readonly cursor: string }>(
  readModels: DataSource,
  rows: string,
  parameters: readonly unknown[],
  { after, limit }: Paging,
): Promise<Page<Row>> {
  const [last, most] = [`$${parameters.length + 1}`, `$${parameters.length + 2}`];
  const [items, [counted]] = await Promise.all([
    readModels.query<Row[]>(
      `SELECT * FROM (${rows}) AS list WHERE ${last}::text IS NULL OR cursor > ${last} ORDER BY cursor LIMIT ${most}`,
      [...parameters, after, limit],
    ),
    readModels.query<{ total: number }[]>(`SELECT count(*)::integer AS total FROM (${rows}) AS list`, [...parameters]),
  ]);
  const end = items.at(-1);
  return {
    items,
    total: counted?.total ?? 0,
    next: end !== undefined && items.length === limit ? end.cursor : null,
  };
}

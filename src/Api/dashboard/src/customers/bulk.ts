import type { BulkOutcomes } from "../api/schema";
import { plain } from "../format";
import { text, translated } from "../language";

/** How many customers a person may change at once. */
export const changedAtOnceMax = 1_000;

const reasons: Record<string, string> = translated({
  not_found: text("there is no such customer"), status_tags_disabled: text("tags are switched off"), overloaded: text("too much to do at the moment"),
  storage_unavailable: text("the database does not answer"), silo_unavailable: text("a part of the cluster does not answer"),
});

export interface Done { moved: number; opened: number; unchanged: number; refused: number; why: string | null }

/** What became of everybody, and why the first who was refused was. */
export function summary({ items }: Pick<BulkOutcomes, "items">): Done {
  const of = (outcome: string) => items.filter((item) => item.outcome === outcome);
  const refused = of("refused"), code = refused[0]?.code;
  return { moved: of("moved").length, opened: of("review_opened").length, unchanged: of("unchanged").length, refused: refused.length, why: code ? reasons[code] ?? plain(code) : null };
}

/** Every page after each other, up to a number of rows. */
export async function allOf<Row>(page: (cursor: string | null) => Promise<{ items: readonly Row[]; next: string | null }>, max: number, told: (rows: number) => void): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | null = null, first = true; (first || cursor !== null) && rows.length < max; first = false) {
    const { items, next } = await page(cursor);
    rows.push(...items);
    cursor = next;
    told(rows.length);
  }
  return rows.slice(0, max);
}

/** How many customers a person may change at once. */
export const changedAtOnceMax = 500;
const atOnce = 4;

export interface Done { done: number; refused: { id: string; why: string }[] }

/** One act a customer, a few at a time: one that is refused does not keep the others from it. */
export async function forEach(ids: readonly string[], act: (id: string) => Promise<unknown>, told: (done: number) => void): Promise<Done> {
  const waiting = [...ids];
  const result: Done = { done: 0, refused: [] };
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const why = await act(id).then(() => null, (trouble: Error) => trouble.message);
      if (why === null) result.done++;
      else result.refused.push({ id, why });
      told(result.done + result.refused.length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return result;
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

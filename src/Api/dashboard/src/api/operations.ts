import { useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { api } from "./client";
import { keys } from "./queries";
import type { BatchRow, PageOfBatchRow } from "./schema";

const everyMs = 5_000;

export const useOperations = () => useQuery({ queryKey: ["operations"], queryFn: ({ signal }) => api.operations(signal), refetchInterval: everyMs });

/** What a batch moved, taken back as a whole; with preview it is only counted. */
export function useUndoBatch(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (preview: boolean) => api.undoBatch(id, preview),
    onSettled: (_, __, preview) => preview ? undefined : Promise.all([queries.invalidateQueries({ queryKey: ["batches"] }), queries.invalidateQueries({ queryKey: keys.customers })]),
  });
}

/** The line told how far a batch is: every list that has it shows it at once, and one that lacks it is asked for again. */
export function learnBatch(queries: QueryClient, batch: BatchRow) {
  for (const [key, data] of queries.getQueriesData<PageOfBatchRow | BatchRow>({ queryKey: ["batches"] })) {
    if (!data) continue;
    if (!("items" in data)) {
      if (data.id === batch.id) queries.setQueryData(key, batch);
    } else if (data.items.some(({ id }) => id === batch.id)) {
      queries.setQueryData(key, { ...data, items: data.items.map((each) => (each.id === batch.id ? batch : each)) });
    } else void queries.invalidateQueries({ queryKey: key, exact: true });
  }
}

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "./client";
import { keys } from "./queries";
import type { ReviewRow, StatusChange } from "./schema";

export type ReviewDecision = "approve" | "reject";

/** After an act everything that shows the customer is asked for again, also when it was refused: something happened meanwhile. */
function useAct<T, R>(act: (what: T) => Promise<R>, about: (what: T) => readonly string[]) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: async (_, __, what) => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: keys.reviews }),
        queries.invalidateQueries({ queryKey: keys.customers }),
        ...about(what).map((id) => queries.invalidateQueries({ queryKey: keys.customer(id) })),
      ]);
    },
  });
}

export const useDecide = () =>
  useAct(
    ({ review, decision, note }: { review: ReviewRow; decision: ReviewDecision; note?: string }) => api.decide(review.id, decision, note),
    ({ review }) => [review.customerId],
  );

export const useDecideAll = () =>
  useAct(
    ({ reviews, decision }: { reviews: readonly ReviewRow[]; decision: ReviewDecision }) => api.decideAll(reviews.map(({ id }) => id), decision),
    ({ reviews }) => reviews.map(({ customerId }) => customerId),
  );

export const useAssign = () =>
  useAct(({ review, assignee }: { review: ReviewRow; assignee: string }) => api.annotate(review.id, { assignee }), ({ review }) => [review.customerId]);

export const useSetTag = (id: string) => useAct((change: StatusChange) => api.setTag(id, change), () => [id]);
export const useAddNote = (id: string) => useAct((text: string) => api.addNote(id, text), () => [id]);
export const useEvaluateNow = (id: string) => useAct((_: void) => api.evaluateNow(id), () => [id]);
export const useUndo = (id: string) => useAct((transition: number) => api.undo(transition), () => [id]);

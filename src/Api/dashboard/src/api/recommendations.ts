import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Instant } from "./client";

export interface RecommendationFigure { name: string; value: number; low: number | null; high: number | null }
export interface Recommendation {
  id: string; kind: string; subject: string; title: string; text: string; parameters: Readonly<Record<string, string>>; figures: readonly RecommendationFigure[]; evidence: string;
  try: { rules: readonly object[] } | null; firstMadeAt: Instant; madeAt: Instant; dismissal: { by: string; at: Instant; until: Instant } | null;
}
export interface RecommendationRun { day: string; madeAt: Instant; madeBy: string | null; rules: number; campaigns: number; lessons: number; learners: number; thresholds: number; seconds: number }
export interface RecommendationList { run: RecommendationRun | null; items: readonly Recommendation[] }

const key = ["recommendations"] as const;
const everyMs = 60_000;

export const useRecommendations = () => useQuery({ queryKey: key, queryFn: ({ signal }) => api.recommendations(signal), refetchInterval: everyMs });

/** Both answer the list as it is then. */
export function useMakeRecommendations() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: () => api.makeRecommendations(), onSuccess: (list) => queries.setQueryData(key, list) });
}
export function useDismiss() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: (id: string) => api.dismissRecommendation(id), onSuccess: (list) => queries.setQueryData(key, list) });
}

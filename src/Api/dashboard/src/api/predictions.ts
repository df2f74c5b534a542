import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { keys } from "./queries";
import { ApiError, api, type Instant } from "./client";

/** A figure with its 95% interval, drawn anew over learners. */
export interface Judged { value: number; low: number; high: number }
export interface CardRows { from: string; to: string; rows: number; learners: number }
export interface CardBin { from: number; to: number; predicted: number; observed: number; rows: number }
export interface CardPart { key: string; rows: number; auc: number | null; accuracy: number; baseRate: number }
export interface CardTarget {
  name: string; population: string; rows: number; learners: number; baseRate: Judged; auc: Judged; prAuc: Judged; accuracy: Judged; alwaysNo: Judged; rule14: Judged;
  logistic: { auc: Judged; accuracy: Judged } | null; budgets: readonly { share: number; precision: Judged; recall: Judged }[];
  calibration: readonly CardBin[]; byTier: readonly CardPart[]; byCourseWeek: readonly CardPart[];
}
export interface ModelCard {
  number: number; live: boolean; source: string; madeAt: Instant; provenance: string; licence: string; algorithm: string; parameters: Readonly<Record<string, string>>;
  features: readonly { name: string; unit: string; text: string }[]; trainedOn: CardRows; testedOn: CardRows; targets: readonly CardTarget[]; seconds: number; note: string;
}
export interface ModelRow {
  number: number; live: boolean; source: string; madeAt: Instant; madeBy: string; learners: number; rows: number; auc: Judged | null; note: string;
  liveAt: Instant | null; liveBy: string | null; liveReason: string | null;
}
export interface TrainingRow {
  id: string; requestedBy: string; requestedAt: Instant; beganAt: Instant | null; finishedAt: Instant | null; step: string; progress: number; customers: number; rows: number;
  result: string | null; model: number | null; note: string | null;
}
export interface FeatureMove { name: string; unit: string; text: string; index: number; verdict: string }
export interface PredictionWatch {
  model: number;
  drift: { verdict: string; samples: number; samplesMin: number; from: string | null; to: string | null; features: readonly FeatureMove[] };
  calibration: { verdict: string; rows: number; rowsMin: number; predicted: number | null; observed: number | null; auc: number | null; bins: readonly CardBin[] };
}

const predictionsKey = ["predictions"] as const;
const slowMs = 30_000, trainingMs = 2_000;

/** Null where there is no model: that is an answer, too. */
const orNone = async <T>(asked: Promise<T>): Promise<T | null> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
};

export const useModelCard = (number: number | null) =>
  useQuery({ queryKey: [...predictionsKey, "model", number], queryFn: ({ signal }) => orNone(api.predictionModel(number, signal)), refetchInterval: slowMs });
export const useModels = () => useQuery({ queryKey: [...predictionsKey, "models"], queryFn: ({ signal }) => api.predictionModels(signal), refetchInterval: slowMs });
export const useTrainings = () =>
  useQuery({
    queryKey: [...predictionsKey, "training"], queryFn: ({ signal }) => api.predictionTrainings(signal),
    refetchInterval: ({ state }) => (state.data?.items.some(({ finishedAt }) => finishedAt === null) ? trainingMs : slowMs),
  });
export const usePredictionWatch = () => useQuery({ queryKey: [...predictionsKey, "watch"], queryFn: ({ signal }) => orNone(api.predictionWatch(signal)), refetchInterval: slowMs });

/** Whoever lists customers or looks at one sees the other model's probabilities then. */
export function usePutLive() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ number, reason }: { number: number; reason: string }) => api.putModelLive(number, reason),
    onSettled: () => Promise.all([queries.invalidateQueries({ queryKey: predictionsKey }), queries.invalidateQueries({ queryKey: keys.customers })]),
  });
}

export function useTrain() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: () => api.train(), onSettled: () => queries.invalidateQueries({ queryKey: predictionsKey }) });
}

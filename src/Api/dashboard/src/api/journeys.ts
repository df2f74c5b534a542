import { useQuery } from "@tanstack/react-query";
import { api } from "./client";
import type { ActionRow, JourneyItemRow, JourneyRequest, JourneyRow } from "./schema";

/** What is held is looked at again at heldUntil, which is an item of its own. */
export type JourneyItem = Omit<JourneyItemRow, "kind" | "channel"> & { kind: "transition" | "review" | "message" | "action"; channel?: ActionRow["channel"] | null };

/** What would happen to a customer; nothing of it is written or sent. */
export type Journey = Omit<JourneyRow, "items"> & { items: JourneyItem[] };

export const useJourney = (of: JourneyRequest | null) =>
  useQuery({ queryKey: ["journey", of], queryFn: ({ signal }) => api.journey(of!, signal), enabled: of !== null, retry: false, staleTime: Infinity, gcTime: 60_000 });

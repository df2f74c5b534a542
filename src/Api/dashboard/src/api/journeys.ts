import { useQuery } from "@tanstack/react-query";
import type { StatusTag } from "../tags";
import { api, type Instant } from "./client";
import type { ActionRow } from "./schema";

/** Somebody who does not exist, with what campaigns look at. */
export interface InventedCustomer {
  tier: string;
  locale: string;
  timezone: string;
  name: string | null;
  email: string | null;
  traits: Record<string, unknown>;
  consent: { email: boolean; push: boolean; inApp: boolean };
}

export interface JourneyRequest { customerId?: string; customer?: InventedCustomer; at?: Instant; days?: number; tag?: StatusTag; locale?: string }

/** What would happen to a customer; nothing of it is written or sent. */
export interface Journey { customerId: string | null; at: Instant; until: Instant; tag: StatusTag | null; truncated?: boolean | null; items: JourneyItem[] }

/** What is held is looked at again at heldUntil, which is an item of its own. */
export interface JourneyItem {
  at: Instant;
  kind: "transition" | "review" | "message" | "action";
  from: StatusTag | null;
  to: StatusTag | null;
  rule: string | null;
  confidence: number | null;
  /** Of a review. */
  status: string | null;
  campaign: string | null;
  step: number | null;
  variant: string | null;
  channel: ActionRow["channel"] | null;
  scheduledFor: Instant | null;
  /** Of a message: sent, held, suppressed, cancelled or failed; null while campaigns are switched off. */
  outcome: string | null;
  heldUntil: Instant | null;
  reason: string | null;
  message: JourneyMessage | null;
}

export interface JourneyMessage { to: string | null; subject: string | null; text: string | null; html: string | null; link: string | null; json: unknown; attachments: string[] }

export const useJourney = (of: JourneyRequest | null) =>
  useQuery({ queryKey: ["journey", of], queryFn: ({ signal }) => api.journey(of!, signal), enabled: of !== null, retry: false, staleTime: Infinity, gcTime: 60_000 });

import type { StatusTag } from "../tags";

/** What a dry run answers: moves and customers as they would be, and how many reviews and messages would come of it. */
export interface Simulation {
  moves: { from: StatusTag; to: StatusTag; count: number }[];
  reviews: number;
  messages: number;
  customers: { items: { id: string; from: StatusTag; to: StatusTag }[]; next: string | null };
}

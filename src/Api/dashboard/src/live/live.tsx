import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from "react";
import { analyticsKey } from "../api/analytics";
import { actionsKey, tasksKey } from "../api/campaigns";
import { learnBatch } from "../api/operations";
import { keys } from "../api/queries";
import type { Distribution } from "../api/schema";
import { Connection, type LiveState } from "./connection";

const Live = createContext<Connection | null>(null);
const listsEveryMs = 2_500;
const pagesRefreshedMax = 3;
const pagesOf = (data: unknown) => (data as { pages?: unknown[] } | undefined)?.pages?.length ?? 0;
const figuresEveryMs = 5_000;

/** Turns what the line tells into fresh queries: pages ask the API, the line only says when. */
function connectionFor(queries: QueryClient): Connection {
  let listsDue: ReturnType<typeof setTimeout> | undefined;
  const refreshLists = () => {
    listsDue ??= setTimeout(() => {
      listsDue = undefined;
      // Somebody who has read far down keeps the place; every page would be asked for again, one after the other.
      void queries.invalidateQueries({ queryKey: keys.customers, predicate: ({ state }) => pagesOf(state.data) <= pagesRefreshedMax });
      void queries.invalidateQueries({ queryKey: keys.reviews });
    }, listsEveryMs);
  };
  let actionsDue: ReturnType<typeof setTimeout> | undefined;
  const refreshActions = () => {
    actionsDue ??= setTimeout(() => {
      actionsDue = undefined;
      void queries.invalidateQueries({ queryKey: actionsKey });
      void queries.invalidateQueries({ queryKey: tasksKey });
    }, listsEveryMs);
  };
  let figuresDue: ReturnType<typeof setTimeout> | undefined;
  const refreshFigures = () => {
    figuresDue ??= setTimeout(() => {
      figuresDue = undefined;
      void queries.invalidateQueries({ queryKey: analyticsKey });
    }, figuresEveryMs);
  };
  const refreshCustomer = (id: string) => void queries.invalidateQueries({ queryKey: keys.customer(id) });

  const line: Connection = new Connection({
    transitions: (rows) => {
      for (const id of new Set(rows.map((row) => row.customerId))) refreshCustomer(id);
      if (line.current().link !== "live") void queries.invalidateQueries({ queryKey: keys.distribution });
      refreshLists();
      refreshFigures();
    },
    counts: (counts) => queries.setQueryData(keys.distribution, (before?: Distribution) => before && { ...before, ...counts }),
    review: (review) => {
      refreshCustomer(review.customerId);
      refreshLists();
    },
    action: refreshActions,
    batch: (batch) => learnBatch(queries, batch),
  });
  return line;
}

export function LiveProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [line, setLine] = useState<Connection | null>(null);
  useEffect(() => {
    const opened = connectionFor(queries);
    opened.start();
    setLine(opened);
    return () => opened.stop();
  }, [queries]);
  return line && <Live value={line}>{children}</Live>;
}

export function useLive(): LiveState {
  const line = useContext(Live);
  if (!line) throw new Error("useLive belongs inside LiveProvider");
  return useSyncExternalStore(line.watch, line.current);
}

import type { ReactNode } from "react";
import { t } from "../language";

export const Trouble = ({ error, again }: { error: Error; again: () => void }) => (
  <div className="trouble" role="alert">
    <p>{error.message}</p>
    <button type="button" onClick={again}>{t("Try again")}</button>
  </div>
);

/** An empty place: why it is empty, and what to do next. */
export const Nothing = ({ why, children }: { why: string; children?: ReactNode }) => (
  <div className="nothing"><p>{why}</p>{children && <p>{children}</p>}</div>
);

/** Stands where lines will be, so that nothing jumps when they come. */
export const Waiting = ({ lines = 4 }: { lines?: number }) => (
  <div className="waiting" role="status">
    <span className="sr-only">{t("Loading …")}</span>
    {Array.from({ length: lines }, (_, line) => <span key={line} className="bone" />)}
  </div>
);

/** Loads by itself where it is watched; otherwise a press does. */
export const MoreLines = ({ list, label }: { list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }; label: string }) =>
  list.hasNextPage && (
    <button type="button" className="more-lines" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
      {list.isFetchingNextPage ? t("Loading …") : label}
    </button>
  );

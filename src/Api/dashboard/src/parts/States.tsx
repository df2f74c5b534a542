import type { ReactNode } from "react";

export const Trouble = ({ error, again }: { error: Error; again: () => void }) => (
  <div className="trouble" role="alert">
    <p>{error.message}</p>
    <button type="button" onClick={again}>Try again</button>
  </div>
);

export const Nothing = ({ children }: { children: ReactNode }) => <p className="nothing">{children}</p>;

/** Stands where lines will be, so that nothing jumps when they come. */
export const Waiting = ({ lines = 4 }: { lines?: number }) => (
  <div className="waiting" role="status">
    <span className="sr-only">Loading …</span>
    {Array.from({ length: lines }, (_, line) => <span key={line} className="bone" />)}
  </div>
);

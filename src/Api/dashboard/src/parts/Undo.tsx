import { useState } from "react";
import { useUndo } from "../api/acts";
import type { TransitionRow } from "../api/schema";
import { tagFacts } from "../tags";

/** Takes the latest transition back, after a second press. */
export function Undo({ id, row }: { id: string; row: TransitionRow }) {
  const [asked, setAsked] = useState(false);
  const undo = useUndo(id);
  if (row.from === null || row.undoes !== null || row.undoneAt !== null) return null;
  return (
    <span className="line undo">
      {asked
        ? <><span className="faint">Back to {tagFacts[row.from].name}; the same move stays away for 14 days.</span>
          <button type="button" className="small" disabled={undo.isPending} onClick={() => undo.mutate(row.id)}>Undo it</button>
          <button type="button" className="small quiet" onClick={() => setAsked(false)}>Keep it</button></>
        : <button type="button" className="small quiet" onClick={() => setAsked(true)}>Undo</button>}
      {undo.error && <span className="problem" role="alert">{undo.error.message}</span>}
    </span>
  );
}

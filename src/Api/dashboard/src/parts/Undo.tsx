import { useState } from "react";
import { useUndo } from "../api/acts";
import type { TransitionRow } from "../api/schema";
import { t } from "../language";
import { tagFacts } from "../tags";

/** Takes the latest transition back, after a second press. */
export function Undo({ id, row }: { id: string; row: TransitionRow }) {
  const [asked, setAsked] = useState(false);
  const undo = useUndo(id);
  if (row.from === null || row.undoes !== null || row.undoneAt !== null) return null;
  return (
    <span className="line undo">
      {asked
        ? <><span className="faint">{t("Back to {tag}; the same move stays away for 14 days.", { tag: tagFacts[row.from].name })}</span>
          <button type="button" className="small" disabled={undo.isPending} onClick={() => undo.mutate(row.id)}>{t("Undo it")}</button>
          <button type="button" className="small quiet" onClick={() => setAsked(false)}>{t("Keep it")}</button></>
        : <button type="button" className="small quiet" onClick={() => setAsked(true)}>{t("Undo")}</button>}
      {undo.error && <span className="problem" role="alert">{undo.error.message}</span>}
    </span>
  );
}

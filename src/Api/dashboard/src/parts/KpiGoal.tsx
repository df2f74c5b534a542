import { useState, type FormEvent } from "react";
import { useSetKpi } from "../api/analytics";
import type { Kpi } from "../api/schema";
import { t } from "../language";

const units = () => ({ percent: "%", days: t("days"), hours: t("hours") });

/** What an admin sets; an empty field takes the set value away. */
export function KpiGoal({ item }: { item: Kpi }) {
  const [open, setOpen] = useState(false);
  if (!open) return <div className="kpi-set"><button type="button" className="small" onClick={() => setOpen(true)}>{t("Set goal and baseline …")}</button></div>;
  return <GoalForm item={item} close={() => setOpen(false)} />;
}

const text = (value: number | null) => (value === null ? "" : String(value));

function GoalForm({ item, close }: { item: Kpi; close: () => void }) {
  const [goal, setGoal] = useState(item.goalIsSet ? text(item.goal) : "");
  const [baseline, setBaseline] = useState(item.baselineIsSet ? text(item.baseline) : "");
  const set = useSetKpi(item.name);
  const most = item.unit === "percent" ? 100 : 100_000;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate({ goal: goal === "" ? null : Number(goal), baseline: baseline === "" ? null : Number(baseline) }, { onSuccess: close });
  };
  const field = (label: string, value: string, change: (to: string) => void, now: number | null, first: boolean) => (
    <label>{label}<span className="with-unit"><input type="number" inputMode="decimal" min={0} max={most} step="any" placeholder={text(now)} autoFocus={first} value={value} onChange={(event) => change(event.target.value)} /><span className="faint">{units()[item.unit]}</span></span></label>
  );
  return (
    <form className="goal-form" onSubmit={submit} onKeyDown={(press) => press.key === "Escape" && close()}>
      {field(t("Goal"), goal, setGoal, item.goal, true)}
      {field(t("Baseline"), baseline, setBaseline, item.baseline, false)}
      <button type="submit" className="primary" disabled={set.isPending}>{t("Set")}</button>
      <button type="button" className="quiet" onClick={close}>{t("Leave it")}</button>
      <p className="faint">{t("An empty field means the default: the goal of the product, and the baseline of the first 28 days. The audit log keeps the change.")}</p>
      {set.error && <p className="problem" role="alert">{set.error.message}</p>}
    </form>
  );
}

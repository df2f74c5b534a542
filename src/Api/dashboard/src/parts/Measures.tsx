import { difference, figure, scaleEnd, shortFigure, type Better, type Unit } from "../analytics/figures";
import { t } from "../language";
import { clamp } from "./Bars";

const arrows = { up: "M6 10V2.5M2.8 5.6 6 2.4l3.2 3.2", down: "M6 2v7.5M2.8 6.4 6 9.6l3.2-3.2", same: "M2 6h8" };

/** A figure beside the one of the preceding range. */
export function Change({ value, previous, unit, better }: { value: number | null; previous: number | null; unit: Unit; better: Better }) {
  const by = difference(value, previous, unit, better);
  if (!by) return <span className="faint">{t("nothing to compare with")}</span>;
  const before = t("{value} before", { value: figure(previous, unit) });
  return (
    <span className="change" data-good={by.good === null ? "none" : by.good} title={before}>
      <svg viewBox="0 0 12 12" aria-hidden="true"><path d={arrows[by.direction]} /></svg>
      {by.direction === "same" ? t("unchanged") : by.words}<span className="sr-only">, {before}</span>
    </span>
  );
}

/** Value, goal and baseline on one scale. */
export function Bullet({ value, goal, baseline, unit, met }: { value: number | null; goal: number | null; baseline: number | null; unit: Unit; met: boolean | null }) {
  const end = scaleEnd(unit, value, goal, baseline);
  const at = (n: number) => `${clamp((100 * n) / end)}%`;
  return (
    <span className="bullet" aria-hidden="true">
      {value !== null && <span className="bullet-fill" data-met={met ?? "none"} style={{ width: at(value) }} />}
      {baseline !== null && <span className="bullet-baseline" style={{ left: at(baseline) }} />}
      {goal !== null && <span className="bullet-goal" style={{ left: at(goal) }} />}
    </span>
  );
}

const sparkWidth = 100, sparkHeight = 30;

/** The days of a figure as one line; a day without one leaves a gap. */
export function Sparkline({ values, kind = "accent" }: { values: readonly (number | null)[]; kind?: string }) {
  const known = values.filter((value): value is number => value !== null);
  if (known.length < 2) return <span className="spark" aria-hidden="true" />;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const x = (at: number) => (at * sparkWidth) / (values.length - 1);
  const y = (value: number) => (high === low ? sparkHeight / 2 : sparkHeight - 2 - ((value - low) / (high - low)) * (sparkHeight - 5));
  const runs = runsOf(values);
  return (
    <svg className="spark" data-spark={kind} viewBox={`0 0 ${sparkWidth} ${sparkHeight}`} preserveAspectRatio="none" aria-hidden="true">
      {runs.map((run) => {
        const line = run.map(({ at, value }) => `${x(at).toFixed(2)} ${y(value).toFixed(2)}`).join("L");
        return <g key={run[0]!.at}><path className="spark-area" d={`M${x(run[0]!.at)} ${sparkHeight}L${line}L${x(run[run.length - 1]!.at)} ${sparkHeight}Z`} /><path className="spark-line" d={`M${line}`} /></g>;
      })}
    </svg>
  );
}

/** Days in a row that have a figure. */
export function runsOf(values: readonly (number | null)[]): { at: number; value: number }[][] {
  const runs: { at: number; value: number }[][] = [];
  values.forEach((value, at) => {
    if (value === null) return;
    const run = runs[runs.length - 1];
    if (run && run[run.length - 1]!.at === at - 1) run.push({ at, value });
    else runs.push([{ at, value }]);
  });
  return runs;
}

/** One figure with its name, what it is of, and how it was before. */
export function Tile({ title, value, previous, unit, better, note }: { title: string; value: number | null; previous?: number | null; unit: Unit; better: Better; note: string }) {
  return (
    <div className="tile">
      <dt>{title}</dt>
      <dd><span className="tile-value" title={figure(value, unit)}>{shortFigure(value, unit)}</span>{previous !== undefined && <Change value={value} previous={previous} unit={unit} better={better} />}</dd>
      <dd className="faint">{note}</dd>
    </div>
  );
}

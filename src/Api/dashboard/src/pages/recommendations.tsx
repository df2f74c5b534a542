import { useQueryClient } from "@tanstack/react-query";
import { proposeRules, useRules } from "../api/queries";
import { useDismiss, useMakeRecommendations, useRecommendations, type Recommendation, type RecommendationRun } from "../api/recommendations";
import type { WhoAmI } from "../api/schema";
import { serverNow } from "../clock";
import { number, shortDay } from "../format";
import { rich, t } from "../language";
import { CsvButton } from "../parts/CsvButton";
import { Nothing, Trouble, Waiting } from "../parts/States";
import { Ago, At } from "../parts/Time";
import { figureName, figureText, kindName, worded } from "../recommending/words";
import { Link, navigate } from "../router";
import { useTitle } from "../title";

export function RecommendationsPage({ role }: { role: WhoAmI["role"] }) {
  useTitle(t("Recommendations"));
  const list = useRecommendations();
  const make = useMakeRecommendations();
  const isOpen = ({ dismissal }: Recommendation) => dismissal === null || Date.parse(dismissal.until) <= serverNow();
  const [open, dismissed] = [list.data?.items.filter(isOpen) ?? [], list.data?.items.filter((item) => !isOpen(item)) ?? []];
  return (
    <div className="analytics recommendations">
      <header className="page-head">
        <h1>{t("Recommendations")}</h1>
        {role === "admin" && <button type="button" disabled={make.isPending} onClick={() => make.mutate()}>{make.isPending ? t("Looking …") : t("Look again now")}</button>}
      </header>
      {make.error && <p className="problem" role="alert">{make.error.message}</p>}
      {list.error && !list.data ? <section className="card"><Trouble error={list.error} again={() => void list.refetch()} /></section>
        : !list.data ? <section className="card"><Waiting lines={10} /></section>
        : (
          <>
            <Examined run={list.data.run} items={open} />
            {open.length === 0
              ? <section className="card"><Nothing why={list.data.run ? t("Nothing is recommended: what was looked at gives no cause.") : t("Nothing was looked at yet. It is done once a business day.")} /></section>
              : <ul className="stack" aria-label={t("Recommendations")}>{open.map((item) => <li key={item.id}><Item item={item} role={role} /></li>)}</ul>}
            {dismissed.length > 0 && (
              <details className="card dismissed">
                <summary>{t("{n} dismissed", { n: dismissed.length })}</summary>
                <ul className="rows">{dismissed.map((item) => <li key={item.id} className="line"><span className="cut">{worded(item).title}</span>{item.dismissal && <span className="faint">{rich("until {day}, by {who}", { day: <At at={item.dismissal.until} />, who: <bdi>{item.dismissal.by}</bdi> })}</span>}</li>)}</ul>
              </details>
            )}
          </>
        )}
    </div>
  );
}

function Examined({ run, items }: { run: RecommendationRun | null; items: readonly Recommendation[] }) {
  if (!run) return null;
  const table = () => ({
    columns: [t("Recommendation"), t("Figure"), t("Value"), t("from"), t("up to")].map((label) => ({ label })),
    rows: items.flatMap((item) => item.figures.map(({ name, value, low, high }) => [worded(item).title, figureName(name), value, low, high])),
  });
  return (
    <section className="card" aria-labelledby="examined-title">
      <header className="card-head"><h2 id="examined-title">{t("What was looked at")}</h2><span className="faint">{rich("on {day}, {time}", { day: shortDay(run.day), time: <Ago at={run.madeAt} /> })}{run.madeBy && <>, <bdi>{run.madeBy}</bdi></>}</span>{items.length > 0 && <CsvButton name={["recommendations", run.day]} table={table} />}</header>
      <dl className="facts card-facts">
        <div><dt>{t("Rules with enough alarms")}</dt><dd>{number(run.rules)}</dd></div>
        <div><dt>{t("Campaigns with a holdout")}</dt><dd>{number(run.campaigns)}</dd></div>
        <div><dt>{t("Lessons and modules with enough learners")}</dt><dd>{number(run.lessons)}</dd></div>
        <div><dt>{t("Learners played under other thresholds")}</dt><dd>{number(run.learners)}<small className="faint">{t("{n} sets of rules", { n: run.thresholds })}</small></dd></div>
        <div><dt>{t("Took")}</dt><dd>{t("{n} s", { n: number(run.seconds) })}</dd></div>
      </dl>
      <p className="faint">{t("Only what lies beyond chance is recommended, over everything that was looked at together. Intervals are of 95%.")}</p>
    </section>
  );
}

function Item({ item, role }: { item: Recommendation; role: WhoAmI["role"] }) {
  const { title, text } = worded(item);
  const dismiss = useDismiss();
  const mayAct = role !== "viewer";
  return (
    <article className="card recommendation" data-kind={item.kind}>
      <header className="card-head"><h2 dir="auto">{title}</h2><span className="pill">{kindName(item.kind)}</span><span className="faint">{rich("first seen {time}", { time: <Ago at={item.firstMadeAt} /> })}</span></header>
      <p dir="auto">{text}</p>
      <dl className="facts card-facts">{item.figures.map((figure) => <div key={figure.name}><dt>{figureName(figure.name)}</dt><dd>{figureText(figure)}</dd></div>)}</dl>
      {dismiss.error && <p className="problem" role="alert">{dismiss.error.message}</p>}
      <p className="line tools">
        {item.try && mayAct && <TryIt rules={item.try.rules} title={title} />}
        <Link href={item.evidence}>{t("See the evidence")}</Link>
        {mayAct && <button type="button" className="quiet" disabled={dismiss.isPending} onClick={() => dismiss.mutate(item.id)}>{t("Dismiss for 30 days")}</button>}
      </p>
    </article>
  );
}

/** Puts the proposed rules into the editor as a draft: the dry run and everything before publishing is there. */
function TryIt({ rules, title }: { rules: readonly object[]; title: string }) {
  const queries = useQueryClient();
  const active = useRules();
  return (
    <button type="button" disabled={!active.data} onClick={() => {
      proposeRules(queries, active.data!.version, rules, title);
      navigate("/rules");
    }}>{t("Try it in a dry run")}</button>
  );
}

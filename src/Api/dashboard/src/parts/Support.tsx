import type { Correlation, PersonWork, SupportFigures, SupportOfTag } from "../api/schema";
import { compact, count, number, percentOf } from "../format";
import { t } from "../language";
import { tagFacts } from "../tags";
import { CsvButton } from "./CsvButton";
import { Nothing } from "./States";
import { TagChip } from "./Chips";
import { Within } from "./Within";

const nameOf = ({ tag }: SupportOfTag) => (tag === null ? t("All tags") : tagFacts[tag].name);
const rate = (n: number) => n.toFixed(3);
const signed = (n: number) => n.toFixed(2).replace("-", "−");

/** Tickets and answers by status, and whether they go with health. */
export function Support({ of }: { of: SupportFigures }) {
  const rows = [...of.tags, of.all];
  const columns = () => [t("Tag"), t("Tickets"), t("Per customer and month"), t("NPS"), t("NPS answers"), t("Tickets with health"), t("NPS with health")];
  const table = () => ({
    columns: columns().map((label) => ({ label })),
    rows: rows.map((row) => [nameOf(row), row.tickets, row.ticketsPerCustomerMonth && row.ticketsPerCustomerMonth.value, row.nps && row.nps.value, row.npsAnswers, row.ticketsWithHealth && row.ticketsWithHealth.value, row.npsWithHealth && row.npsWithHealth.value]),
  });
  return (
    <section className="card" aria-labelledby="support-title">
      <header className="card-head"><h2 id="support-title">{t("Support and NPS by status")}</h2><CsvButton name={["support"]} table={table} /></header>
      <div className="figures-scroll wide" role="group" aria-labelledby="support-title" tabIndex={0}>
        <table className="matrix">
          <thead><tr>{columns().map((label) => <th key={label} scope="col">{label}</th>)}</tr></thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.tag ?? "all"}>
                <th scope="row">{row.tag === null ? t("All tags") : <TagChip tag={row.tag} />}</th>
                <td title={count(row.tickets)}>{compact(row.tickets)}</td><td><Within figure={row.ticketsPerCustomerMonth} show={rate} /></td>
                <td><Within figure={row.nps} show={number} /></td><td>{compact(row.npsAnswers)}</td>
                <td><Together of={row.ticketsWithHealth} /></td><td><Together of={row.npsWithHealth} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="faint">{t("The last two are rank correlations with the health score of now, from −1 to 1, of customers who have the status now; with fewer than 30 there is none.")}{of.isSample && ` ${t("They are of a sample of customers.")}`}</p>
    </section>
  );
}

const Together = ({ of }: { of: Correlation | null }) => <Within figure={of} show={signed} />;

/** What each person decided and did, and what became of it. */
export function PeopleAtWork({ rows }: { rows: readonly PersonWork[] }) {
  const columns = () => [t("Person"), t("Reviews decided"), t("Median time"), t("Approved"), t("Tasks completed"), t("Recovered within 30 days")];
  const table = () => ({
    columns: columns().map((label) => ({ label })),
    rows: rows.map((row) => [row.name, row.reviewsDecided, row.medianHours, row.approvedShare, row.tasksCompleted, row.recoveryRate]),
  });
  return (
    <section className="card" aria-labelledby="people-title">
      <header className="card-head"><h2 id="people-title">{t("Who decided and who called")}</h2><CsvButton name={["people"]} table={table} disabled={rows.length === 0} /></header>
      {rows.length === 0 ? <Nothing why={t("Nobody decided a review or completed a task in these days.")} /> : (
        <div className="figures-scroll wide" role="group" aria-labelledby="people-title" tabIndex={0}>
          <table className="matrix">
            <thead><tr>{columns().map((label) => <th key={label} scope="col">{label}</th>)}</tr></thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.name}>
                  <th scope="row">{row.name}</th><td>{compact(row.reviewsDecided)}</td><td>{row.medianHours === null ? "–" : t("{n} h", { n: number(row.medianHours) })}</td>
                  <td>{row.approvedShare === null ? "–" : percentOf(row.approvedShare)}</td><td>{compact(row.tasksCompleted)}</td>
                  <td>{row.recoveryRate === null ? "–" : <>{percentOf(row.recoveryRate)}<small>{t("{n} of {all}", { n: count(row.recovered), all: count(row.atRisk) })}</small></>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

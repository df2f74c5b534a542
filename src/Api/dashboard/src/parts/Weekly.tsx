import { useState } from "react";
import { useWeekly } from "../api/analytics";
import type { WeekFigures } from "../api/schema";
import type { Table } from "../analytics/csv";
import type { Range } from "../analytics/range";
import { sumOfWeek } from "../analytics/weekly";
import { compact, compactMoney, count, money, number, shortDay } from "../format";
import { t } from "../language";
import { allTags, tagFacts, type StatusTag } from "../tags";
import { CsvButton } from "./CsvButton";
import { Trouble, Waiting } from "./States";

const columns = () => [t("Week of"), t("Messages opened"), t("Messages clicked"), t("Messages converted"), t("NPS"), t("NPS answers"), t("Tickets"), t("Revenue kept")];

function tableOf(weeks: readonly WeekFigures[], tag: StatusTag | null): Table {
  return {
    columns: columns().map((label) => ({ label })),
    rows: weeks.map((week) => {
      const { opens, clicks, conversions, nps, npsAnswers, tickets } = sumOfWeek(week, tag);
      return [week.week, opens, clicks, conversions, nps, npsAnswers, tickets, week.revenueKept];
    }),
  };
}

/** What messages brought, what customers said, and what recoveries kept, by business week. */
export function Weekly({ range }: { range: Range | null }) {
  const [tag, setTag] = useState<StatusTag | null>(null);
  const weekly = useWeekly(range);
  const weeks = weekly.data?.weeks ?? [];
  return (
    <section className="card" aria-labelledby="weekly-title">
      <header className="card-head">
        <h2 id="weekly-title">{t("By week")}</h2>
        <label className="check">{t("Tag")} <select value={tag ?? ""} onChange={(event) => setTag((event.target.value || null) as StatusTag | null)}>
          <option value="">{t("All tags")}</option>
          {allTags.map((each) => <option key={each} value={each}>{tagFacts[each].name}</option>)}
        </select></label>
        <CsvButton name={["weekly", ...(tag ? [tag] : [])]} table={() => tableOf(weeks, tag)} disabled={weeks.length === 0} />
      </header>
      {weekly.error && !weekly.data ? <Trouble error={weekly.error} again={() => void weekly.refetch()} />
        : !weekly.data ? <Waiting lines={6} />
        : (
          <div className="figures-scroll wide" role="group" aria-labelledby="weekly-title" tabIndex={0} data-stale={weekly.isPlaceholderData}>
            <table className="matrix">
              <thead><tr>{columns().map((label) => <th key={label} scope="col">{label}</th>)}</tr></thead>
              <tbody>{weeks.map((week) => <Week key={week.week} week={week} tag={tag} />).reverse()}</tbody>
            </table>
          </div>
        )}
      <p className="faint">{t("Messages count for the tag they were sent for, answers and tickets for the tag of then. Revenue kept is what customers of any tag paid within 90 days of a recovery.")}</p>
    </section>
  );
}

function Week({ week, tag }: { week: WeekFigures; tag: StatusTag | null }) {
  const { opens, clicks, conversions, nps, npsAnswers, tickets } = sumOfWeek(week, tag);
  return (
    <tr>
      <th scope="row">{shortDay(week.week)}{week.partial && <small>{t("not whole")}</small>}</th>
      <td title={count(opens)}>{compact(opens)}</td><td title={count(clicks)}>{compact(clicks)}</td><td title={count(conversions)}>{compact(conversions)}</td>
      <td>{nps === null ? "–" : number(nps)}</td><td>{compact(npsAnswers)}</td><td>{compact(tickets)}</td>
      <td title={money(week.revenueKept)}>{compactMoney(week.revenueKept)}</td>
    </tr>
  );
}

import { useState, type FormEvent } from "react";
import { useCampaignCosts, useSetCampaignCosts } from "../api/analytics";
import type { CampaignPayback, CostsOfSends } from "../api/schema";
import { campaignName, campaignPath, channelNames, isOfReviews } from "../campaigns";
import { compact, compactMoney, count, money } from "../format";
import { t } from "../language";
import { Link } from "../router";
import { CsvButton } from "./CsvButton";
import { Nothing, Trouble, Waiting } from "./States";
import { Within } from "./Within";

const startsMin = 100;
const wholePercent = (n: number) => `${compact(Math.round(n))}%`;

/** What campaigns brought in against their holdout, and what they cost. */
export function Payback({ rows, isAdmin }: { rows: readonly CampaignPayback[]; isAdmin: boolean }) {
  const [opensCosts, setOpensCosts] = useState(false);
  const columns = () => [t("Campaign"), t("Starts"), t("Held out"), t("Paid per start"), t("Held out paid"), t("Difference"), t("Cost"), t("Net"), t("Return")];
  const table = () => ({
    columns: columns().map((label) => ({ label })),
    rows: rows.map((row) => [row.name, row.starts, row.heldOut, row.meanPaid, row.heldOutMeanPaid, row.perStart && row.perStart.value, row.cost, row.net && row.net.value, row.roi && row.roi.value]),
  });
  return (
    <section className="card" aria-labelledby="payback-title">
      <header className="card-head">
        <h2 id="payback-title">{t("What campaigns bring in")}</h2>
        {isAdmin && <button type="button" className="small" aria-expanded={opensCosts} onClick={() => setOpensCosts(!opensCosts)}>{t("Costs of sends …")}</button>}
        <CsvButton name={["payback"]} table={table} disabled={rows.length === 0} />
      </header>
      {opensCosts && <Costs campaigns={rows.map(({ name }) => name)} close={() => setOpensCosts(false)} />}
      {rows.length === 0 ? <Nothing why={t("No campaign started in these days of which 90 days are over.")}><Link href="/campaigns">{t("All campaigns")}</Link></Nothing> : (
        <>
          <div className="figures-scroll wide" role="group" aria-labelledby="payback-title" tabIndex={0}>
            <table className="matrix">
              <thead><tr>{columns().map((label) => <th key={label} scope="col">{label}</th>)}</tr></thead>
              <tbody>{rows.map((row) => <Line key={row.name} row={row} />)}</tbody>
            </table>
          </div>
          <p className="faint">{t("Payments within 90 days of a start that came to the holdout’s draw, by those who got the campaign and by those held out. The interval holds at 95% however often it is looked at.")}</p>
        </>
      )}
    </section>
  );
}

function Line({ row }: { row: CampaignPayback }) {
  const name = campaignName(row.name);
  return (
    <tr>
      <th scope="row">{isOfReviews(row.name) ? name : <Link href={campaignPath(row.name)} className="behind-name">{name}</Link>}</th>
      <td>{compact(row.starts)}</td><td>{compact(row.heldOut)}</td>
      <td title={money(row.meanPaid)}>{compactMoney(row.meanPaid)}</td><td>{row.heldOut === 0 ? "–" : <span title={money(row.heldOutMeanPaid)}>{compactMoney(row.heldOutMeanPaid)}</span>}</td>
      <td className={row.certain ? "matrix-by" : ""} data-good={row.certain && row.perStart ? row.perStart.value > 0 : "none"}>{row.perStart ? <Within figure={row.perStart} show={compactMoney} /> : <span className="faint">{tooFew(row)}</span>}</td>
      <td>{row.cost === 0 ? "–" : <span title={money(row.cost)}>{compactMoney(row.cost)}</span>}</td>
      <td><Within figure={row.net} show={compactMoney} /></td><td><Within figure={row.roi} show={wholePercent} /></td>
    </tr>
  );
}

const tooFew = ({ heldOut, starts }: CampaignPayback) =>
  heldOut === 0 ? t("nobody held out")
    : heldOut < startsMin ? t("{n} of {min} held out", { n: count(heldOut), min: startsMin })
    : starts < startsMin ? t("{n} of {min} starts", { n: count(starts), min: startsMin })
    : t("all paid the same");

function Costs({ campaigns, close }: { campaigns: readonly string[]; close: () => void }) {
  const costs = useCampaignCosts();
  if (costs.error && !costs.data) return <Trouble error={costs.error} again={() => void costs.refetch()} />;
  return costs.data ? <CostsForm costs={costs.data} campaigns={campaigns} close={close} /> : <Waiting lines={2} />;
}

type Texts = Record<string, string>;
const texts = (amounts: Record<string, number>): Texts => Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, String(amount)]));
const amounts = (given: Texts): Record<string, number> => Object.fromEntries(Object.entries(given).filter(([, text]) => Number(text) > 0).map(([name, text]) => [name, Number(text)]));

function CostsForm({ costs, campaigns, close }: { costs: CostsOfSends; campaigns: readonly string[]; close: () => void }) {
  const [channels, setChannels] = useState(() => texts(costs.channels));
  const [given, setGiven] = useState(() => texts(costs.campaigns));
  const set = useSetCampaignCosts();
  const names = [...new Set([...campaigns, ...Object.keys(costs.campaigns)])].sort();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate({ channels: amounts(channels), campaigns: amounts(given) }, { onSuccess: close });
  };
  const field = (key: string, label: string, of: Texts, change: (to: Texts) => void) => (
    <label key={key}>{label}<span className="with-unit"><input type="number" inputMode="decimal" min={0} max={1_000_000} step="any" placeholder="0" value={of[key] ?? ""} onChange={(event) => change({ ...of, [key]: event.target.value })} /></span></label>
  );
  return (
    <form className="goal-form costs-form" onSubmit={submit} onKeyDown={(press) => press.key === "Escape" && close()}>
      <h3>{t("One send")}</h3>
      {Object.entries(channelNames).map(([name, label]) => field(name, label, channels, setChannels))}
      <h3>{t("Given away with each send")}</h3>
      {names.map((name) => field(name, campaignName(name), given, setGiven))}
      <p className="faint">{t("In the installation’s currency. What is empty costs nothing. The audit log keeps the change.")}</p>
      <button type="submit" className="primary" disabled={set.isPending}>{t("Set")}</button>
      <button type="button" className="quiet" onClick={close}>{t("Leave it")}</button>
      {set.error && <p className="problem" role="alert">{set.error.message}</p>}
    </form>
  );
}

import { useActionAct, useActions, type ActionFilter } from "../api/campaigns";
import { api } from "../api/client";
import { useSession } from "../api/queries";
import type { ActionRow } from "../api/schema";
import { actionsTable } from "../campaigning/tables";
import { campaignName, campaignPath, channelNames, isOfReviews, reasonOf, statusNames } from "../campaigns";
import { rich, t } from "../language";
import { useMayDecide } from "../may";
import { journeyPath, Link } from "../router";
import { CsvOfAll } from "./CsvOfAll";
import { Person } from "./Person";
import { MoreLines, Nothing, Trouble, Waiting } from "./States";
import { Ago, At } from "./Time";

/** What a customer was sent, is going to be sent, and was not sent and why. */
export function MessagesCard({ id }: { id: string }) {
  return (
    <section className="card" aria-labelledby="messages-title">
      <header className="card-head"><h2 id="messages-title">{t("Messages")}</h2>{useMayDecide() && <Link className="card-more" href={journeyPath(id)}>{t("What would come next")}</Link>}<ActionsCsv filter={{ customer: id }} name={["messages", id]} /></header>
      <Actions filter={{ customer: id }} by="campaign"><Nothing why={t("No campaign has started for this customer.")}>{t("One starts when the tag moves.")}</Nothing></Actions>
    </section>
  );
}

/** The actions that fit, as a file. */
export const ActionsCsv = ({ filter, name, disabled = false }: { filter: ActionFilter; name: readonly string[]; disabled?: boolean }) => (
  <CsvOfAll name={name} disabled={disabled} page={(cursor, limit) => api.actions(filter, limit, cursor)} table={actionsTable} />
);

/** What each line names: the other of the two is what they have in common. */
type By = "campaign" | "customer" | "both";

/** Actions, newest first, each with what became of it. */
export function Actions({ filter, by, limit = 10, children }: { filter: ActionFilter; by: By; limit?: number; children: React.ReactNode }) {
  const actions = useActions(filter, limit);
  const rows = actions.data?.pages.flatMap((page) => page.items) ?? [];
  const isAdmin = useSession().data?.role === "admin";
  if (actions.error && !actions.data) return <Trouble error={actions.error} again={() => void actions.refetch()} />;
  if (!actions.data) return <Waiting lines={4} />;
  if (rows.length === 0) return children;
  return (
    <>
      <ul className="rows actions">{rows.map((row) => <Action key={row.id} row={row} by={by} isAdmin={isAdmin} />)}</ul>
      <MoreLines list={actions} label={t("Earlier")} />
    </>
  );
}

const isPending = ({ status }: ActionRow) => status === "scheduled" || status === "held";
const mayGoAgain = ({ status, reason }: ActionRow) => status === "failed" || status === "uncertain" || (status === "suppressed" && reason?.includes(" is not set up:"));

function Action({ row, by, isAdmin }: { row: ActionRow; by: By; isAdmin: boolean }) {
  const act = useActionAct();
  return (
    <li data-action={row.id}>
      <span className="line">
        {by !== "campaign" && <Person id={row.customerId} />}
        {by === "customer" ? null : isOfReviews(row.campaign) ? <b>{campaignName(row.campaign)}</b>
          : <Link className="who" href={campaignPath(row.campaign)}><b>{campaignName(row.campaign)}</b></Link>}
        {row.step > 1 && <span className="faint">{t("message {n}", { n: row.step })}</span>}
        <span className="faint">{row.variant ? t("{channel}, variant {variant}", { channel: channelNames[row.channel], variant: row.variant }) : channelNames[row.channel]}</span>
        <span className="pill" data-action-status={row.status}>{statusNames[row.status]}</span>
      </span>
      <span className="line muted action-more">
        <span>{row.sentAt ? <Ago at={row.sentAt} /> : isPending(row) ? rich("due {time}", { time: <Ago at={row.dueAt ?? row.scheduledFor} /> }) : rich("planned for {time}", { time: <At at={row.scheduledFor} /> })}{row.reason && <>: {reasonOf(row.reason)}</>}</span>
        {isAdmin && isPending(row) && <button type="button" className="small" disabled={act.isPending} onClick={() => act.mutate({ id: row.id, act: "cancel" })}>{t("Cancel")}</button>}
        {isAdmin && mayGoAgain(row) && <button type="button" className="small" disabled={act.isPending} onClick={() => act.mutate({ id: row.id, act: "replay" })}>{t("Send again")}</button>}
      </span>
      {act.error && <small className="error" role="alert">{act.error.message}</small>}
    </li>
  );
}

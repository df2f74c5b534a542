import { useMailbox, useMailboxMessage } from "../api/campaigns";
import { api } from "../api/client";
import type { MailboxRow } from "../api/schema";
import { campaignName, campaignPath, channelNames, isOfReviews } from "../campaigns";
import { t } from "../language";
import { CsvOfAll } from "../parts/CsvOfAll";
import { MessageView } from "../parts/MessageView";
import { Person } from "../parts/Person";
import { MoreLines, Nothing, Trouble, Waiting } from "../parts/States";
import { Ago, At } from "../parts/Time";
import { Link, navigate, useSearch } from "../router";
import { useTitle } from "../title";

export function MailboxPage() {
  useTitle(t("Mailbox"));
  const wanted = new URLSearchParams(useSearch()).get("key");
  const mailbox = useMailbox();
  const rows = mailbox.data?.pages.flatMap((page) => page.items) ?? [];
  const channels = mailbox.data?.pages[0]?.channels ?? [];
  const key = wanted ?? rows[0]?.key ?? null;
  return (
    <section className="card mailbox" aria-labelledby="mailbox-title">
      <header className="card-head"><h1 id="mailbox-title">{t("Mailbox")}</h1><CsvOfAll name={["mailbox"]} disabled={rows.length === 0} page={(cursor, limit) => api.mailbox(cursor, undefined, limit)} table={asTable} /></header>
      <p className="lead">{channels.length > 0 ? t("Messages by {channels} are kept here instead of being sent: nobody is contacted. The last 500 of this process stay until it ends.", { channels: listed(channels.map((each) => channelNames[each as MailboxRow["channel"]] ?? each)) }) : t("Messages go out by their channels: nothing is kept here.")}</p>
      {mailbox.error && !mailbox.data ? <Trouble error={mailbox.error} again={() => void mailbox.refetch()} />
        : !mailbox.data ? <Waiting lines={8} />
        : rows.length === 0 ? <Nothing why={t("Nothing is kept here.")}>{channels.length > 0 && t("The next message shows by itself.")}</Nothing>
        : (
          <div className="mailbox-columns">
            <div className="mailbox-list"><ul>{rows.map((row) => <Line key={row.key} row={row} isCurrent={row.key === key} />)}</ul><MoreLines list={mailbox} label={t("Earlier")} /></div>
            {key && <Message key={key} id={key} />}
          </div>
        )}
    </section>
  );
}

/** "Email, Push and LINE" */
function listed(all: readonly string[]): string {
  const last = all.at(-1) ?? "";
  return all.length < 2 ? last : t("{some} and {last}", { some: all.slice(0, -1).join(t(", ")), last });
}

const asTable = (rows: readonly MailboxRow[]) => ({
  columns: [t("At"), t("Customer id"), t("Channel"), t("Sent to"), t("Subject"), t("Campaign"), t("Message"), t("Action id")].map((label) => ({ label })),
  rows: rows.map(({ at, customerId, channel, to, subject, campaign, step, actionId }) => [at, customerId, channelNames[channel], to, subject, campaign, step, actionId]),
});

const Line = ({ row, isCurrent }: { row: MailboxRow; isCurrent: boolean }) => (
  <li>
    <Link href={`/mailbox?key=${row.key}`} aria-current={isCurrent ? "true" : undefined} onClick={(event) => { event.preventDefault(); navigate(`/mailbox?key=${row.key}`, "replace"); }}>
      <span className="line"><b className="cut" dir="auto">{row.subject || campaignName(row.campaign)}</b><Ago at={row.at} /></span>
      <span className="line faint"><span>{channelNames[row.channel]}</span><bdi className="cut">{row.to || row.customerId}</bdi></span>
    </Link>
  </li>
);

function Message({ id }: { id: string }) {
  const asked = useMailboxMessage(id);
  if (asked.error) return <div><Nothing why={t("This message is not kept any more.")} /></div>;
  if (!asked.data) return <Waiting lines={10} />;
  const { message, text, html } = asked.data;
  const json = message.channel === "webhook" ? parsed(text) : null;
  return (
    <div className="mailbox-message">
      <dl className="facts">
        <div><dt>{t("For")}</dt><dd><Person id={message.customerId} /></dd></div>
        {message.to && <div><dt>{t("Sent to")}</dt><dd><bdi className="break">{message.to}</bdi></dd></div>}
        <div><dt>{t("Campaign")}</dt><dd>{isOfReviews(message.campaign) ? campaignName(message.campaign) : <Link href={campaignPath(message.campaign)}>{campaignName(message.campaign)}</Link>}{message.step > 1 && <> · {t("message {n}", { n: message.step })}</>}</dd></div>
        <div><dt>{t("At")}</dt><dd><At at={message.at} /></dd></div>
      </dl>
      <MessageView message={{ subject: message.subject, text, html, json }} />
    </div>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

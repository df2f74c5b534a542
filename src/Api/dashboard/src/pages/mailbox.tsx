import { useMailbox, useMailboxMessage } from "../api/campaigns";
import type { MailboxRow } from "../api/schema";
import { campaignName, campaignPath, channelNames, isOfReviews, listed } from "../campaigns";
import { MessageView } from "../parts/MessageView";
import { Person } from "../parts/Person";
import { MoreLines, Nothing, Trouble, Waiting } from "../parts/States";
import { Ago, At } from "../parts/Time";
import { Link, navigate, useSearch } from "../router";
import { useTitle } from "../title";

export function MailboxPage() {
  useTitle("Mailbox");
  const wanted = new URLSearchParams(useSearch()).get("key");
  const mailbox = useMailbox();
  const rows = mailbox.data?.pages.flatMap((page) => page.items) ?? [];
  const channels = mailbox.data?.pages[0]?.channels ?? [];
  const key = wanted ?? rows[0]?.key ?? null;
  return (
    <section className="card mailbox" aria-labelledby="mailbox-title">
      <header className="card-head"><h1 id="mailbox-title">Mailbox</h1></header>
      <p className="lead">{channels.length > 0 ? `Messages by ${listed(channels.map((each) => channelNames[each as MailboxRow["channel"]] ?? each), "and")} are kept here instead of being sent: nobody is contacted. The last 500 of this process stay until it ends.` : "Messages go out by their channels: nothing is kept here."}</p>
      {mailbox.error && !mailbox.data ? <Trouble error={mailbox.error} again={() => void mailbox.refetch()} />
        : !mailbox.data ? <Waiting lines={8} />
        : rows.length === 0 ? <Nothing why="Nothing is kept here.">{channels.length > 0 && "The next message shows by itself."}</Nothing>
        : (
          <div className="mailbox-columns">
            <div className="mailbox-list"><ul>{rows.map((row) => <Line key={row.key} row={row} isCurrent={row.key === key} />)}</ul><MoreLines list={mailbox} label="Earlier" /></div>
            {key && <Message key={key} id={key} />}
          </div>
        )}
    </section>
  );
}

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
  if (asked.error) return <div><Nothing why="This message is not kept any more." /></div>;
  if (!asked.data) return <Waiting lines={10} />;
  const { message, text, html } = asked.data;
  const json = message.channel === "webhook" ? parsed(text) : null;
  return (
    <div className="mailbox-message">
      <dl className="facts">
        <div><dt>For</dt><dd><Person id={message.customerId} /></dd></div>
        {message.to && <div><dt>To</dt><dd><bdi className="break">{message.to}</bdi></dd></div>}
        <div><dt>Campaign</dt><dd>{isOfReviews(message.campaign) ? campaignName(message.campaign) : <Link href={campaignPath(message.campaign)}>{campaignName(message.campaign)}</Link>}{message.step > 1 && ` · message ${message.step}`}</dd></div>
        <div><dt>At</dt><dd><At at={message.at} /></dd></div>
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

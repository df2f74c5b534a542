import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { api } from "../api/client";
import type { CardRow, MadeCard } from "../api/schema";
import type { Table } from "../analytics/csv";
import { serverNow } from "../clock";
import { rich, t } from "../language";
import { Copy } from "./Copy";
import { CsvButton } from "./CsvButton";
import { endOf, Lifetime } from "./Lifetime";
import { Nothing, Trouble, Waiting } from "./States";
import { Ago, At } from "./Time";

const cardKeys = ["cards"] as const;

/** Links to the figures of now for other pages, such as an intranet. */
export function CardsCard() {
  const cards = useQuery({ queryKey: cardKeys, queryFn: ({ signal }) => api.cards(signal) });
  return (
    <section className="card" aria-labelledby="cards-title">
      <header className="card-head"><h2 id="cards-title">{t("Cards for other pages")}</h2><CsvButton name={["cards"]} table={() => tableOf(cards.data?.items ?? [])} disabled={!cards.data?.items.length} /></header>
      <p className="lead">{t("A link to the customers per tag, made to be embedded elsewhere. Whoever has it sees these figures and nothing of any customer.")}</p>
      <NewCard />
      {cards.error && !cards.data ? <Trouble error={cards.error} again={() => void cards.refetch()} />
        : !cards.data ? <Waiting lines={2} />
        : cards.data.items.length === 0 ? <Nothing why={t("There is no card.")} />
        : <ul className="rows" aria-label={t("Cards")}>{cards.data.items.map((card) => <Row key={card.id} card={card} />)}</ul>}
    </section>
  );
}

const tableOf = (cards: readonly CardRow[]): Table => ({
  columns: [t("Heading"), t("Made"), t("Made by"), t("Ends")].map((label) => ({ label })), rows: cards.map((card) => [card.name, card.createdAt, card.createdBy, card.expiresAt]),
});

function NewCard() {
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [days, setDays] = useState<number | null>(null);
  const make = useMutation({
    mutationFn: () => api.makeCard({ name, expiresAt: endOf(days) }),
    onSuccess: () => setName(""),
    onSettled: () => queries.invalidateQueries({ queryKey: cardKeys }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <form className="filters" aria-label={t("Make a card")} onSubmit={submit}>
      <input aria-label={t("The card’s heading")} placeholder={t("Heading")} value={name} maxLength={100} required onChange={(event) => setName(event.target.value)} />
      <Lifetime label={t("When the card ends")} days={days} choose={setDays} />
      <button type="submit" disabled={make.isPending || name.trim() === ""}>{t("Make a card")}</button>
      {make.error && <p className="error" role="alert">{make.error.message}</p>}
      {make.data && <Made made={make.data} forget={() => make.reset()} />}
    </form>
  );
}

/** Only here: the server keeps no more than a fingerprint of the link. */
function Made({ made, forget }: { made: MadeCard; forget: () => void }) {
  const url = new URL(made.path, location.origin).href;
  const frame = `<iframe src="${url}" title="L-Step" width="420" height="440"></iframe>`;
  return (
    <div className="made-key" role="status">
      <p><b>{rich("The link of {name}, shown this once:", { name: <bdi>{made.name}</bdi> })}</b> <a href={url} target="_blank" rel="noreferrer">{t("open it")}</a></p>
      <p className="line"><code className="break">{url}</code><Copy text={url} /></p>
      <p className="line"><code className="break">{frame}</code><Copy text={frame} /><button type="button" onClick={forget}>{t("Done")}</button></p>
    </div>
  );
}

function Row({ card }: { card: CardRow }) {
  const queries = useQueryClient();
  const [asking, ask] = useState(false);
  const end = useMutation({ mutationFn: () => api.deleteCard(card.id), onSettled: () => queries.invalidateQueries({ queryKey: cardKeys }) });
  const isOver = card.expiresAt !== null && Date.parse(card.expiresAt) <= serverNow();
  return (
    <li data-card={card.id}>
      <p className="line">
        <b className="cut"><bdi>{card.name}</bdi></b>{isOver && <span className="pill">{t("expired")}</span>}
        {!asking && <button type="button" className="small" aria-label={t("Delete {name}", { name: card.name })} onClick={() => ask(true)}>{t("Delete")}</button>}
      </p>
      <p className="muted">{rich("Made {ago} by {person}.", { ago: <Ago at={card.createdAt} />, person: <bdi>{card.createdBy}</bdi> })}{card.expiresAt && <> {rich("Ends {at}.", { at: <At at={card.expiresAt} /> })}</>}</p>
      {end.error && <p className="error" role="alert">{end.error.message}</p>}
      {asking && (
        <p className="line asking" role="group" aria-label={t("Delete {name}?", { name: card.name })}>
          <span>{t("Pages that embed it show nothing from then on.")}</span>
          <button type="button" autoFocus disabled={end.isPending} onClick={() => end.mutate()}>{t("Delete it")}</button>
          <button type="button" onClick={() => ask(false)}>{t("Keep it")}</button>
        </p>
      )}
    </li>
  );
}

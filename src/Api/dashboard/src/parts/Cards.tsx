import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { api } from "../api/client";
import type { CardRow, MadeCard } from "../api/schema";
import { serverNow } from "../clock";
import { Copy } from "./Copy";
import { endOf, Lifetime } from "./Lifetime";
import { Nothing, Trouble, Waiting } from "./States";
import { Ago, At } from "./Time";

const cardKeys = ["cards"] as const;

/** Links to the figures of now for other pages, such as an intranet. */
export function CardsCard() {
  const cards = useQuery({ queryKey: cardKeys, queryFn: ({ signal }) => api.cards(signal) });
  return (
    <section className="card" aria-labelledby="cards-title">
      <header className="card-head"><h2 id="cards-title">Cards for other pages</h2></header>
      <p className="lead">A link to the customers per tag, made to be embedded elsewhere. Whoever has it sees these figures and nothing of any customer.</p>
      <NewCard />
      {cards.error && !cards.data ? <Trouble error={cards.error} again={() => void cards.refetch()} />
        : !cards.data ? <Waiting lines={2} />
        : cards.data.items.length === 0 ? <Nothing why="There is no card." />
        : <ul className="rows" aria-label="Cards">{cards.data.items.map((card) => <Row key={card.id} card={card} />)}</ul>}
    </section>
  );
}

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
    <form className="filters" aria-label="Make a card" onSubmit={submit}>
      <input aria-label="The card’s heading" placeholder="Heading" value={name} maxLength={100} required onChange={(event) => setName(event.target.value)} />
      <Lifetime label="When the card ends" days={days} choose={setDays} />
      <button type="submit" disabled={make.isPending || name.trim() === ""}>Make a card</button>
      {make.error && <p className="error" role="alert">{make.error.message}</p>}
      {make.data && <Made made={make.data} forget={() => make.reset()} />}
    </form>
  );
}

/** Only here: the server keeps no more than a fingerprint of the link. */
function Made({ made, forget }: { made: MadeCard; forget: () => void }) {
  const url = new URL(made.path, location.origin).href;
  const frame = `<iframe src="${url}" title="L-Step" width="420" height="420"></iframe>`;
  return (
    <div className="made-key" role="status">
      <p><b>The link of <bdi>{made.name}</bdi>, shown this once:</b> <a href={url} target="_blank" rel="noreferrer">open it</a></p>
      <p className="line"><code className="break">{url}</code><Copy text={url} /></p>
      <p className="line"><code className="break">{frame}</code><Copy text={frame} /><button type="button" onClick={forget}>Done</button></p>
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
        <b className="cut"><bdi>{card.name}</bdi></b>{isOver && <span className="pill">expired</span>}
        {!asking && <button type="button" className="small" aria-label={`Delete ${card.name}`} onClick={() => ask(true)}>Delete</button>}
      </p>
      <p className="muted">Made <Ago at={card.createdAt} /> by <bdi>{card.createdBy}</bdi>.{card.expiresAt && <> Ends <At at={card.expiresAt} />.</>}</p>
      {end.error && <p className="error" role="alert">{end.error.message}</p>}
      {asking && (
        <p className="line asking" role="group" aria-label={`Delete ${card.name}?`}>
          <span>Pages that embed it show nothing from then on.</span>
          <button type="button" autoFocus disabled={end.isPending} onClick={() => end.mutate()}>Delete it</button>
          <button type="button" onClick={() => ask(false)}>Keep it</button>
        </p>
      )}
    </li>
  );
}

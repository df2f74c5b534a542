import { useState } from "react";
import { useCustomers } from "../api/queries";
import { t } from "../language";
import { SearchBox } from "./SearchBox";

const offeredMax = 6;

/** A search that offers who fits; one of them is chosen. */
export function ChooseCustomer({ label, placeholder, choose }: { label: string; placeholder: string; choose: (id: string) => void }) {
  const [q, setQ] = useState("");
  const found = useCustomers({ q: q || undefined });
  const offered = q === "" ? [] : (found.data?.pages[0]?.items ?? []).slice(0, offeredMax);
  return (
    <div className="choose">
      <SearchBox label={label} placeholder={placeholder} value={q} change={setQ} />
      {offered.length > 0 && <ul className="offered">{offered.map(({ id, name }) => <li key={id}><button type="button" onClick={() => { choose(id); setQ(""); }}><bdi>{name ?? id}</bdi>{name && <bdi className="faint">{id}</bdi>}</button></li>)}</ul>}
      {q !== "" && found.isSuccess && !found.isPlaceholderData && offered.length === 0 && <p className="offered muted" role="status">{t("Nobody of this name or id.")}</p>}
    </div>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState, type KeyboardEvent as Key } from "react";
import { api } from "../api/client";
import { chooseLanguage, languageChoice, languages, t, translate, type Language } from "../language";
import { mayDecide } from "../may";
import { fitting, grouped, moved, opensPalette, type Command } from "../palette";
import { customerPath, navigate, routeOf, usePath } from "../router";
import { tagFacts } from "../tags";
import { chooseTheme, themeChoice, themes, type ThemeChoice } from "../theme";
import type { WhoAmI } from "../api/schema";

interface PaletteProps { session: WhoAmI; pages: readonly { path: string; label: string }[]; signOut: () => void; said: (text: string) => void }

const typingPauseMs = 150;
const customersShown = 8;
const isMac = () => /Mac|iPhone|iPad/.test(navigator.platform);

/** The button of the frame, and the dialog that it and Ctrl-K open. */
export function Palette(props: PaletteProps) {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (key: KeyboardEvent) => {
      if (!opensPalette(key)) return;
      key.preventDefault();
      setOpen((before) => !before);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return (
    <>
      <button type="button" className="palette-button" aria-keyshortcuts="Control+K Meta+K" title={t("Find or do something")} onClick={() => setOpen(true)}>
        <svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="7" cy="7" r="4.5" /><path d="m10.5 10.5 3.2 3.2" /></svg>
        <span>{t("Find …")}</span> <kbd>{isMac() ? "⌘K" : "Ctrl K"}</kbd>
      </button>
      {isOpen && <Dialog {...props} close={() => setOpen(false)} />}
    </>
  );
}

function Dialog({ close, ...props }: PaletteProps & { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const id = useId();
  const customers = useFound(typed);
  const commands = [...fitting(useCommands(props), typed), ...customers.found];
  const place = Math.min(at, commands.length - 1);
  const active = commands[place];
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Given back to where the focus was, also when React takes the dialog away.
    return () => shown?.close();
  }, []);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [active?.id]);
  const run = (command: Command | undefined) => {
    if (!command) return;
    close();
    command.run();
  };
  const onKey = (key: Key) => {
    if (key.nativeEvent.isComposing) return;
    if (key.key === "ArrowDown" || key.key === "ArrowUp") setAt(moved(place, key.key === "ArrowDown" ? 1 : -1, commands.length));
    else if (key.key === "Enter") run(active);
    else return;
    key.preventDefault();
  };
  return (
    <dialog ref={dialog} className="palette" aria-label={t("Find or do something")} onClose={() => !dialog.current?.open && close()} onClick={(click) => click.target === dialog.current && close()}>
      <input type="text" role="combobox" aria-expanded="true" aria-autocomplete="list" aria-controls={`${id}-list`} aria-label={t("Customer, page or action")} placeholder={t("Customer, page or action")}
        aria-activedescendant={active ? `${id}-${place}` : undefined} autoFocus dir="auto" maxLength={200} spellCheck={false} autoComplete="off" value={typed}
        onChange={(event) => { setTyped(event.target.value); setAt(0); }} onKeyDown={onKey} />
      <div ref={list} id={`${id}-list`} className="palette-list" role="listbox" aria-label={t("Search results")}>
        {grouped(commands).map(({ name, commands: lines }) => (
          <div key={name} role="group" aria-label={name}>
            <div className="palette-group" aria-hidden="true">{name}</div>
            {lines.map(({ command, at: line }) => (
              <div key={command.id} id={`${id}-${line}`} role="option" aria-selected={command === active} className="palette-line"
                onPointerMove={() => setAt(line)} onClick={() => run(command)}>
                <bdi className="cut">{command.label}</bdi>{command.hint && <bdi className="cut faint">{command.hint}</bdi>}
              </div>
            ))}
          </div>
        ))}
      </div>
      <p className="palette-note faint" role="status">
        {customers.busy ? t("Searching customers …") : customers.failed ? t("Customers could not be searched.") : commands.length === 0 ? t("Nothing fits.") : t("{n} {n|result|results}", { n: commands.length })}
      </p>
    </dialog>
  );
}

/** Customers by what was typed, once typing pauses. */
function useFound(typed: string) {
  const [asked, setAsked] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  const { data, isFetching, isError } = useQuery({
    queryKey: ["palette", asked], queryFn: ({ signal }) => api.findCustomers(asked, customersShown, signal), enabled: asked !== "", retry: false, placeholderData: (before) => before,
  });
  const found = asked === "" || typed.trim() === "" ? [] : (data?.items ?? []).map((customer): Command => ({
    id: `customer-${customer.id}`, label: customer.name ?? customer.id, hint: [customer.name && customer.id, tagFacts[customer.tag].short].filter(Boolean).join(" · "),
    group: t("Customers"), run: () => navigate(customerPath(customer.id)),
  }));
  return { found, busy: typed.trim() !== asked || (asked !== "" && isFetching), failed: isError };
}

function useCommands({ session, pages, signOut, said }: PaletteProps): Command[] {
  const route = routeOf(usePath());
  const at = route.page === "customer" && mayDecide(session) ? route.id : null;
  const act = (id: string, english: string, label: string, run: () => void, group = t("Commands")): Command => ({ id, label, also: english, group, run });
  const evaluate = (customer: string) => void api.evaluateNow(customer).then(() => said(t("{customer} was evaluated.", { customer })), (trouble: Error) => said(trouble.message));
  return [
    ...(at === null ? [] : [act("evaluate", "Evaluate this customer now", t("Evaluate this customer now"), () => evaluate(at), t("This customer"))]),
    ...pages.map(({ path, label }): Command => ({ id: `page-${path}`, label: translate(label), also: label, group: t("Pages"), run: () => navigate(path) })),
    ...Object.entries(themes).filter(([theme]) => theme !== themeChoice())
      .map(([theme, name]) => act(`theme-${theme}`, `theme ${name}`, t("Theme: {name}", { name: translate(name) }), () => chooseTheme(theme as ThemeChoice))),
    ...Object.entries(languages).filter(([language]) => language !== languageChoice())
      .map(([language, name]) => act(`language-${language}`, `language ${language === "ja" ? "Japanese" : name}`, t("Language: {name}", { name }), () => void chooseLanguage(language as Language))),
    act("sign-out", "Sign out", t("Sign out"), signOut),
  ];
}

import { useState, type FormEvent } from "react";
import { api } from "../api/client";
import { useProviders } from "../api/queries";
import type { WhoAmI } from "../api/schema";
import { rich, t } from "../language";
import { Logo } from "../parts/Logo";
import { LanguageSelect } from "../parts/Settings";
import { useTitle } from "../title";

export function SignInPage({ refusal, onSignedIn }: { refusal: string | null; onSignedIn: (session: WhoAmI) => void }) {
  const [token, setToken] = useState("");
  const [error, setError] = useState(refusal);
  const [busy, setBusy] = useState(false);
  useTitle(t("Sign in"));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      onSignedIn(await api.signIn({ token: token.trim() }));
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : t("That did not work."));
      setBusy(false);
    }
  };

  return (
    <main className="sign-in">
      <form className="card" onSubmit={(event) => void submit(event)}>
        <h1><Logo /> L-Step</h1>
        <p className="muted">{t("One lifecycle status per customer, moved as they learn.")}</p>
        <label htmlFor="token">{t("Access token")}</label>
        <input id="token" name="token" type="password" autoComplete="current-password" autoFocus spellCheck={false} value={token}
          aria-describedby={error ? "sign-in-error sign-in-help" : "sign-in-help"} aria-invalid={error ? true : undefined}
          onChange={(event) => setToken(event.target.value)} />
        {error && <p id="sign-in-error" className="error" role="alert">{error}</p>}
        <button className="primary" type="submit" disabled={busy || token.trim() === ""}>{busy ? t("Signing in …") : t("Sign in")}</button>
        <Providers />
        <div id="sign-in-help" className="hint">
          <h2>{t("No token at hand?")}</h2>
          <p>{rich("On the server, {command} prints a link that signs in once, for ten minutes. Open it, or paste it into this tab.", { command: <code>./lstep keys link</code> })}</p>
          <p>{rich("The token of the first start is {name} in {file}, in the data folder. From somebody who is signed in as an admin you can have a token of your own.", { name: <code>adminToken</code>, file: <code>keys.json</code> })}</p>
        </div>
      </form>
      <div className="sign-in-language"><LanguageSelect /></div>
    </main>
  );
}

/** The browser leaves for the provider and comes back to the page it was on, signed in. */
function Providers() {
  const { data } = useProviders();
  const back = encodeURIComponent(location.pathname + location.search);
  return data?.items.map(({ name, address }) => <a key={address} className="button" href={`${address}?to=${back}`}>{t("Sign in with {name}", { name })}</a>);
}

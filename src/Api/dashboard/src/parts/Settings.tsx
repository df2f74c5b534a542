import { useState } from "react";
import { chooseLanguage, languageChoice, languages, t, translate, type LanguageChoice } from "../language";
import { chooseTheme, themes, useThemeChoice, type ThemeChoice } from "../theme";
import { Panel } from "./Panel";

/** Language of the dashboard, kept in this browser. */
export function LanguageSelect() {
  const [choice, setChoice] = useState(languageChoice);
  const choose = (next: LanguageChoice) => {
    setChoice(next);
    void chooseLanguage(next);
  };
  return (
    <label>{t("Language")}
      <select value={choice} onChange={(event) => choose(event.target.value as LanguageChoice)}>
        <option value="browser">{t("As the browser")}</option>
        {Object.entries(languages).map(([language, name]) => <option key={language} value={language} lang={language}>{name}</option>)}
      </select>
    </label>
  );
}

function ThemeChooser() {
  const choice = useThemeChoice();
  return (
    <fieldset>
      <legend>{t("Theme")}</legend>
      <span className="segments">
        {Object.entries(themes).map(([theme, name]) => (
          <label key={theme}><input type="radio" name="theme" value={theme} checked={choice === theme} onChange={() => chooseTheme(theme as ThemeChoice)} />{translate(name)}</label>
        ))}
      </span>
    </fieldset>
  );
}

/** What everybody chooses for themselves: a panel behind a button of the frame. */
export const Settings = () => (
  <Panel className="quiet icon-button" title={t("Display settings")}
    label={<><svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6" /><circle cx="10" cy="4.5" r="1.8" /><circle cx="6" cy="11.5" r="1.8" /></svg><span className="sr-only">{t("Display settings")}</span></>}>
    {() => <div className="settings"><ThemeChooser /><LanguageSelect /></div>}
  </Panel>
);

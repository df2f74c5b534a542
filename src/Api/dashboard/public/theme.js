// Before anything is drawn: the theme that was chosen in this browser, else the system's. A file of its own, since no inline script may run.
(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  let chosen;
  const kept = () => {
    try {
      return localStorage.getItem("lstep.theme");
    } catch {
      return chosen; // Where nothing may be kept, the choice holds for this page.
    }
  };
  const apply = () => {
    const theme = kept() === "light" || kept() === "dark" ? kept() : system.matches ? "dark" : "light";
    document.documentElement.dataset.theme = theme;
    document.documentElement.style.colorScheme = theme;
    document.querySelector("meta[name=theme-color]").content = theme === "dark" ? "#0f1216" : "#f5f6f8";
    dispatchEvent(new Event("lstep:themed"));
  };
  apply();
  system.addEventListener("change", apply);
  addEventListener("storage", apply);
  addEventListener("lstep:theme", (event) => {
    chosen = event.detail;
    apply();
  });
})();

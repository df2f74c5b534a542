import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";

export interface Choice { label: string; does: () => void }

/** A few acts behind one button. Arrows move among them, Escape gives the button back. */
export function Menu({ label, choices }: { label: string; choices: readonly Choice[] }) {
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return;
    place.current?.querySelector<HTMLElement>("[role=menuitem]")?.focus();
    const closeOutside = (press: PointerEvent) => !place.current?.contains(press.target as Node) && setOpen(false);
    document.addEventListener("pointerdown", closeOutside);
    return () => document.removeEventListener("pointerdown", closeOutside);
  }, [open]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (press: KeyboardEvent) => {
    if (press.key === "Escape") return close();
    const step = press.key === "ArrowDown" ? 1 : press.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || !open) return;
    press.preventDefault();
    const items = [...place.current!.querySelectorAll<HTMLElement>("[role=menuitem]")];
    const at = items.indexOf(document.activeElement as HTMLElement);
    items[(at + step + items.length) % items.length]?.focus();
  };
  return (
    <span ref={place} className="menu" onKeyDown={onKeyDown} onBlur={(event) => { if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) setOpen(false); }}>
      <button ref={button} type="button" className="icon" aria-label={label} title={label} aria-haspopup="menu" aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => setOpen(!open)}>
        <svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="3" cy="8" r="1.35" /><circle cx="8" cy="8" r="1.35" /><circle cx="13" cy="8" r="1.35" /></svg>
      </button>
      {open && (
        <span id={id} role="menu" aria-label={label} className="menu-choices">
          {choices.map((choice) => <button key={choice.label} type="button" role="menuitem" tabIndex={-1} onClick={() => { close(); choice.does(); }}>{choice.label}</button>)}
        </span>
      )}
    </span>
  );
}

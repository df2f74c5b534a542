import { useId, useRef, useState, type ReactNode } from "react";

/** A small panel behind a button; Escape and a press elsewhere close it, and the focus goes back. */
export function Panel({ label, title, className = "small-button", children }: { label: ReactNode; title: string; className?: string; children: (close: () => void) => ReactNode }) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  /** Under its button, and inside the window. */
  const place = () => {
    const { bottom, left } = button.current!.getBoundingClientRect();
    const height = Math.min(480, 0.7 * window.innerHeight);
    panel.current!.style.top = `${Math.min(bottom + 6, window.innerHeight - height - 12)}px`;
    panel.current!.style.left = `${Math.max(12, Math.min(left, window.innerWidth - 292))}px`;
  };
  return (
    <>
      <button ref={button} type="button" className={className} popoverTarget={id} aria-haspopup="dialog" title={title}>{label}</button>
      <div ref={panel} id={id} className="panel" popover="auto" role="dialog" aria-label={title} onBeforeToggle={place} onToggle={({ newState }) => setOpen(newState === "open")}>
        {isOpen && children(() => panel.current?.hidePopover())}
      </div>
    </>
  );
}

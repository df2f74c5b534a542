import { useEffect, useRef, useState } from "react";

const typingPauseMs = 250;
const charsMax = 200;

interface SearchBoxProps { label: string; placeholder: string; value: string; change: (q: string) => void }

/** Asks when typing pauses, and follows the address when that changes from elsewhere. */
export function SearchBox({ label, placeholder, value, change }: SearchBoxProps) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const latest = useRef(change);
  latest.current = change;
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (text.trim() === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text.trim();
      latest.current(sent.current);
    }, typingPauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return <input type="search" className="search" dir="auto" maxLength={charsMax} placeholder={placeholder} aria-label={label} spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />;
}

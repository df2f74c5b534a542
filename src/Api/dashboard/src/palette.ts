/** One line of the command palette. */
export interface Command {
  id: string;
  label: string;
  /** Beside the label, smaller. */
  hint?: string | undefined;
  /** What else finds it: the English text, an id. */
  also?: string;
  group: string;
  run: () => void;
}

const fold = (text: string) => text.normalize("NFKC").toLocaleLowerCase();

/** What has every word that was typed, somewhere. */
export function fitting(commands: readonly Command[], typed: string): Command[] {
  const words = fold(typed).split(/\s+/u).filter(Boolean);
  return commands.filter(({ label, hint, also }) => {
    const text = fold([label, hint, also].filter(Boolean).join(" "));
    return words.every((word) => text.includes(word));
  });
}

/** Lines that follow each other in a group, under its name. */
export function grouped(commands: readonly Command[]): { name: string; commands: { command: Command; at: number }[] }[] {
  const groups: { name: string; commands: { command: Command; at: number }[] }[] = [];
  commands.forEach((command, at) => {
    if (groups.at(-1)?.name !== command.group) groups.push({ name: command.group, commands: [] });
    groups.at(-1)!.commands.push({ command, at });
  });
  return groups;
}

/** The line after a key of the arrows: around the ends. */
export const moved = (at: number, by: 1 | -1, of: number) => (of === 0 ? 0 : (at + by + of) % of);

export const opensPalette = (key: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">) =>
  key.key.toLowerCase() === "k" && (key.ctrlKey || key.metaKey) && !key.altKey && !key.shiftKey;

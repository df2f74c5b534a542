import { text, translate } from "../language";

/** What the server refuses in the same sense every time, by code. Its own sentence, in English, may say more. */
const sentences: Record<string, string> = {
  unauthorized: text("You are not signed in, or the token or link is not valid any more."),
  forbidden: text("This key may not do that."),
  csrf: text("The session of this page is not valid any more. Load the page again."),
  not_found: text("There is no such thing, or no more."),
  request_timeout: text("The request did not arrive in time."),
  too_large: text("The request body is larger than this address takes."),
  bad_cursor: text("This place in the list is not known any more. Load the list again."),
  bad_text: text("The text has a character that no text has."),
  required: text("Something that is needed is missing."),
  too_long: text("A text is too long."),
  in_the_past: text("The time has passed already."),
  overloaded: text("A queue on the way is full, or an answer did not come in time. Try again."),
  storage_unavailable: text("The database does not answer, or cannot do this now. Try again."),
  too_slow: text("The answer took too long. Ask for less, or try again later."),
  shutting_down: text("This process is stopping. Try again: another one answers, or this one when it is back."),
  silo_unavailable: text("A part of the cluster does not answer. Try again."),
  internal_error: text("Something went wrong on the server."),
  unreadable_customer: text("What is stored of this customer cannot be read. Try again once it is repaired."),
  refused_by_database: text("The database refused to store this."),
  too_many_tries: text("Too many tries from this address failed. Try again in a while."),
  busy: text("Too much of this is under way. Try again in a while."),
  status_tags_disabled: text("The flag status_tags_enabled is off: no tag moves, by hand neither. Switch it on first."),
  review_closed: text("The review is not open any more."),
  task_completed: text("The task has been completed already."),
  not_latest: text("The customer has moved on since."),
  already_undone: text("It was taken back before."),
  not_undoable: text("A first assignment and an undo cannot be taken back."),
};

/** In English the server's own sentence, in other languages ours where the code has one. */
export function problemText(code: string, detail: string): string {
  const english = Object.hasOwn(sentences, code) ? sentences[code]! : null;
  const told = english === null ? null : translate(english);
  return told === null || told === english ? detail : told;
}

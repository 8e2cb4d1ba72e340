import { AppError } from "~/domain/errors";
import type { Actor, Caller } from "../who/actor.server";
import { deleteAccount, handOverInstallation } from "./delete-account.server";
import { changeName, confirmSelf, requestEmailChange } from "./own-account.server";
import { changePassword, hasPassword, setPassword } from "./passwords.server";
import { endOtherSessions, endSession } from "./sessions.server";

/** What was carried out, for which the page has a sentence. `left` is true once the account is deleted. */
type AccountChange = { done: string; left: boolean; cookies: string[] };

type Form = Readonly<Record<string, string>>;

/** What each form of the page does, by its `intent`; returns the cookies to set. */
const CHANGES: Record<string, (actor: Actor, form: Form, caller: Caller, now: Date) => Promise<string[] | void>> = {
  name: (actor, form, caller) => changeName(actor, form.name ?? "", caller),
  "email-asked": (actor, form, caller, now) =>
    requestEmailChange(actor, { email: form.email ?? "", current: form.current ?? "" }, caller, now),
  password: async (actor, form, caller, now) => {
    if (await hasPassword(actor.userId))
      return changePassword(actor, { current: form.current ?? "", password: form.password ?? "" }, caller, now);
    await confirmSelf(actor, "", caller, now);
    return setPassword(actor, form.password ?? "", caller, now);
  },
  session: (actor, form, caller, now) => endSession(actor, form.session ?? "", caller, now),
  others: (actor, _form, caller, now) => endOtherSessions(actor, caller, now),
  "handed-over": async (actor, form, caller, now) => {
    await confirmSelf(actor, form.current ?? "", caller, now);
    await handOverInstallation(actor, form.heir ?? "", now);
  },
  deleted: async (actor, form, caller) =>
    deleteAccount(actor, (await hasPassword(actor.userId)) ? (form.current ?? "") : null, caller),
};

/**
 * Carries out a form of the page about the actor's own account; `intent` names it. Throws `invalid` for an unknown one.
 */
export async function changeAccount(actor: Actor, form: Form, caller: Caller, now: Date): Promise<AccountChange> {
  const intent = form.intent ?? "";
  const change = Object.hasOwn(CHANGES, intent) ? CHANGES[intent] : undefined;
  if (!change) throw new AppError("invalid", "The form could not be read. Reload the page and send it again.");
  return { done: intent, left: intent === "deleted", cookies: (await change(actor, form, caller, now)) ?? [] };
}

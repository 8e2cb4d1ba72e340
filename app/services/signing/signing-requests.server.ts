import { z } from "zod";
import { write, type Reader } from "~/db/client.server";
import { checkEmail } from "~/domain/mail-address";
import { isPast } from "~/domain/days";
import { AppError } from "~/domain/errors";
import { LIMITS } from "~/domain/limits";
import { shortNameList } from "~/domain/name-list";
import { may } from "~/domain/engagement/permissions";
import { stopSentences } from "~/domain/signing/sign-readiness";
import { MOST_SIGNATORIES, type NewSignatory, type SignOffEvent } from "~/domain/signing/sign-off";
import { checkReason } from "~/domain/signing/signing-form";
import { checkText, hasVisibleText } from "~/domain/text";
import { withoutFontSentence } from "~/files/pdf/fonts/missing.server";
import type { Actor } from "../who/actor.server";
import { countReached } from "../who/attempts.server";
import { accessOf } from "../who/matrix-access.server";
import { mailIsSent } from "../mail/mailer.server";
import {
  applyEvent,
  logSigning,
  otherParty,
  partyOf,
  proposedIn,
  sideOfParty,
  signatoryOf,
  signingFor,
  speaksFor,
  type SigningProcess,
} from "./signing-core.server";
import { showSigningCode } from "./signing-codes.server";
import { answerPaper, paperAnswerForm } from "./papers.server";
import { signingNeeds } from "../version/sign-readiness.server";
import { followUp, doerOf, reloadSigning, type SigningAnswer } from "./signing-after.server";
import { askSignatory, askNext, tellEnded, tellSent, tellSignatories } from "./signing-mail.server";

const person = { name: z.string(), title: z.string(), email: z.string() };

/**
 * What an owner does on a version's page. Signatories come as numbered fields: `partyId0`, `name0`, `title0`, `email0`,
 * and so on.
 */
export const requestForm = z.preprocess(
  withSignatories,
  z.discriminatedUnion("intent", [
    z.object({
      intent: z.literal("send"),
      order: z.enum(["together", "in-order"]),
      mailed: z.literal("on").optional(),
      message: z.string(),
      due: z.string(),
      signatories: z.array(z.object({ partyId: z.string(), ...person })).max(MOST_SIGNATORIES + 1),
    }),
    z.object({ intent: z.literal("remind"), signatoryId: z.string() }),
    z.object({ intent: z.literal("show-code"), signatoryId: z.string() }),
    z.object({ intent: z.literal("name"), ...person }),
    z.object({ intent: z.literal("confirm"), signatoryId: z.string() }),
    z.object({ intent: z.literal("replace"), signatoryId: z.string(), ...person }),
    z.object({ intent: z.literal("remove"), signatoryId: z.string() }),
    z.object({ intent: z.literal("withdraw"), reason: z.string() }),
    paperAnswerForm,
  ]),
);
export type RequestForm = z.infer<typeof requestForm>;

function withSignatories(form: unknown): unknown {
  if (typeof form !== "object" || form === null) return form;
  const fields = new Map<string, unknown>(Object.entries(form));
  const text = (name: string) => String(fields.get(name) ?? "");
  const signatories = Array.from({ length: MOST_SIGNATORIES + 1 }, (_, i) => ({
    partyId: text(`partyId${i}`),
    name: text(`name${i}`),
    title: text(`title${i}`),
    email: text(`email${i}`),
  }));
  return { signatories, ...form };
}

/** Carries out the form of a version's page. */
export async function changeSigning(
  actor: Actor,
  matrixId: string,
  number: number,
  form: RequestForm,
  now: Date,
): Promise<SigningAnswer> {
  switch (form.intent) {
    case "send":
      return sendForSigning(actor, matrixId, number, form, now);
    case "remind":
      return remindSignatory(actor, matrixId, number, form.signatoryId, now);
    case "show-code":
      return showSigningCode(actor, matrixId, number, form.signatoryId, now);
    case "name":
      return nameSignatory(actor, matrixId, number, form, now);
    case "confirm":
      return confirmSignatory(actor, matrixId, number, form.signatoryId, now);
    case "replace":
      return replaceSignatory(actor, matrixId, number, form, now);
    case "remove":
      return removeSignatory(actor, matrixId, number, form.signatoryId, now);
    case "withdraw":
      return withdrawVersion(actor, matrixId, number, form.reason, now);
    case "confirm-paper":
    case "refuse-paper":
      return answerPaper(actor, matrixId, number, form, now);
  }
}

type SendForm = Omit<Extract<RequestForm, { intent: "send" }>, "intent">;

/**
 * Sends a version to its signatories. Throws where something still stops signing. Signatories of the other side are
 * only proposed to its owners, where it has any.
 */
export async function sendForSigning(
  actor: Actor,
  matrixId: string,
  number: number,
  form: SendForm,
  now: Date,
): Promise<SigningAnswer> {
  const { signatories, fieldNumber, message, due } = checkSend(form, now);
  return write(async (tx) => {
    const signing = await signingFor(tx, actor, matrixId, number, "publish");
    const accounts = await accountsOf(tx, signing, signatories, fieldNumber);
    const event: SignOffEvent = {
      type: "send",
      partyId: signing.partyId,
      order: form.order,
      signatories,
      blockers: stopSentences(await signingNeeds(tx, signing, signing.version, now)),
    };
    await applyEvent(tx, signing, event, {
      at: now,
      by: doerOf(actor),
      speaks: speaksFor(signing, actor),
      sent: { message, dueDate: due, mailed: form.mailed === "on" },
      accounts,
    });
    const after = await reloadSigning(tx, signing);
    const proposed = proposedIn(after);
    const confirmed = signatories.filter((one) => !proposed.some(({ id }) => id === one.id));
    // Members may be mailed as often as there is something to sign; mail to other people is limited.
    if (form.mailed === "on")
      await countReached(
        tx,
        "invitation",
        actor.userId,
        confirmed.filter(({ id }) => !accounts.has(id)).map(({ email }) => email),
      );
    const other = otherParty(signing);
    await logSigning(tx, signing, "version.sent", doerOf(actor), now, {
      names: namesOf(signatories),
      ...(due ? { due } : {}),
      ...(proposed.length > 0 ? { proposed: namesOf(proposed), party: other.name } : {}),
    });
    await tellSent(tx, after, doerOf(actor), now);
    const handed = await askNext(tx, after, now);
    const said =
      form.mailed !== "on"
        ? `Version ${number} waits to be signed on paper. Upload the signed file here.`
        : mailIsSent()
          ? `Version ${number} is on its way to ${shortNameList(confirmed.map(({ name }) => name))}.`
          : `Version ${number} is out for signing.`;
    const byAccount = confirmed.filter(
      (one) => !handed.some(({ name }) => name === one.name) && one.email !== actor.email,
    );
    const tellThem =
      form.mailed === "on" && !mailIsSent() && byAccount.length > 0
        ? ` No mail is sent from here, so tell ${shortNameList(byAccount.map(({ name }) => name))}.`
        : "";
    const otherSideActs =
      after.stored.register.owned.includes(other.id) && !confirmed.some(({ partyId }) => partyId === other.id);
    return {
      said: otherSideActs
        ? `${said}${tellThem} The owners of ${other.name} ${proposed.length > 0 ? "confirm or change whom you proposed" : "name who signs for them"}.${mailIsSent() ? "" : " Tell them."}`
        : `${said}${tellThem}`,
      handed,
    };
  });
}

/** In milliseconds: how long after a mail a signatory can be reminded by hand. */
const REMIND_MS = 12 * 60 * 60_000;

/** Reminds a signatory, with a new link where they sign by link. */
export async function remindSignatory(
  actor: Actor,
  matrixId: string,
  number: number,
  signatoryId: string,
  now: Date,
): Promise<SigningAnswer> {
  return write(async (tx) => {
    const signing = await signingFor(tx, actor, matrixId, number, "publish");
    const signatory = signatoryOf(signing, signatoryId);
    await applyEvent(tx, signing, { type: "remind", signatoryId }, { at: now, by: doerOf(actor) });
    const last = signatory.remindedAt ?? signatory.askedAt;
    if (mailIsSent() && last && now.getTime() - last.getTime() < REMIND_MS)
      throw new AppError(
        "too-many",
        `${signatory.name} was written to less than 12 hours ago. Wait a little, or call them.`,
      );
    if (signatory.userId === null) await countReached(tx, "invitation", actor.userId, [signatory.email]);
    const handed = await askSignatory(tx, signing, signatory, "signing-reminder", now);
    await tx.signatory.update({
      where: { id: signatoryId },
      data: { remindedAt: now, askedAt: signatory.askedAt ?? now },
    });
    if (mailIsSent() || handed.length > 0)
      await logSigning(tx, signing, "version.reminded", doerOf(actor), now, {
        name: signatory.name,
        ...(mailIsSent() ? {} : { handed: 1 }),
      });
    return {
      said: mailIsSent()
        ? `A reminder is on its way to ${signatory.name}.`
        : handed.length > 0
          ? `There is a new link for ${signatory.name}; the one before it has ended.`
          : `No mail is sent from here. Tell ${signatory.name} that version ${number} waits for them.`,
      handed,
    };
  });
}

/** Names one more signatory for the owner's own side. */
export async function nameSignatory(
  actor: Actor,
  matrixId: string,
  number: number,
  form: Person,
  now: Date,
): Promise<SigningAnswer> {
  return write(async (tx) => {
    const signing = await signingFor(tx, actor, matrixId, number, "publish");
    const signatory = checkedPerson({ ...form, partyId: signing.partyId });
    const accounts = await accountsOf(tx, signing, [signatory]);
    const { partyId } = signing;
    await applyEvent(
      tx,
      signing,
      { type: "name", partyId, signatory },
      { at: now, by: doerOf(actor), speaks: speaksFor(signing, actor), accounts },
    );
    if (signing.stored.round?.mailed && !accounts.has(signatory.id))
      await countReached(tx, "invitation", actor.userId, [signatory.email]);
    await logSigning(tx, signing, "version.signatory-named", doerOf(actor), now, {
      name: signatory.name,
      party: partyOf(signing, partyId).name,
    });
    await tellSignatories(
      tx,
      signing,
      `${actor.name} named ${signatory.name} to sign for ${partyOf(signing, partyId).name}.`,
      doerOf(actor),
      now,
    );
    return {
      said: `${signatory.name} is asked to sign for ${partyOf(signing, partyId).name}.`,
      handed: await askNext(tx, await reloadSigning(tx, signing), now),
    };
  });
}

/**
 * Confirms a signatory whom the other side named for the owner's own side. From then on they are asked, and what they
 * do counts.
 */
export async function confirmSignatory(
  actor: Actor,
  matrixId: string,
  number: number,
  signatoryId: string,
  now: Date,
): Promise<SigningAnswer> {
  return write(async (tx) => {
    const signing = await signingFor(tx, actor, matrixId, number, "publish");
    const { name, state, partyId, userId, email } = signatoryOf(signing, signatoryId);
    const { changed, agreed } = await applyEvent(
      tx,
      signing,
      { type: "confirm", signatoryId, partyId: signing.partyId },
      { at: now, by: doerOf(actor), speaks: speaksFor(signing, actor) },
    );
    const party = partyOf(signing, partyId);
    if (!changed) return { said: `${name} is confirmed already.`, handed: [] };
    await logSigning(tx, signing, "version.signatory-confirmed", doerOf(actor), now, { name, party: party.name });
    // Once the party had an owner, an earlier link opened nothing, so the signatory gets a new one.
    if (state === "waiting" && signing.stored.round?.mailed && userId === null)
      await countReached(tx, "invitation", actor.userId, [email]);
    if (state === "waiting")
      await tx.signatory.update({ where: { id: signatoryId }, data: { ...LINK_ENDED, askedAt: null } });
    return {
      said: `${name} signs for ${party.name}.`,
      handed: await followUp(tx, signing, agreed, doerOf(actor), now),
    };
  });
}

/** Replaces a signatory by somebody else of the same side. The first one's link ends. */
export async function replaceSignatory(
  actor: Actor,
  matrixId: string,
  number: number,
  form: Person & { signatoryId: string },
  now: Date,
): Promise<SigningAnswer> {
  return write(async (tx) => {
    const signing = await signingFor(tx, actor, matrixId, number, "publish");
    const before = signatoryOf(signing, form.signatoryId);
    const successor = checkedPerson({ ...form, partyId: before.partyId });
    const accounts = await accountsOf(tx, signing, [successor]);
    await applyEvent(
      tx,
      signing,
      { type: "replace", signatoryId: before.id, partyId: signing.partyId, with: successor },
      { at: now, by: doerOf(actor), speaks: speaksFor(signing, actor), accounts },
    );
    await tx.signatory.update({ where: { id: before.id }, data: LINK_ENDED });
    if (!accounts.has(successor.id)) await countReached(tx, "invitation", actor.userId, [successor.email]);
    const party = partyOf(signing, before.partyId).name;
    await logSigning(tx, signing, "version.signatory-replaced", doerOf(actor), now, {
      name: before.name,
      to: successor.name,
      party,
    });
    await tellSignatories(
      tx,
      signing,
      `${actor.name} asked ${successor.name} instead of ${before.name} to sign for ${party}.`,
      doerOf(actor),
      now,
    );
    return {
      said: `${successor.name} is asked instead of ${before.name}.`,
      handed: await askNext(tx, await reloadSigning(tx, signing), now),
    };
  });
}

/** Removes a signatory; the others of their side sign. */
export async function removeSignatory(
  actor: Actor,
  matrixId: string,
  number: number,
  signatoryId: string,
  now: Date,
): Promise<SigningAnswer> {
  return write(async (tx) => {
    const signing = await signingFor(tx, actor, matrixId, number, "publish");
    const { name, partyId } = signatoryOf(signing, signatoryId);
    const { changed, agreed } = await applyEvent(
      tx,
      signing,
      { type: "remove", signatoryId, partyId: signing.partyId },
      { at: now, by: doerOf(actor) },
    );
    if (!changed) return { said: `${name} isn't asked any more.`, handed: [] };
    await tx.signatory.update({ where: { id: signatoryId }, data: LINK_ENDED });
    await logSigning(tx, signing, "version.signatory-removed", doerOf(actor), now, {
      name,
      party: partyOf(signing, partyId).name,
    });
    await tellSignatories(
      tx,
      signing,
      `${actor.name} no longer asks ${name} to sign for ${partyOf(signing, partyId).name}.`,
      doerOf(actor),
      now,
    );
    return { said: `${name} isn't asked any more.`, handed: await followUp(tx, signing, agreed, doerOf(actor), now) };
  });
}

/** Withdraws a version that isn't agreed, with a reason. An owner of either side may. */
export async function withdrawVersion(
  actor: Actor,
  matrixId: string,
  number: number,
  enteredReason: string,
  now: Date,
): Promise<SigningAnswer> {
  const reason = checkReason(enteredReason);
  if (!reason.ok) throw new AppError("invalid", "Some fields need another look.", { reason: reason.rejection.message });
  return write(async (tx) => {
    const signing = await signingFor(tx, actor, matrixId, number, "publish");
    const { changed } = await applyEvent(
      tx,
      signing,
      { type: "withdraw", by: actor.name, reason: reason.value },
      { at: now, by: doerOf(actor) },
    );
    if (changed) {
      await logSigning(tx, signing, "version.withdrawn", doerOf(actor), now, { reason: reason.value });
      if (signing.stored.round)
        await tellEnded(tx, signing, "signing-withdrawn", { by: doerOf(actor), reason: reason.value }, now);
    }
    return { said: `Version ${number} is withdrawn.`, handed: [] };
  });
}

/** The columns that end a signatory's link and code. */
const LINK_ENDED = { tokenHash: null, codeHash: null, codeShownTo: null };

const UNNUMBERED: FieldNumber = () => "";

/**
 * The user ids of the signatories who have an account that may sign for their side, by signatory id. Throws `invalid`
 * where an address belongs to a member of another side.
 */
async function accountsOf(
  db: Reader,
  signing: SigningProcess,
  signatories: readonly NewSignatory[],
  fieldNumber: FieldNumber = UNNUMBERED,
): Promise<Map<string, string>> {
  const { engagementId } = signing;
  const members = await db.member.findMany({
    where: { engagementId, user: { email: { in: signatories.map(({ email }) => email) } } },
    select: { side: true, permission: true, userId: true, user: { select: { email: true } } },
  });
  const errors: Record<string, string> = {};
  for (const { id, email, partyId } of signatories) {
    if (members.some(({ user, side }) => user.email === email && side !== sideOfParty(signing, partyId)))
      errors[`email${fieldNumber(id)}`] =
        `This address belongs to somebody of another side. Name somebody of ${partyOf(signing, partyId).name}.`;
  }
  if (Object.keys(errors).length > 0) throw new AppError("invalid", "Some fields need another look.", errors);
  return new Map(
    signatories.flatMap(({ id, email, partyId }): [string, string][] => {
      const member = members.find(({ user, side }) => user.email === email && side === sideOfParty(signing, partyId));
      const access = member && accessOf(member);
      return member && access && may(access, "sign") ? [[id, member.userId]] : [];
    }),
  );
}

function checkSend(
  { signatories: entered, message: text, due }: SendForm,
  now: Date,
): { signatories: NewSignatory[]; fieldNumber: FieldNumber; message: string; due: string | null } {
  const errors: Record<string, string> = {};
  const filled = entered
    .map((one, i) => ({ ...one, i }))
    .filter(({ name, title, email }) => hasVisibleText(`${name}${title}${email}`));
  const signatories = filled.map(({ i, ...one }) => checkPerson(one, String(i), errors));
  const numbers = new Map(signatories.map(({ id }, index) => [id, String(filled[index]?.i ?? "")]));
  const message = checkText(text, { called: "The message", max: LIMITS.signMessage, lines: true, optional: true });
  if (!message.ok) errors.message = message.rejection.message;
  const day = due === "" ? null : z.iso.date().safeParse(due).success ? due : undefined;
  if (day === undefined) errors.due = "Choose a day, as in 2026-03-31.";
  else if (day !== null && isPast(day, now)) errors.due = "That day is past. Choose today or a later day, or none.";
  if (Object.keys(errors).length > 0) throw new AppError("invalid", "Some fields need another look.", errors);
  return {
    signatories,
    fieldNumber: (id) => numbers.get(id) ?? "",
    message: message.ok ? message.value : "",
    due: day ?? null,
  };
}

type Person = { name: string; title: string; email: string };
/** The number of the form fields in which a signatory was entered; empty where the fields have none. */
type FieldNumber = (id: string) => string;

/** The checked signatory of a form with one person. */
function checkedPerson(entered: Omit<NewSignatory, "id">): NewSignatory {
  const errors: Record<string, string> = {};
  const signatory = checkPerson(entered, "", errors);
  if (Object.keys(errors).length > 0) throw new AppError("invalid", "Some fields need another look.", errors);
  return signatory;
}

/** The checked signatory; texts that can't be stored get a sentence in `errors`, under the field with this number. */
function checkPerson(
  { partyId, name, title, email }: Omit<NewSignatory, "id">,
  suffix: string,
  errors: Record<string, string>,
): NewSignatory {
  const checked = {
    name: checkText(name, { called: "The name", max: LIMITS.name, lines: false, optional: false }),
    title: checkText(title, { called: "The title", max: LIMITS.name, lines: false, optional: true }),
    email: checkEmail(email),
  };
  const stored = { id: crypto.randomUUID(), partyId, name: "", title: "", email: "" };
  for (const field of ["name", "title", "email"] as const) {
    const result = checked[field];
    if (result.ok) stored[field] = result.value;
    const refused = result.ok ? withoutFontSentence(`The ${field}`, result.value) : result.rejection.message;
    if (refused !== null) errors[`${field}${suffix}`] = refused;
  }
  return stored;
}

function namesOf(signatories: readonly { name: string }[]): string {
  return signatories.map(({ name }) => name).join(", ");
}

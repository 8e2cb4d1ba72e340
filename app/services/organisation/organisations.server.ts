import { z } from "zod";
import { read, write, type Transaction } from "~/db/client.server";
import { appendRecord } from "~/db/record-store.server";
import { AppError } from "~/domain/errors";
import {
  ORGANISATION_NAME,
  organisationAbilities,
  ORGANISATION_PERMISSIONS,
  type OrganisationAbility,
  type OrganisationPermission,
} from "~/domain/engagement/organisation";
import { PERMISSIONS } from "~/domain/engagement/permissions";
import { checkText } from "~/domain/text";
import type { OrganisationQuery } from "~/paths";
import type { Actor } from "../who/actor.server";
import { entryAbout } from "../access/member-rules.server";
import {
  clientsOf,
  organisationFor,
  organisationLocked,
  organisationOf,
  type OrganisationFor,
} from "../who/organisation-access.server";
import { giveAccess, listClients, type ClientsView } from "./organisation-clients.server";
import {
  changePerson,
  inviteToOrganisation,
  leaveOrganisation,
  listOrganisationPeople,
  removePerson,
  resendToOrganisation,
  revokeToOrganisation,
  type OrganisationPeopleView,
} from "./organisation-people.server";
import { dropWording, ownWordingOf, type OwnWording } from "./wording.server";
import { deletePreset, editPreset, listPresets, type PresetsView } from "./presets.server";

type Part =
  | ({ show: "clients" } & ClientsView)
  | ({ show: "people" } & OrganisationPeopleView)
  | ({ show: "presets"; wording: OwnWording | null } & PresetsView);
/**
 * An organisation as one of its people sees it. `bringsIn` is the number of engagements they could make its clients.
 */
export type OrganisationView = {
  name: string;
  permission: OrganisationPermission;
  abilities: OrganisationAbility[];
  counts: { clients: number; people: number; presets: number };
  bringsIn: number;
  part: Part;
};

/** The actor's organisation with the part of the page that is asked for; null for an actor without one. */
export async function viewOrganisation(
  actor: Actor,
  query: OrganisationQuery,
  now: Date,
): Promise<OrganisationView | null> {
  const own = await organisationOf(read, actor);
  if (!own) return null;
  const { organisationId, name, permission } = own;
  const [clients, people, presets, bringsIn] = await Promise.all([
    read.engagement.count({ where: { ...clientsOf(actor, own), matrices: { some: { archivedAt: null } } } }),
    read.organisationMember.count({ where: { organisationId } }),
    read.preset.count({ where: { organisationId } }),
    couldBringIn(actor),
  ]);
  return {
    name,
    permission,
    abilities: organisationAbilities(permission),
    counts: { clients, people, presets },
    bringsIn,
    part: await partOf(actor, organisationId, query, now),
  };
}

async function partOf(actor: Actor, organisationId: string, query: OrganisationQuery, now: Date): Promise<Part> {
  if (query.show === "people") return { show: "people", ...(await listOrganisationPeople(actor, query, now)) };
  if (query.show === "presets")
    return { show: "presets", ...(await listPresets(actor)), wording: await ownWordingOf(read, organisationId) };
  return { show: "clients", ...(await listClients(actor, query)) };
}

const id = z.string().min(1).max(64);
/** The forms of the page of an organisation. */
export const organisationFormSchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("set-up"), name: z.string() }),
  z.object({ intent: z.literal("rename"), name: z.string() }),
  z.object({ intent: z.literal("bring-in") }),
  z.object({ intent: z.literal("invite"), email: z.string(), permission: z.enum(ORGANISATION_PERMISSIONS) }),
  z.object({ intent: z.literal("resend"), invitationId: id }),
  z.object({ intent: z.literal("revoke"), invitationId: id }),
  z.object({ intent: z.literal("change"), userId: id, permission: z.enum(ORGANISATION_PERMISSIONS) }),
  z.object({ intent: z.literal("remove"), userId: id }),
  z.object({ intent: z.literal("leave") }),
  z.object({ intent: z.literal("access"), engagementId: id, userId: id, permission: z.enum([...PERMISSIONS, "none"]) }),
  z.object({ intent: z.literal("edit-preset"), presetId: id, name: z.string(), meaning: z.string() }),
  z.object({ intent: z.literal("delete-preset"), presetId: id }),
  z.object({ intent: z.literal("drop-wording") }),
]);
export type OrganisationForm = z.infer<typeof organisationFormSchema>;
/** The outcome as a sentence, and the link to hand over where no mail is sent. */
export type OrganisationAnswer = { said: string; link: string | null };

/** Carries out a form of the page of an organisation. */
export async function changeOrganisation(actor: Actor, form: OrganisationForm, now: Date): Promise<OrganisationAnswer> {
  switch (form.intent) {
    case "set-up":
      return answerOf(await setUpOrganisation(actor, form.name, now));
    case "rename":
      return answerOf(await renameOrganisation(actor, form.name, now));
    case "bring-in":
      return answerOf(await bringEngagementsIn(actor, now));
    case "invite":
      return inviteToOrganisation(actor, form, now);
    case "resend":
      return resendToOrganisation(actor, form.invitationId, now);
    case "revoke":
      return revokeToOrganisation(actor, form.invitationId, now);
    case "change":
      return answerOf(await changePerson(actor, form.userId, form.permission, now));
    case "remove":
      return answerOf(await removePerson(actor, form.userId, now));
    case "leave":
      return answerOf(await leaveOrganisation(actor, now));
    case "access":
      return answerOf(await giveAccess(actor, form, now));
    case "edit-preset":
      return answerOf(await editPreset(actor, form.presetId, form));
    case "delete-preset":
      return answerOf(await deletePreset(actor, form.presetId));
    case "drop-wording":
      return answerOf(await dropWording(actor));
  }
}

const answerOf = (said: string): OrganisationAnswer => ({ said, link: null });

/** Creates an organisation owned by the actor; the engagements whose provider's side they own become its clients. */
export async function setUpOrganisation(actor: Actor, enteredName: string, now: Date): Promise<string> {
  const name = checkName(enteredName);
  return write(async (tx) => {
    const before = await organisationOf(tx, actor);
    if (before)
      throw new AppError("conflict", `You belong to ${before.name} already. Leave it first to set up another one.`);
    const organisationId = crypto.randomUUID();
    await tx.organisation.create({
      data: {
        id: organisationId,
        name,
        createdAt: now,
        people: { create: { userId: actor.userId, permission: "owner", createdAt: now } },
      },
    });
    await appendRecord(tx, [
      {
        engagementId: null,
        at: now,
        event: "organisation.created",
        actorId: actor.userId,
        actorName: actor.name,
        detail: { organisation: name },
      },
    ]);
    const count = await bringIn(tx, actor, { organisationId, name }, now);
    return `${name} is set up, and you are its owner. ${count === 0 ? "New engagements of yours on the provider's side become its clients." : `${engagementCount(count)} of yours ${count === 1 ? "is its client" : "are its clients"} now.`}`;
  });
}

/**
 * Makes every engagement whose provider's side the actor owns, and that belongs to no organisation, a client of theirs.
 */
export async function bringEngagementsIn(actor: Actor, now: Date): Promise<string> {
  return write(async (tx) => {
    const count = await bringIn(tx, actor, await organisationFor(tx, actor, "bring-in"), now);
    return count === 0
      ? "Every engagement of yours belongs to an organisation already."
      : `${engagementCount(count)} of yours ${count === 1 ? "is a client" : "are clients"} of the organisation now.`;
  });
}

const engagementCount = (count: number) => (count === 1 ? "One engagement" : `${count} engagements`);

/** Selects the engagements that this actor can make clients of their organisation. */
const engagementsToBringIn = (actor: Actor) => ({
  organisationId: null,
  sample: false,
  ...(actor.secondFactor ? {} : { requireTwoFactor: false }),
  members: { some: { userId: actor.userId, side: "provider", permission: "owner" } },
});

function couldBringIn(actor: Actor): Promise<number> {
  return read.engagement.count({ where: engagementsToBringIn(actor) });
}

async function bringIn(
  tx: Transaction,
  actor: Actor,
  { organisationId, name }: Pick<OrganisationFor, "organisationId" | "name">,
  now: Date,
): Promise<number> {
  const ids = (await tx.engagement.findMany({ where: engagementsToBringIn(actor), select: { id: true } })).map(
    (engagement) => engagement.id,
  );
  await tx.engagement.updateMany({ where: { id: { in: ids }, organisationId: null }, data: { organisationId } });
  // Another owner of the same side may have made one of them a client of theirs at the same time, so they are read
  // again.
  const brought = await tx.engagement.findMany({ where: { id: { in: ids }, organisationId }, select: { id: true } });
  await appendRecord(
    tx,
    brought.map((engagement) =>
      entryAbout(engagement.id, actor, now, "engagement.brought-in", actor.userId, { organisation: name }),
    ),
  );
  return brought.length;
}

/** Renames the organisation. Matrices keep the provider's name that is written in them. */
export async function renameOrganisation(actor: Actor, enteredName: string, now: Date): Promise<string> {
  const name = checkName(enteredName);
  return write(async (tx) => {
    const before = await organisationLocked(tx, actor, "name");
    if (before.name !== name) {
      await tx.organisation.update({ where: { id: before.organisationId }, data: { name } });
      await appendRecord(tx, [
        {
          engagementId: null,
          at: now,
          event: "organisation.renamed",
          actorId: actor.userId,
          actorName: actor.name,
          detail: { from: before.name, to: name },
        },
      ]);
    }
    return `The organisation is called ${name} now.`;
  });
}

function checkName(enteredName: string): string {
  const checked = checkText(enteredName, ORGANISATION_NAME);
  if (!checked.ok) throw new AppError("invalid", "The name needs another look.", { name: checked.rejection.message });
  return checked.value;
}

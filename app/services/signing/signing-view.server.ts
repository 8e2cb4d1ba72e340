import { findStamp } from "~/db/signed-file-store.server";
import { read, type Reader } from "~/db/client.server";
import type { StoredSignatory } from "~/db/sign-off-store.server";
import { peopleOf } from "~/db/people-store.server";
import type { Person } from "~/domain/people/people";
import { may, ownParty } from "~/domain/engagement/permissions";
import { isTheirTurn, checkSignable, type SignatureFact } from "~/domain/signing/sign-off";
import type { SignatoryView, SignatureView, SigningView } from "~/domain/signing/signing-view";
import type { Actor } from "../who/actor.server";
import { accessOf, matrixFor } from "../who/matrix-access.server";
import { mailIsSent } from "../mail/mailer.server";
import { beginningsOf, IN_ORDER, signaturesOf } from "../version/signing-facts.server";
import { passesCodeOn } from "./signing-codes.server";
import {
  openWarnings,
  ownSignatory,
  proposedIn,
  sideOfParty,
  signingOf,
  type SigningProcess,
} from "./signing-core.server";
import { candidatesOf, signingNeeds } from "../version/sign-readiness.server";

/** The state of a version's signing, for its page. */
export async function loadSigning(actor: Actor, matrixId: string, number: number, now: Date): Promise<SigningView> {
  const matrix = await matrixFor(read, actor, matrixId, "read");
  const signing = await signingOf(read, matrix, number);
  const { version, stored, client, provider } = signing;
  const partyId = ownParty(version.matrix, matrix.access.side);
  const target = stored.register.versions.find((one) => one.number === number);
  const open = target && checkSignable(stored.register, target);
  const { people } = await peopleOf(read, matrix);
  const manages = may(matrix.access, "publish");
  const ownSignatoryId = ownSignatory(signing, actor, partyId)?.id;
  const signatures = await signatureViews(read, version.id);
  const troubles = await troublesOf(read, signing, people);
  const invited = (await beginningsOf(read, matrix.engagementId))?.invited;
  const proposed = new Set(proposedIn(signing).map(({ id }) => id));
  const codesToPassOn = new Set(
    (manages ? (stored.round?.signatories ?? []) : []).flatMap((one) =>
      passesCodeOn(signing, one, partyId) ? [one.id] : [],
    ),
  );
  const unaccepted = openWarnings(version);
  const codes = new Map(version.matrix.duties.map(({ id, code }) => [id, code]));
  return {
    number,
    status: version.status,
    parties: (["client", "provider"] as const).map((kind) => {
      const { id, name } = kind === "client" ? client : provider;
      return {
        id,
        kind,
        name,
        owned: stored.register.owned.includes(id),
        invitedBy: invited?.side === kind ? invited.invitedBy : null,
      };
    }),
    partyId,
    round: stored.round && {
      ...{
        order: stored.round.order,
        message: stored.round.message,
        dueDate: stored.round.dueDate,
        mailed: stored.round.mailed,
        sentAt: stored.round.sentAt.toISOString(),
        sentBy: stored.round.sentBy,
      },
      signatories: stored.round.signatories.flatMap(
        ({
          id,
          partyId: signatoryParty,
          name,
          title,
          email,
          userId,
          state,
          openedAt,
          remindedAt,
          namedFor,
          namedBy,
          confirmedBy,
        }): SignatoryView[] =>
          state === "removed"
            ? []
            : [
                {
                  id,
                  partyId: signatoryParty,
                  name,
                  title,
                  email: partyId === null ? "" : email,
                  state,
                  turn: target?.round ? isTheirTurn(stored.register, target.round, { id }) : false,
                  mine: id === ownSignatoryId,
                  namedBy: namedFor === signatoryParty ? null : namedBy,
                  confirmedBy,
                  proposed: proposed.has(id),
                  linked: userId === null,
                  codeShown: codesToPassOn.has(id),
                  openedAt: openedAt?.toISOString() ?? null,
                  remindedAt: remindedAt?.toISOString() ?? null,
                  trouble: state === "waiting" && open?.ok ? (troubles.get(id) ?? null) : null,
                  signature: signatures.get(id) ?? null,
                },
              ],
      ),
    },
    closed: open?.ok ? null : (open?.rejection.message ?? null),
    ending:
      version.withdrawnAt === null
        ? null
        : {
            by: version.withdrawnBy ?? "",
            reason: version.withdrawnReason ?? "",
            at: version.withdrawnAt,
            declined: stored.round?.outcome === "declined",
          },
    needs: stored.round || !open?.ok ? [] : await signingNeeds(read, signing, version, now),
    openWarnings: unaccepted,
    acceptedWarnings: Object.entries(version.matrix.accepted)
      .filter(([key]) => !unaccepted.some((one) => one.key === key))
      .map(([key, { reason, by, on }]) => ({
        code: codes.get(key.slice(key.indexOf(".") + 1)) ?? null,
        reason,
        by,
        on,
      })),
    candidates:
      manages && open?.ok
        ? (await candidatesOf(read, signing.engagementId, people)).map(({ side, ...candidate }) => ({
            ...candidate,
            partyId: (side === "client" ? client : provider).id,
          }))
        : [],
    stamped: (await findStamp(read, matrixId, number)) !== null,
    mailIsSent: mailIsSent(),
  };
}

async function signatureViews(db: Reader, versionId: string): Promise<Map<string, SignatureView>> {
  const rows = await db.signature.findMany({
    where: { versionId },
    orderBy: IN_ORDER,
    select: { signatoryId: true, paperId: true, statedFor: true },
  });
  const facts = await signaturesOf(db, versionId);
  return new Map(
    rows.flatMap(({ signatoryId, paperId, statedFor }, i): [string, SignatureView][] => {
      const fact = facts[i];
      if (!fact) return [];
      const { name, title, organisation, proof, handedBy, signedAt, picture } = fact;
      return [
        [
          signatoryId,
          {
            name,
            title,
            organisation,
            proof,
            handedBy,
            signedAt,
            picture: pictureView(picture, paperId ?? "", statedFor ?? ""),
          },
        ],
      ];
    }),
  );
}

function pictureView(picture: SignatureFact["picture"], paperId: string, statedFor: string): SignatureView["picture"] {
  if (picture.kind === "typed") return picture;
  if (picture.kind === "drawn")
    return { kind: "drawn", source: `data:image/png;base64,${Buffer.from(picture.png).toString("base64")}` };
  const { fileName, statedBy, confirmedBy } = picture;
  return { kind: "paper", paperId, fileName, statedFor, statedBy, confirmedBy };
}

/** Why signatories who haven't signed can't, by signatory id: they have no access, or their address has changed. */
async function troublesOf(
  db: Reader,
  signing: SigningProcess,
  people: readonly Person[],
): Promise<Map<string, string>> {
  const { stored, engagementId } = signing;
  const waiting = (stored.round?.signatories ?? []).filter(({ state }) => state === "waiting");
  const ids = waiting.flatMap(({ userId }) => (userId === null ? [] : [userId]));
  const members =
    ids.length === 0
      ? []
      : await db.member.findMany({
          where: { engagementId, userId: { in: ids } },
          select: { userId: true, side: true, permission: true },
        });
  return new Map(
    waiting.flatMap((one): [string, string][] => {
      const side = sideOfParty(signing, one.partyId);
      const sentence = one.userId === null ? addressTrouble(one, people, side) : accessTrouble(one, members, side);
      return sentence === null ? [] : [[one.id, sentence]];
    }),
  );
}

function accessTrouble(
  { userId, name }: StoredSignatory,
  members: readonly { userId: string; side: string; permission: string }[],
  side: string,
): string | null {
  const member = members.find((one) => one.userId === userId && one.side === side);
  const access = member && accessOf(member);
  if (!access) return `${name} no longer has access, so they can't sign. Ask somebody else in their place.`;
  return may(access, "sign")
    ? null
    : `${name} may no longer sign for this side. Make them a signatory again, or ask somebody else in their place.`;
}

function addressTrouble({ name, email }: StoredSignatory, people: readonly Person[], side: string): string | null {
  const contact = people.find((person) => person.side === side && person.name === name && person.email !== "");
  if (!contact || contact.email.toLowerCase() === email) return null;
  return `${name}'s contact has another address now, ${contact.email}. Either side writes contacts: ask ${name} which is right, and replace them if it is that one.`;
}

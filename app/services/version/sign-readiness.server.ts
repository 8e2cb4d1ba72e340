import type { Reader } from "~/db/client.server";
import { peopleOf } from "~/db/people-store.server";
import { earliestToday, latestToday } from "~/domain/days";
import type { Blocker } from "~/domain/findings/blockers";
import type { Matrix } from "~/domain/matrix/matrix";
import { roleHolders, type Person } from "~/domain/people/people";
import { may } from "~/domain/engagement/permissions";
import { whatSigningNeeds, type SigningGround, type SigningNeed } from "~/domain/signing/sign-readiness";
import { accessOf } from "../who/matrix-access.server";

type Place = { engagementId: string; matrixId: string };

/** How many people could sign for each side: members who may, and contacts whom a link would reach. */
export async function countSigners(db: Reader, engagementId: string, people: readonly Person[]): Promise<SigningGround["signers"]> {
  const members = await db.member.findMany({ where: { engagementId, side: { in: ["client", "provider"] } }, select: { side: true, permission: true, user: { select: { email: true } } } });
  const count = (side: "client" | "provider") =>
    new Set([
      ...members.flatMap((member) => {
        const access = accessOf(member);
        return access?.side === side && may(access, "sign") ? [member.user.email.toLowerCase()] : [];
      }),
      ...people.flatMap((person) => (person.side === side && person.email !== "" ? [person.email.toLowerCase()] : [])),
    ]).size;
  return { client: count("client"), provider: count("provider") };
}

/** What signing a text needs on a day, and what is left of it. */
export async function signingNeeds(db: Reader, { engagementId, matrixId }: Place, { matrix, blockers }: { matrix: Matrix; blockers: readonly Blocker[] }, now: Date): Promise<SigningNeed[]> {
  const { people, holdings } = await peopleOf(db, { engagementId, matrixId });
  return whatSigningNeeds(matrix, { today: earliestToday(now), blockers, holders: roleHolders(matrix, people, holdings, latestToday(now)), signers: await countSigners(db, engagementId, people) });
}

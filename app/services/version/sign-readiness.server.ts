import type { Reader } from "~/db/client.server";
import { peopleOf } from "~/db/people-store.server";
import { earliestToday, latestToday } from "~/domain/days";
import type { Blocker } from "~/domain/findings/blockers";
import type { Matrix } from "~/domain/matrix/matrix";
import { roleHolders, type Person } from "~/domain/people/people";
import { may } from "~/domain/engagement/permissions";
import { signingRequirements, type SigningFacts, type SigningNeed } from "~/domain/signing/sign-readiness";
import { coverFactsOf } from "../people/cover-facts.server";
import { accessOf } from "../who/matrix-access.server";

type MatrixIds = { engagementId: string; matrixId: string };

type Candidate = { side: "client" | "provider"; name: string; title: string; email: string };

/**
 * The people who could sign for each side: members who may, then contacts with an address that a link can be sent to.
 * Each address comes once.
 */
export async function candidatesOf(db: Reader, engagementId: string, people: readonly Person[]): Promise<Candidate[]> {
  const members = await db.member.findMany({
    where: { engagementId, side: { in: ["client", "provider"] } },
    orderBy: { userId: "asc" },
    select: { side: true, permission: true, user: { select: { name: true, email: true } } },
  });
  const titles = new Map(people.map(({ email, title }) => [email.toLowerCase(), title]));
  const signers = members.flatMap(({ user: { name, email }, ...member }): Candidate[] => {
    const access = accessOf(member);
    return access && access.side !== "third-party" && may(access, "sign") && email !== ""
      ? [{ side: access.side, name, title: titles.get(email) ?? "", email }]
      : [];
  });
  const memberAddresses = new Set(signers.map(({ email }) => email));
  const contacts = people.flatMap(({ side, name, title, email }): Candidate[] =>
    side !== "third-party" && email !== "" && !memberAddresses.has(email.toLowerCase())
      ? [{ side, name, title, email: email.toLowerCase() }]
      : [],
  );
  return [...signers, ...contacts];
}

/** The number of people who could sign for each side. */
export async function countSigners(
  db: Reader,
  engagementId: string,
  people: readonly Person[],
): Promise<SigningFacts["signers"]> {
  const candidates = await candidatesOf(db, engagementId, people);
  const count = (kind: Candidate["side"]) =>
    new Set(candidates.flatMap(({ side, email }) => (side === kind ? [email] : []))).size;
  return { client: count("client"), provider: count("provider") };
}

/** What signing a matrix on a day needs, and which of it is still missing. */
export async function signingNeeds(
  db: Reader,
  { engagementId, matrixId }: MatrixIds,
  { matrix, blockers }: { matrix: Matrix; blockers: readonly Blocker[] },
  now: Date,
): Promise<SigningNeed[]> {
  const ids = { engagementId, matrixId };
  const { people, holdings } = await peopleOf(db, ids);
  return signingRequirements(matrix, {
    today: earliestToday(now),
    blockers,
    holders: roleHolders(matrix, people, holdings, latestToday(now)),
    ...(matrix.paths.length === 0 ? {} : { cover: await coverFactsOf(db, ids, matrix, now) }),
    signers: await countSigners(db, engagementId, people),
  });
}

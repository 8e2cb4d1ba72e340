import type { Reader } from "~/db/client.server";
import { peopleOf } from "~/db/people-store.server";
import { earliestToday, latestToday } from "~/domain/days";
import type { Blocker } from "~/domain/findings/blockers";
import type { Matrix } from "~/domain/matrix/matrix";
import { roleHolders, type Person } from "~/domain/people/people";
import { may } from "~/domain/engagement/permissions";
import { signingRequirements, type SigningFacts, type SigningNeed } from "~/domain/signing/sign-readiness";
import { accessOf } from "../who/matrix-access.server";

type Place = { engagementId: string; matrixId: string };

type Candidate = { side: "client" | "provider"; name: string; title: string; email: string };

/** Who could sign for a side: members who may, then contacts whom a link would reach. Each address is there once. */
export async function candidatesOf(db: Reader, engagementId: string, people: readonly Person[]): Promise<Candidate[]> {
  const members = await db.member.findMany({
    where: { engagementId, side: { in: ["client", "provider"] } },
    orderBy: { userId: "asc" },
    select: { side: true, permission: true, user: { select: { name: true, email: true } } },
  });
  const titles = new Map(people.map(({ email, title }) => [email.toLowerCase(), title]));
  const signing = members.flatMap(({ user: { name, email }, ...member }): Candidate[] => {
    const access = accessOf(member);
    return access && access.side !== "third-party" && may(access, "sign") && email !== ""
      ? [{ side: access.side, name, title: titles.get(email) ?? "", email }]
      : [];
  });
  const known = new Set(signing.map(({ email }) => email));
  const contacts = people.flatMap(({ side, name, title, email }): Candidate[] =>
    side !== "third-party" && email !== "" && !known.has(email.toLowerCase())
      ? [{ side, name, title, email: email.toLowerCase() }]
      : [],
  );
  return [...signing, ...contacts];
}

/** How many people could sign for each side. */
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

/** What signing a text needs on a day, and what is left of it. */
export async function signingNeeds(
  db: Reader,
  { engagementId, matrixId }: Place,
  { matrix, blockers }: { matrix: Matrix; blockers: readonly Blocker[] },
  now: Date,
): Promise<SigningNeed[]> {
  const { people, holdings } = await peopleOf(db, { engagementId, matrixId });
  return signingRequirements(matrix, {
    today: earliestToday(now),
    blockers,
    holders: roleHolders(matrix, people, holdings, latestToday(now)),
    signers: await countSigners(db, engagementId, people),
  });
}

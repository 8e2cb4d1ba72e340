import { write } from "~/db/client.server";
import { env } from "~/env.server";
import type { Actor } from "~/services/who/actor.server";
import { confirmSignatory } from "~/services/signing/signing-requests.server";
import { loadSigning } from "~/services/signing/signing-view.server";
import { publishVersion } from "~/services/version/versions.server";
import { aDuty, aMatrix, cells } from "./matrices";
import { anEngagement } from "./stored";

/** Runs something as an installation with a mail server; queued mail stays in the queue. */
export async function withMail<T>(run: () => Promise<T>): Promise<T> {
  env.SMTP_URL = { host: "127.0.0.1", port: 1, tls: "offered", user: null, password: "" };
  try {
    return await run();
  } finally {
    env.SMTP_URL = null;
  }
}

/** The day since which roles are held, long before any test. */
const SINCE = "2020-01-01";

/** Gives each role a holder of its side, without which nothing can be signed. */
export async function holdRoles(
  matrixId: string,
  engagementId: string,
  roles: Record<string, "client" | "provider">,
): Promise<void> {
  await write(async (tx) => {
    for (const [roleId, side] of Object.entries(roles)) {
      const personId = crypto.randomUUID();
      await tx.person.create({
        data: {
          id: personId,
          engagementId,
          side,
          name: `Holder of ${roleId}`,
          title: "",
          email: "",
          phones: [],
          hours: "",
          timeZone: "",
          createdAt: new Date(SINCE),
        },
      });
      await tx.holding.create({ data: { id: crypto.randomUUID(), matrixId, roleId, personId, since: SINCE } });
    }
  });
}

/** Publishes a version that nothing stops from being signed. The provider has an owner too. */
export async function aPublishedVersion(
  owner: Actor,
  other: Actor,
  now: Date,
): Promise<{ engagementId: string; matrixId: string }> {
  const ids = await anEngagement(
    owner,
    aMatrix({
      duties: [
        // Without a handover note it is a warning, which may stay open.
        aDuty({ letters: cells({ "it-lead": "A", "service-desk": "R" }) }),
      ],
    }),
  );
  await write((tx) =>
    tx.member.create({
      data: {
        engagementId: ids.engagementId,
        userId: other.userId,
        side: "provider",
        permission: "owner",
        createdAt: now,
      },
    }),
  );
  await holdRoles(ids.matrixId, ids.engagementId, { "it-lead": "client", "service-desk": "provider" });
  await publishVersion(
    owner,
    ids.matrixId,
    {
      revision: 0,
      reason: "First",
      agreementReference: "",
      exhibit: "",
      precedence: "",
      effectiveDate: null,
      reviewDate: null,
    },
    now,
  );
  return ids;
}

/** Confirms, as an owner, all signatories whom the other side has named for the owner's side. */
export async function confirmAll(owner: Actor, matrixId: string, number: number, now: Date): Promise<void> {
  const { partyId, round } = await loadSigning(owner, matrixId, number, now);
  for (const signatory of round?.signatories ?? [])
    if (signatory.proposed && signatory.partyId === partyId)
      await confirmSignatory(owner, matrixId, number, signatory.id, now);
}

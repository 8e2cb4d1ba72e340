import { beforeAll, describe, expect, it } from "vitest";
import { read, write } from "~/db/client.server";
import type { MatrixCommand } from "~/domain/editing/commands";
import { fingerprintOf } from "~/files/fingerprint.server";
import { LIBRARY } from "~/library/library";
import type { Actor } from "~/services/who/actor.server";
import { loadDraft } from "~/services/matrix/drafts.server";
import { createEngagement, openSample } from "~/services/engagement/engagements.server";
import { portfolioQuery } from "~/domain/engagement/portfolio";
import { listPortfolio } from "~/services/engagement/portfolio.server";
import { exportDraft, exportVersion } from "~/services/pack/exports.server";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import { loadSigningPage } from "~/services/signing/signing-page.server";
import { sendForSigning } from "~/services/signing/signing-requests.server";
import {
  listVersions,
  loadVersion,
  previewVersion,
  publishVersion,
  type PublishInput,
} from "~/services/version/versions.server";
import { aPublishedVersion } from "../support/signing";
import { aUser } from "../support/stored";

const NOW = new Date("2026-03-03T09:00:00Z");
const EVERYTHING = portfolioQuery(new URLSearchParams());
let actor: Actor;
let matrixId: string;

const form = (fields: Partial<PublishInput> = {}): PublishInput => ({
  revision: 0,
  reason: "First agreed split",
  agreementReference: "MSA-2026-014",
  exhibit: "Exhibit B",
  precedence: "The agreement stands.",
  effectiveDate: "2026-04-01",
  reviewDate: "2026-10-01",
  ...fields,
});
const edit = (...commands: MatrixCommand[]) =>
  runCommands(actor, matrixId, { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands }] }, NOW);

beforeAll(async () => {
  actor = await aUser("Maya Lindqvist");
  matrixId = await createEngagement(
    actor,
    { clientName: "Northwind", providerName: "Harbour IT", agreementReference: "", preset: "shared", side: "client" },
    NOW,
  );
});

describe("versions", () => {
  it("freeze the draft, remember the form's terms and chain by fingerprint", async () => {
    // What a form says of its author is not heard: the version names whose account it was.
    expect(await publishVersion(actor, matrixId, { ...form(), authorName: "The board" } as PublishInput, NOW)).toBe(1);
    const first = await loadVersion(actor, matrixId, 1);
    expect(first.facts).toMatchObject({
      number: 1,
      status: "proposed",
      reason: "First agreed split",
      authorName: "Maya Lindqvist",
      previousFingerprint: null,
      effectiveDate: "2026-04-01",
      blockers: 0,
    });
    expect(fingerprintOf(first.canonicalText)).toBe(first.facts.fingerprint);
    expect((await previewVersion(actor, matrixId, NOW)).terms).toMatchObject({
      exhibit: "Exhibit B",
      reviewDate: "2026-10-01",
    });

    await edit({ type: "duty.assign", dutyId: "net-02", lens: "does", to: "shared" });
    expect((await loadDraft(actor, matrixId, new Date())).changes).toBe(1);
    const { revision } = await loadDraft(actor, matrixId, new Date());
    expect(await publishVersion(actor, matrixId, form({ revision, reason: "Network is shared" }), NOW)).toBe(2);
    const second = await loadVersion(actor, matrixId, 2);
    expect(second.facts).toMatchObject({ previousFingerprint: first.facts.fingerprint, blockers: 1, changes: 1 });
    expect(second.blockers).toMatchObject([
      {
        part: "duties",
        code: "NET-02",
        sentence: "Several parties do it and no boundary note says which part is whose. Write the note.",
      },
    ]);
    expect(second.changes.join(" ")).toContain("NET-02");
    expect((await loadVersion(actor, matrixId, 1)).canonicalText).toBe(first.canonicalText);
    expect((await listVersions(actor, matrixId)).map(({ number }) => number)).toEqual([2, 1]);
  });

  it("say what stopped signing them in the same words, also those stored before other things than duties could", async () => {
    const actor = await aUser("Priya Nair");
    const matrixId = await createEngagement(
      actor,
      { clientName: "Northwind", providerName: "Harbour IT", agreementReference: "", preset: "shared", side: "client" },
      NOW,
    );
    await runCommands(
      actor,
      matrixId,
      {
        baseRevision: 0,
        steps: [
          {
            id: crypto.randomUUID(),
            commands: [{ type: "duty.assign", dutyId: "net-02", lens: "does", to: "shared" }],
          },
        ],
      },
      NOW,
    );
    const { revision, matrix } = await loadDraft(actor, matrixId, NOW);
    await publishVersion(actor, matrixId, form({ revision }), NOW);
    const sentence = "Several parties do it and no boundary note says which part is whose. Write the note.";
    const text = matrix.duties.find(({ id }) => id === "net-02")?.text ?? "";
    const earlier = [{ code: "shared-without-boundary", dutyId: "net-02", dutyCode: "NET-02", text, sentence }];
    const stored = { part: "duties", id: "net-02", code: "NET-02", title: text, sentence };
    const row = await read.version.findFirst({ where: { matrixId }, select: { id: true, blockers: true } });
    expect(row?.blockers).toEqual([stored]);
    await write((tx) => tx.version.update({ where: { id: row?.id ?? "" }, data: { blockers: earlier } }));
    expect((await loadVersion(actor, matrixId, 1)).blockers).toEqual([stored]);
    expect((await listVersions(actor, matrixId))[0]?.blockers).toBe(1);
    const file = await exportVersion(actor, matrixId, 1, "md", NOW);
    expect(new TextDecoder().decode(file.bytes)).toContain(`NET-02 “${text}”: ${sentence}`);
  });

  it("are refused when nothing changed, when the draft went on, and when a field can't be stored", async () => {
    const { revision } = await loadDraft(actor, matrixId, new Date());
    await expect(publishVersion(actor, matrixId, form({ revision }), NOW)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("What is agreed has not changed"),
    });
    await expect(publishVersion(actor, matrixId, form({ revision: revision - 1 }), NOW)).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(
      publishVersion(actor, matrixId, form({ revision, reason: " ", exhibit: "x".repeat(10_000) }), NOW),
    ).rejects.toMatchObject({ code: "invalid", fields: { reason: expect.any(String), exhibit: expect.any(String) } });
    await expect(
      publishVersion(actor, matrixId, form({ revision, reviewDate: "2026-01-01" }), NOW),
    ).rejects.toMatchObject({ code: "invalid", fields: { reviewDate: expect.any(String) } });
    expect(await read.version.count({ where: { matrixId } })).toBe(2);
  });

  it("name the characters that their PDF shows as boxes before they are published, each with its place", async () => {
    await edit({ type: "duty.edit", dutyId: "net-05", set: { boundary: "Up to the ꙮ of 東京" } });
    const { withoutFont, revision } = await previewVersion(actor, matrixId, NOW);
    expect(withoutFont).toEqual([expect.stringMatching(/NET-05.*: Boundary.* has ꙮ \(U\+A66E\)$/)]);
    await expect(
      publishVersion(actor, matrixId, form({ revision, reason: "Why \uE000", exhibit: "𒀀" }), NOW),
    ).rejects.toMatchObject({
      code: "invalid",
      fields: {
        reason: expect.stringContaining("(U+E000), which no typeface"),
        exhibit: expect.stringContaining("𒀀 (U+12000)"),
      },
    });
    await edit({ type: "duty.edit", dutyId: "net-05", set: { boundary: "" } });
    expect((await previewVersion(actor, matrixId, NOW)).withoutFont).toEqual([]);
  });

  it("published twice at the same moment become one version; the other is told", async () => {
    await edit({ type: "duty.assign", dutyId: "net-04", lens: "does", to: { partyId: "client" } });
    const { revision } = await loadDraft(actor, matrixId, new Date());
    const both = await Promise.allSettled([
      publishVersion(actor, matrixId, form({ revision }), NOW),
      publishVersion(actor, matrixId, form({ revision }), NOW),
    ]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
    expect(await read.version.count({ where: { matrixId } })).toBe(3);
  });

  it("dated before the one they follow say so to whoever publishes, lists, opens or signs them", async () => {
    const [owner, other] = [await aUser("Maya Lindqvist"), await aUser("Tom Brandt")];
    const { matrixId: dated } = await aPublishedVersion(owner, other, new Date("2026-03-03T09:00:00Z"));
    const publish = (revision: number, effectiveDate: string, now: string) =>
      publishVersion(owner, dated, form({ revision, effectiveDate, reviewDate: null }), new Date(now));
    await publish(1, "2027-01-01", "2026-03-04T09:00:00Z");
    expect(await previewVersion(owner, dated, NOW)).toMatchObject({
      number: 3,
      follows: { number: 2, effectiveDate: "2027-01-01" },
    });
    expect(await publish(2, "2026-12-01", "2026-03-01T09:00:00Z")).toBe(3);
    const remarks = [
      expect.stringMatching(/^The effective date is 1 Dec 2026, before that of version 2, 1 Jan 2027\./),
      expect.stringMatching(/^Version 3 bears an earlier time than version 2/),
    ];
    expect((await listVersions(owner, dated)).map((version) => version.remarks)).toEqual([remarks, [], []]);
    expect((await loadVersion(other, dated, 3)).facts.remarks).toEqual(remarks);
    await sendForSigning(
      owner,
      dated,
      3,
      {
        order: "together",
        message: "",
        due: "",
        signatories: [owner, other].map(({ name, email }, i) => ({
          partyId: i === 0 ? "client" : "provider",
          name,
          title: "",
          email,
        })),
      },
      NOW,
    );
    expect((await loadSigningPage(owner, dated, 3, NOW)).remarks).toEqual(remarks);
  });

  it("of somebody else are not there", async () => {
    const stranger = await aUser("Stranger");
    const asked = [
      () => loadVersion(stranger, matrixId, 1),
      () => listVersions(stranger, matrixId),
      () => previewVersion(stranger, matrixId, NOW),
      () => exportVersion(stranger, matrixId, 1, "xlsx", NOW),
      () => exportDraft(stranger, matrixId, "csv", NOW),
    ];
    for (const ask of asked) await expect(ask()).rejects.toMatchObject({ code: "not-found" });
  });

  it("and drafts are exported in every format, and each export is recorded", async () => {
    const before = await read.logEntry.count({ where: { matrixId } });
    for (const format of ["xlsx", "docx", "pdf", "json", "csv", "md"] as const) {
      const version = await exportVersion(actor, matrixId, 1, format, NOW);
      expect(version.name).toBe(`northwind-harbour-it-responsibility-matrix-version-1.${format}`);
      expect(version.bytes.byteLength).toBeGreaterThan(10_000);
      expect((await exportDraft(actor, matrixId, format, NOW)).name).toBe(
        `northwind-harbour-it-responsibility-matrix-draft.${format}`,
      );
    }
    expect(await read.logEntry.count({ where: { matrixId } })).toBe(before + 12);
  });
});

describe("engagements", () => {
  it("are listed with status, balance and open blockers, for their members only", async () => {
    const sample = await openSample(actor, NOW);
    expect(await openSample(actor, NOW)).toBe(sample);
    const rows = (await listPortfolio(actor, EVERYTHING, 50, NOW)).rows;
    expect(rows).toHaveLength(2);
    const row = rows.find((candidate) => candidate.matrixId === matrixId);
    expect(row).toMatchObject({
      clientName: "Northwind",
      duties: LIBRARY.duties.length,
      blockers: 1,
      version: { number: 3, status: "proposed" },
      changes: 0,
      reviewDate: "2026-10-01",
    });
    expect(row?.balance.reduce((sum, { count }) => sum + count, 0)).toBe(LIBRARY.duties.length);
    expect((await listPortfolio(await aUser("Stranger"), EVERYTHING, 50, NOW)).rows).toEqual([]);
  });

  it("are refused with a sentence a field", async () => {
    const refused = createEngagement(
      actor,
      { clientName: "", providerName: "\u0000", agreementReference: "x".repeat(200), preset: "shared", side: "client" },
      NOW,
    );
    await expect(refused).rejects.toMatchObject({
      code: "invalid",
      fields: {
        clientName: expect.any(String),
        providerName: expect.any(String),
        agreementReference: expect.any(String),
      },
    });
    await expect(
      createEngagement(
        actor,
        { clientName: "A", providerName: "B", agreementReference: "", preset: "nonsense", side: "client" },
        NOW,
      ),
    ).rejects.toMatchObject({ fields: { preset: expect.any(String) } });
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { blankPath } from "~/domain/parts/paths";
import { listActivity } from "~/services/matrix/activity.server";
import { exportPaths } from "~/services/pack/exports.server";
import { publishVersion } from "~/services/version/versions.server";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import type { Actor } from "~/services/who/actor.server";
import { aMatrix } from "../support/matrices";
import { anEngagement, aUser } from "../support/stored";

const NOW = new Date("2026-11-27T12:00:00Z");
let actor: Actor;
let matrixId: string;
const textOf = ({ bytes }: { bytes: Uint8Array }) => new TextDecoder().decode(bytes);

beforeAll(async () => {
  actor = await aUser("Maya Lindqvist");
  const level = { minutes: 0, calls: [], channels: [], decides: false, may: "" };
  ({ matrixId } = await anEngagement(
    actor,
    aMatrix({
      paths: [
        {
          ...blankPath("s1"),
          name: "S1",
          levels: { one: { ...level, calls: [{ roleId: "service-desk", direction: "up" }] } },
        },
        { ...blankPath("s2"), name: "S2" },
      ],
    }),
  ));
  const terms = { agreementReference: "", exhibit: "", precedence: "", effectiveDate: null, reviewDate: null };
  await publishVersion(actor, matrixId, { revision: 0, reason: "First", ...terms }, NOW);
  await runCommands(
    actor,
    matrixId,
    { baseRevision: 0, steps: [{ id: "later", commands: [{ type: "thing.delete", part: "paths", thingId: "s2" }] }] },
    NOW,
  );
});

describe("the paths for on-call tools", () => {
  it("are those of the draft or of a version, one or all, under a name that says which", async () => {
    const draft = await exportPaths(actor, matrixId, "on-call", NOW);
    expect(draft.name).toMatch(/-draft-escalation-paths\.json$/);
    expect(JSON.parse(textOf(draft))).toMatchObject({ edition: { kind: "draft" }, paths: [{ id: "s1" }] });
    const version = await exportPaths(actor, matrixId, "on-call", NOW, { number: 1 });
    expect(JSON.parse(textOf(version))).toMatchObject({
      edition: { kind: "version", number: 1, status: "proposed", fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) },
      paths: [{ id: "s1" }, { id: "s2" }],
    });
    const one = await exportPaths(actor, matrixId, "terraform", NOW, { number: 1, pathId: "s1" });
    expect(one).toMatchObject({
      type: "text/plain; charset=utf-8",
      name: expect.stringMatching(/-s1-version-1-escalation-path\.tf$/),
    });
    expect(textOf(one).match(/^resource /gm)).toHaveLength(1);
  });

  it("are refused where there is no such path or version, or no such matrix for whoever asks", async () => {
    const stranger = await aUser("Nobody");
    for (const ask of [
      () => exportPaths(actor, matrixId, "on-call", NOW, { pathId: "s2" }),
      () => exportPaths(actor, matrixId, "on-call", NOW, { number: 9 }),
      () => exportPaths(stranger, matrixId, "on-call", NOW),
    ])
      await expect(ask()).rejects.toMatchObject({ code: "not-found" });
  });

  it("are told in the activity by what they are", async () => {
    await exportPaths(actor, matrixId, "terraform", NOW);
    await exportPaths(actor, matrixId, "on-call", NOW, { number: 1 });
    const told = JSON.stringify(
      await listActivity(actor, matrixId, { person: "", kind: "downloads", dutyId: "", after: null }),
    );
    expect(told).toContain("Downloaded the draft as a Terraform file.");
    expect(told).toContain("Downloaded version 1 as a file for on-call tools.");
  });
});

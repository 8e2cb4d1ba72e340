import { beforeEach, describe, expect, it, vi } from "vitest";
import { signIn } from "~/services/who/accounts.server";
import { countTry } from "~/services/who/attempts.server";
import { loadDraft } from "~/services/matrix/drafts.server";
import { acceptWithNewAccount } from "~/services/access/invitations.server";
import { ownData } from "~/services/account/own-data.server";
import { confirmPassword } from "~/services/account/passwords.server";
import { listRecord } from "~/services/access/record.server";
import { previewVersion } from "~/services/version/versions.server";
import { anEngagementOfAll, everybody } from "../support/engagement-of-all";
import { recordOfPerson } from "../support/records";

const NOW = new Date();
const WRONG = "not these four words";
const caller = { address: "2001:db8:1:2::9", userAgent: "", cookie: "" };
let lines: unknown[] = [];

beforeEach(() => {
  lines = [];
  vi.spyOn(console, "info").mockImplementation((line: string) => void lines.push(JSON.parse(line)));
});

const refused = (asked: Promise<unknown>) => expect(asked).rejects.toMatchObject({ code: expect.any(String) });

describe("what is refused", () => {
  it("by a wrong password is a line and stands in the account's own record, without the password or the address", async () => {
    const { editor, owner } = await everybody();
    const on = await anEngagementOfAll(NOW);
    await refused(signIn({ email: editor.email.toUpperCase(), password: WRONG }, caller, NOW));
    await refused(signIn({ email: "nobody@people.example", password: WRONG }, caller, NOW));
    const line = {
      at: expect.any(String),
      event: "password.refused",
      where: "sign-in",
      userId: editor.userId,
      network: "2001:db8:1:2",
    };
    expect(lines).toEqual([line, { ...line, userId: null }]);
    expect(JSON.stringify(lines)).not.toMatch(/@|four words/);
    expect(await recordOfPerson(editor.userId)).toContainEqual({
      event: "session.refused",
      detail: { method: "password" },
    });
    expect(new TextDecoder().decode((await ownData(editor, NOW)).bytes)).toContain("session.refused");
    expect((await listRecord(owner, on.matrixId, null)).entries.map(({ sentence }) => sentence)).toContain(
      "A sign-in was refused: the password was wrong.",
    );
  });

  it("by a wrong password at an invitation or where one is confirmed is kept alike", async () => {
    const people = await everybody();
    const on = await anEngagementOfAll(NOW);
    await refused(acceptWithNewAccount(on.token, { name: "Somebody", password: WRONG }, caller, NOW));
    await refused(confirmPassword(people.viewer, WRONG, { ...caller, cookie: people.viewer.cookie }));
    expect(lines).toMatchObject([
      { event: "password.refused", where: "invitation", userId: people.stranger.userId },
      { event: "password.refused", where: "confirm", userId: people.viewer.userId },
    ]);
    expect(await recordOfPerson(people.stranger.userId)).toContainEqual({
      event: "session.refused",
      detail: { method: "password" },
    });
    expect(await recordOfPerson(people.viewer.userId)).toContainEqual({
      event: "session.refused",
      detail: { method: "confirm" },
    });
  });

  it("for want of access is a line that says who asked for what", async () => {
    const { stranger, viewer } = await everybody();
    const on = await anEngagementOfAll(NOW);
    await refused(loadDraft(stranger, on.matrixId, NOW));
    await refused(previewVersion(viewer, on.matrixId, NOW));
    await refused(loadDraft(viewer, `made up\n${"x".repeat(500)}`, NOW));
    expect(lines).toEqual([
      {
        at: expect.any(String),
        event: "access.refused",
        answer: "not-found",
        userId: stranger.userId,
        matrixId: on.matrixId,
        ability: "read",
      },
      {
        at: expect.any(String),
        event: "access.refused",
        answer: "forbidden",
        userId: viewer.userId,
        matrixId: on.matrixId,
        ability: "publish",
      },
      {
        at: expect.any(String),
        event: "access.refused",
        answer: "not-found",
        userId: viewer.userId,
        matrixId: `made up\n${"x".repeat(56)}`,
        ability: "read",
      },
    ]);
  });

  it("by a full limit is one line, however often it is tried on", async () => {
    for (let i = 0; i < 10; i++) await countTry("confirm", { account: "somebody", address: "203.0.113.9" });
    for (let i = 0; i < 5; i++) await refused(countTry("confirm", { account: "somebody", address: "203.0.113.9" }));
    expect(lines).toEqual([
      { at: expect.any(String), event: "limit.reached", of: "confirm", by: "account", network: "203.0.113.9" },
    ]);
  });
});

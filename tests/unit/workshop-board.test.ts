import { describe, expect, it } from "vitest";
import { agreementOf, validMark } from "~/domain/agreement/agreement";
import { thingAgreement } from "~/domain/agreement/thing-agreement";
import { applyCommands } from "~/domain/editing/apply-command";
import { ownerOf, partiesHolding } from "~/domain/matrix/owner";
import type { Matrix } from "~/domain/matrix/matrix";
import { blankPath } from "~/domain/parts/paths";
import { proposalRefusal, settledCommands, settlementRefusal } from "~/domain/workshop/board";
import { workshopChoices } from "~/domain/workshop/choices";
import { boardWords } from "~/domain/workshop/standing";
import type { Item, Settlement, Subject } from "~/domain/workshop/shapes";
import { aDuty, aMatrix, cells } from "../support/matrices";

const SIDES = { client: "client", provider: "provider" };
const DUTY: Subject = { kind: "duty", id: "duty-1" };
const PATH: Subject = { kind: "path", id: "s1" };

function settled(matrix: Matrix, settlement: Settlement, subject = DUTY): Matrix {
  const commands = settledCommands(matrix, { subject }, settlement, SIDES);
  if (!commands.ok) throw new Error(commands.rejection.message);
  const { matrix: after, rejected } = applyCommands(matrix, commands.value);
  expect(rejected).toEqual([]);
  return after;
}

const item = (subject: Subject): Item => ({
  id: "i1",
  subject,
  minutes: 3,
  sealed: [],
  revealed: null,
  settling: null,
  settled: null,
  skipped: false,
  spentMs: 0,
  roundFromMs: 0,
});

describe("what is settled reaches the board", () => {
  const starts: Record<string, string>[] = [
    {},
    { "it-lead": "A", "it-team": "R", "service-desk": "C" },
    { "it-lead": "A/R" },
    { "service-desk": "A/R", vendor: "R" },
    { "it-lead": "A", "service-desk": "A/R" },
    { vendor: "A/R", "it-team": "I" },
    { "it-lead": "A", "it-team": "R", "service-desk": "R", vendor: "C" },
  ];
  const doers = [
    ["client"],
    ["provider"],
    ["vendors"],
    ["client", "provider"],
    ["client", "vendors"],
    ["provider", "vendors"],
    ["client", "provider", "vendors"],
  ];

  it("by whatever letters it begins with, and whoever is to do it and to answer: with both marks on just that", () => {
    for (const start of starts)
      for (const reserved of [false, true])
        for (const does of doers)
          for (const answers of ["client", "provider"]) {
            const matrix = aMatrix({ duties: [aDuty({ letters: cells(start), reserved })] });
            const after = settled(matrix, { kind: "split", does, answers, boundary: "Half and half." });
            const [duty] = after.duties;
            if (!duty) throw new Error("No duty.");
            expect(partiesHolding(after, duty, "R").map(({ id }) => id)).toEqual(
              ["client", "provider", "vendors"].filter((id) => does.includes(id)),
            );
            expect(ownerOf(after, duty)?.id).toBe(answers);
            expect(agreementOf(after, duty)).toBe("agreed");
          }
  });

  it("as it stands already, by the marks alone", () => {
    const matrix = aMatrix({ duties: [aDuty({ letters: cells({ "service-desk": "A/R" }) })] });
    const split: Settlement = { kind: "split", does: ["provider"], answers: "provider", boundary: "" };
    const commands = settledCommands(matrix, { subject: DUTY }, split, SIDES);
    expect(commands.ok && commands.value.map(({ type }) => type)).toEqual(["duty.mark", "duty.mark"]);
  });

  it("from what was parked, which it is no longer, whether agreed or disputed; and the board's words say which", () => {
    const standing = { kind: "parked", owner: "Helen", until: "2027-01-01" } as const;
    const matrix = aMatrix({ duties: [aDuty({ standing })] });
    expect(boardWords(matrix, DUTY)).toBe("The board has it parked until 1 Jan 2027 with Helen.");
    const agreed = settled(matrix, { kind: "split", does: ["client"], answers: "client", boundary: "" });
    expect(agreed.duties[0]).toMatchObject({ standing: null });
    expect(boardWords(agreed, DUTY)).toBe("The board has it agreed by both parties.");
    const disputed = settled(matrix, { kind: "dispute", positions: { client: "Ours.", provider: "Ours." } });
    expect(disputed.duties[0] && agreementOf(disputed, disputed.duties[0])).toBe("disputed");
    expect(boardWords(disputed, DUTY)).toBe("The board has it disputed.");
    expect(boardWords(aMatrix(), DUTY)).toBe("");
    expect(boardWords(aMatrix({ duties: [] }), DUTY)).toBe("");
  });

  it("as a dispute with the position of each side under its own mark", () => {
    const after = settled(aMatrix(), { kind: "dispute", positions: { client: "Ours.", provider: "No, ours." } });
    const [duty] = after.duties;
    expect(duty && SIDES.client && validMark(after, duty, "provider")).toMatchObject({
      state: "disputed",
      position: "No, ours.",
    });
    expect(duty && agreementOf(after, duty)).toBe("disputed");
  });

  it("of a path: agreed as it is written, or disputed; a parked one changes nothing", () => {
    const matrix = aMatrix({ paths: [{ ...blankPath("s1"), name: "Server down" }] });
    const agreementOn = (settlement: Settlement) => {
      const after = settled(matrix, settlement, PATH);
      const [path] = after.paths;
      return path && thingAgreement(after, "paths", path);
    };
    expect(agreementOn({ kind: "stands" })).toBe("agreed");
    expect(agreementOn({ kind: "dispute", positions: { client: "Later.", provider: "Sooner." } })).toBe("disputed");
    expect(settled(matrix, { kind: "park", owner: "Helen", until: "2027-01-01" }, PATH)).toBe(matrix);
  });

  it("not where the party that is to do it has no role, which is said", () => {
    const matrix = aMatrix();
    const without = { ...matrix, roles: matrix.roles.filter(({ partyId }) => partyId !== "vendors") };
    const split: Settlement = { kind: "split", does: ["client", "vendors"], answers: "client", boundary: "" };
    expect(settledCommands(without, { subject: DUTY }, split, SIDES)).toMatchObject({
      ok: false,
      rejection: { message: "A party without a role can't do it. Add a role first." },
    });
  });
});

describe("a proposal or a settlement is refused", () => {
  it.each<[string, Subject, Parameters<typeof proposalRefusal>[2]["choice"], RegExp]>([
    ["for a duty that was deleted", { kind: "duty", id: "gone" }, { kind: "not-sure" }, /deleted from the board/],
    ["of a split for a path", PATH, { kind: "split", does: ["client"], answers: "client" }, /no answer to this/],
    ["of a path for a duty", DUTY, { kind: "stands" }, /no answer to this/],
    ["for a party that is gone", DUTY, { kind: "split", does: ["gone"], answers: "client" }, /taken out of the matrix/],
    ["where a vendor answers", DUTY, { kind: "split", does: ["vendors"], answers: "vendors" }, /One of the two sides/],
  ])("%s", (_, subject, choice, sentence) => {
    const matrix = aMatrix({ paths: [blankPath("s1")] });
    expect(proposalRefusal(matrix, item(subject), { choice, reason: "A secret." })?.message).toMatch(sentence);
    expect(proposalRefusal(matrix, item(subject), { choice, reason: "A secret." })?.message).not.toContain("secret");
  });

  it("where the duty isn't what the facilitator saw", () => {
    const terms = "2:00000000000000000000000000000000";
    expect(settlementRefusal(aMatrix(), item(DUTY), { kind: "stands" }, terms)?.message).toBe(
      "SUP-01 was changed on the board a moment ago. Look at it again, then settle it.",
    );
  });
});

it("what a workshop may be about says why: planned first, often disputed, unassigned, changed, with findings", () => {
  const before = aMatrix({
    duties: [aDuty(), aDuty({ id: "duty-2", code: "SUP-02", letters: cells({ "it-lead": "A/R" }) })],
  });
  const [first, second] = before.duties;
  if (!first || !second) throw new Error("No duties.");
  const now: Matrix = {
    ...before,
    duties: [
      { ...first, firstWorkshop: true, oftenDisputed: true },
      { ...second, text: "Another text" },
    ],
  };
  const { duties } = workshopChoices(now, before, { today: "2026-11-27" });
  expect(duties.map(({ code, reasons }) => [code, reasons.filter((reason) => reason !== "finding")])).toEqual([
    ["SUP-01", ["first-workshop", "often-disputed", "unassigned"]],
    ["SUP-02", ["changed"]],
  ]);
  expect(duties[0]?.reasons).toContain("finding");
});

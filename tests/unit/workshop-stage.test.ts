import { describe, expect, it } from "vitest";
import { applyWorkshopEvent, begunWorkshop } from "~/domain/workshop/apply-workshop";
import type { Change } from "~/domain/workshop/events";
import { leadView } from "~/domain/workshop/view/lead";
import type { Choice, Workshop } from "~/domain/workshop/shapes";
import { workshopView } from "~/domain/workshop/view/view";
import type { PartyView, PictureView } from "~/domain/workshop/view/view-types";
import { verdictWords } from "~/ui/workshop/reveal/verdict-words";
import { momentOf, nextOpen } from "~/ui/workshop/stage/moments";
import { settleOptions } from "~/ui/workshop/stage/settle/settle-options";
import { matrixOf } from "../support/workshop-matrix";

const split = (does: string | string[], answers: string): Choice => ({
  kind: "split",
  does: [does].flat(),
  answers,
});
const BY_CLIENT = split("client", "client");
const BY_PROVIDER = split("provider", "provider");

const PARTIES: PartyView[] = [
  { partyId: "client", kind: "client", name: "Northwind", hostId: null },
  { partyId: "provider", kind: "provider", name: "Harbour IT", hostId: null },
  { partyId: "vendor", kind: "third-party", name: "Paywell", hostId: null },
];

const picture = (partyId: string, choice: Choice | null): PictureView => ({
  ...{ partyId, choice, said: 1, of: 1, byHost: false, reasons: [] },
});

/** A workshop about `d1` and `d2` with one person of each side, after some changes by its facilitator. */
function workshopAfter(...changes: (Change | [by: string, Change])[]): Workshop {
  const begun = begunWorkshop({
    type: "begin",
    title: "Workshop",
    sides: { client: "client", provider: "provider" },
    participantId: "priya",
    name: "Priya",
    partyId: "provider",
  });
  if (!begun.ok) throw new Error("It didn't begin.");
  let workshop = begun.value;
  const first: Change[] = [
    {
      type: "plan",
      title: "Workshop",
      minutes: null,
      items: ["d1", "d2"].map((id, n) => ({ id: `i${n + 1}`, subject: { kind: "duty", id }, minutes: 4 })),
    },
    { type: "open" },
    { type: "join", participantId: "maya", name: "Maya", partyId: "client", member: true, admitted: true },
    { type: "host", participantId: "priya" },
    { type: "host", participantId: "maya" },
  ];
  for (const [at, one] of [...first, ...changes].entries()) {
    const [by, change] = Array.isArray(one) ? one : (["priya", one] as const);
    const changed = applyWorkshopEvent(workshop, { by, at, change });
    if (!changed.ok) throw new Error(changed.rejection.message);
    workshop = changed.value;
  }
  return workshop;
}

const revealedAs = (itemId: string, client: Choice, provider: Choice): (Change | [string, Change])[] => [
  ["maya", { type: "seal", itemId, forParty: false }],
  ["priya", { type: "seal", itemId, forParty: false }],
  {
    type: "reveal",
    itemId,
    why: "facilitator",
    voices: [
      { participantId: "maya", forParty: false, proposal: { choice: client, reason: "" } },
      { participantId: "priya", forParty: false, proposal: { choice: provider, reason: "" } },
    ],
  },
];

describe("what only the projector shows", () => {
  it("counts the duties of each domain and how many both sides agreed on, once for a matrix", () => {
    const matrix = matrixOf(3);
    const { domains } = leadView(workshopAfter(), matrix);
    expect(domains.reduce((sum, { duties }) => sum + duties, 0)).toBe(3);
    expect(domains.every(({ agreed }) => agreed === 0)).toBe(true);
    expect(leadView(workshopAfter(), matrix).domains).toBe(domains);
  });

  it("says how many have sealed and how many a reveal would leave out, and nothing of what", () => {
    const workshop = workshopAfter(["maya", { type: "seal", itemId: "i2", forParty: false }]);
    expect(leadView(workshop, matrixOf(2)).sealed).toEqual([{ itemId: "i2", sealed: 1, leftOut: 1 }]);
  });

  it("lists what both sides said alike as it would be put on the table; a shared duty without a note needs one first", () => {
    const workshop = workshopAfter(
      ...revealedAs("i1", BY_CLIENT, BY_CLIENT),
      ...revealedAs("i2", split(["client", "provider"], "client"), split(["provider", "client"], "client")),
    );
    const { agreed } = leadView(workshop, matrixOf(2));
    expect(agreed).toMatchObject([
      { itemId: "i1", settlement: { kind: "split", does: ["client"] }, needsBoundary: false },
      { itemId: "i2", needsBoundary: true },
    ]);
  });

  it("is part of the projector's view alone", () => {
    const board = { matrix: matrixOf(2), archived: false };
    const workshop = workshopAfter();
    expect(workshopView(workshop, board, { kind: "projector", participantId: "priya" }).lead).not.toBeNull();
    expect(workshopView(workshop, board, { kind: "participant", participantId: "maya", own: [] }).lead).toBeNull();
  });
});

describe("what an item can be settled by", () => {
  const options = (
    client: Choice | null,
    provider: Choice | null,
    does: string[] = [],
    answers: string | null = null,
  ) =>
    settleOptions(
      {
        subject: { kind: "duty", id: "d1" },
        board: { does, answers, boundary: "" },
        revealed: {
          why: "all",
          leftOut: [],
          outcome: "gap",
          pictures: [picture("client", client), picture("provider", provider)],
          voices: [],
        },
      },
      PARTIES,
    );

  it("has each side's proposal first, with whose it is, and each choice once", () => {
    const found = options(BY_PROVIDER, BY_CLIENT, ["provider"], "provider");
    expect(found.map(({ choice }) => choice)).toEqual([
      BY_PROVIDER,
      BY_CLIENT,
      split(["client", "provider"], "client"),
      split(["client", "provider"], "provider"),
    ]);
    expect(found[0]).toMatchObject({ from: ["Northwind"], onBoard: true });
    expect(found[1]).toMatchObject({ from: ["Harbour IT"], onBoard: false });
  });

  it("says of an agreed one that both said it, and keeps what a third party is to do", () => {
    const third = split(["vendor"], "client");
    expect(options(third, third)[0]).toMatchObject({ choice: third, from: ["Northwind", "Harbour IT"] });
  });

  it("is for a path that it stands", () => {
    expect(settleOptions({ subject: { kind: "path", id: "p" }, board: null, revealed: null }, PARTIES)).toMatchObject([
      { choice: { kind: "stands" } },
    ]);
  });
});

describe("the verdict in words", () => {
  const words = (
    outcome: Parameters<typeof verdictWords>[1]["outcome"],
    client: Choice | null,
    provider: Choice | null,
  ) => verdictWords(PARTIES, { outcome, pictures: [picture("client", client), picture("provider", provider)] });

  it("names who expects what of whom, and blames nobody", () => {
    expect(words("gap", BY_PROVIDER, BY_CLIENT)).toEqual({
      title: "Gap: each thinks the other owns it.",
      detail: "Northwind expects Harbour IT to do it, Harbour IT expects Northwind. As it stands nobody would.",
    });
    expect(words("overlap", BY_CLIENT, BY_PROVIDER).detail).toBe(
      "Northwind and Harbour IT each do it alone, as they see it.",
    );
    expect(words("agree", BY_CLIENT, BY_CLIENT).detail).toBe("Both say that Northwind answers and does it.");
    expect(words("differs", split("client", "client"), split("vendor", "client")).detail).toBe(
      "As to who does it, Northwind says Northwind, Harbour IT says Paywell.",
    );
    expect(words("unclear", null, { kind: "not-sure" }).detail).toBe("Northwind is divided. Harbour IT isn't sure.");
  });
});

describe("what is to be done at a moment", () => {
  const shownOf = (workshop: Workshop, matrix = matrixOf(2)) =>
    workshopView(workshop, { matrix, archived: false }, { kind: "projector", participantId: "priya" });

  it("goes from proposing over settling and confirming to done", () => {
    const proposing = workshopAfter({ type: "go", itemId: "i1" });
    expect(momentOf(shownOf(proposing), null)).toBe("propose");
    const settlement = { kind: "split" as const, does: ["client"], answers: "client", boundary: "" };
    const revealed: (Change | [string, Change])[] = [
      { type: "go", itemId: "i1" },
      ...revealedAs("i1", BY_CLIENT, BY_PROVIDER),
    ];
    expect(momentOf(shownOf(workshopAfter(...revealed)), null)).toBe("settle");
    const settle: Change = { type: "settle", itemId: "i1", settlement, terms: null };
    const table = shownOf(workshopAfter(...revealed, settle));
    expect(momentOf(table, null)).toBe("confirm");
    expect(momentOf(table, 1)).toBe("settle");
    const confirm: Change = { type: "confirm", itemId: "i1", number: 1 };
    const done = shownOf(workshopAfter(...revealed, settle, ["maya", confirm], ["priya", confirm]));
    expect(momentOf(done, null)).toBe("done");
    expect(nextOpen(done.plan, done.current)).toBe("i2");
  });

  it("says of a duty that was deleted from the board that it is, and comes back to what was passed over", () => {
    const workshop = workshopAfter({ type: "go", itemId: "i2" });
    const deleted = shownOf(workshop, { ...matrixOf(2), duties: matrixOf(1).duties });
    expect(momentOf(deleted, null)).toBe("deleted");
    expect(nextOpen(deleted.plan, deleted.current)).toBe("i1");
  });
});

import { describe, expect, it } from "vitest";
import { applyWorkshopEvent, begunWorkshop } from "~/domain/workshop/apply-workshop";
import type { Change } from "~/domain/workshop/events";
import type { Matrix } from "~/domain/matrix/matrix";
import { minutesOf, namesOnBoard } from "~/domain/workshop/minutes/minutes";
import { followUps, itemFacts, minutesDocument, spentWords } from "~/domain/workshop/minutes/document";
import type { Choice, Settlement, Voice, Workshop } from "~/domain/workshop/shapes";
import { matrixOf } from "../support/workshop-matrix";

const CLIENT: Choice = { kind: "split", does: ["client"], answers: "client" };
const PROVIDER: Choice = { kind: "split", does: ["provider"], answers: "provider" };
const MINUTE = 60_000;
const MATRIX = matrixOf(4);
const AT = "2026-11-27T12:00:00.000Z";

type Step = [by: string | null, change: Change, minute?: number];

function begun(): Workshop {
  const result = begunWorkshop({
    type: "begin",
    title: "Onboarding",
    sides: { client: "client", provider: "provider" },
    participantId: "priya",
    name: "Priya",
    partyId: "provider",
  });
  if (!result.ok) throw new Error(result.rejection.message);
  return result.value;
}

function after(steps: readonly Step[], from = begun()): Workshop {
  return steps.reduce((workshop, [by, change, minute = 0]) => {
    const result = applyWorkshopEvent(workshop, { by, at: minute * MINUTE, change });
    if (!result.ok) throw new Error(`${change.type}: ${result.rejection.message}`);
    return result.value;
  }, from);
}

const join = (participantId: string, partyId: string, member: boolean): Step => [
  null,
  { type: "join", participantId, name: participantId, partyId, member, admitted: true },
];
const seal = (by: string, itemId: string): Step => [by, { type: "seal", itemId, forParty: false }];
const voice = (participantId: string, choice: Choice, reason = ""): Voice => ({
  participantId,
  forParty: false,
  proposal: { choice, reason },
});
const settled = (itemId: string, number: number, settlement: Settlement, minute: number): Step[] => [
  seal("maya", itemId),
  seal("tom", itemId),
  [
    "priya",
    {
      type: "reveal",
      itemId,
      why: "facilitator",
      voices: [voice("maya", CLIENT, "HR <b>starts</b> it."), voice("tom", PROVIDER)],
    },
  ],
  ["priya", { type: "settle", itemId, settlement, terms: null }],
  ["maya", { type: "confirm", itemId, number }],
  ["priya", { type: "confirm", itemId, number }, minute],
];
const open = after([
  [
    "priya",
    {
      type: "plan",
      title: "Onboarding",
      minutes: 90,
      items: ["d1", "d2", "d3", "d4"].map((id) => ({ id, subject: { kind: "duty", id }, minutes: 4 })),
    },
  ],
  join("maya", "client", true),
  join("tom", "provider", false),
  join("ruth", "client", false),
  ["priya", { type: "open" }],
  ["maya", { type: "host", participantId: "maya" }],
  ["priya", { type: "host", participantId: "priya" }],
  ["priya", { type: "go", itemId: "d1" }],
]);
const held = after(
  [
    ...settled("d1", 1, { ...CLIENT, boundary: "Up to the door." } as Settlement, 12),
    ["priya", { type: "park", itemId: "d2", owner: "Helen", until: "2027-03-01", standing: null }, 13],
    ...settled("d3", 2, { kind: "dispute", positions: { client: "Ours.", provider: "No." } }, 14),
  ],
  open,
);
const minutes = minutesOf(held, MATRIX);
const factsOf = (itemId: string) => {
  const items = [...minutes.settled, ...minutes.parked, ...minutes.disputed, ...minutes.left];
  const item = items.find((one) => one.itemId === itemId);
  return item ? itemFacts(item) : [];
};
const documentOf = (workshop: Workshop) =>
  minutesDocument(minutesOf(workshop, MATRIX), { number: 3, paper: "A4", at: AT });

describe("the minutes say", () => {
  it("of what was agreed: the split, its boundary, who confirmed it, what each side had proposed, why, and without whom", () => {
    expect(factsOf("d1")).toEqual([
      { label: "Agreed", value: "Northwind answers, Northwind does it." },
      { label: "Boundary", value: "Up to the door." },
      { label: "Confirmed by", value: "maya for Northwind, Priya for Harbour IT" },
      { label: "At the reveal", value: "Overlap. Both claim it." },
      { label: "Northwind proposed", value: "Northwind answers, Northwind does it." },
      { label: "Harbour IT proposed", value: "Harbour IT answers, Harbour IT does it. It was settled otherwise." },
      { label: "Reasons", value: "maya: HR <b>starts</b> it." },
      { label: "Left out", value: "Priya, ruth had not sealed yet." },
      { label: "Talked for", value: "12 minutes" },
    ]);
  });

  it("of what was parked who takes it up and when, of a dispute what each side holds, of the rest nothing more", () => {
    expect(factsOf("d2")).toEqual([
      { label: "Taken up by", value: "Helen" },
      { label: "On", value: "1 Mar 2027" },
    ]);
    expect(factsOf("d3").slice(0, 3)).toEqual([
      { label: "Northwind holds", value: "Ours." },
      { label: "Harbour IT holds", value: "No." },
      { label: "Confirmed by", value: "maya for Northwind, Priya for Harbour IT" },
    ]);
    expect(factsOf("d4")).toEqual([]);
  });

  it("what the board keeps of an item that was reopened", () => {
    const reopened = after([["priya", { type: "reopen", itemId: "d2" }]], held);
    const standing = { kind: "parked", owner: "Helen", until: "2027-03-01" } as const;
    const board = { ...MATRIX, duties: MATRIX.duties.map((duty) => (duty.id === "d2" ? { ...duty, standing } : duty)) };
    const [item] = minutesOf(reopened, board).left;
    expect(item && itemFacts(item)).toEqual([
      { label: "On the board", value: "The board has it parked until 1 Mar 2027 with Helen." },
    ]);
  });

  it("who took part, as what, and of a workshop that nobody ended that it isn't over", () => {
    const [about] = documentOf(held).chapters;
    expect(about?.blocks[1]).toMatchObject({
      rows: [
        ["Priya", "Harbour IT", "Facilitator, host of Harbour IT"],
        ["maya", "Northwind", "Host of Northwind"],
        ["tom", "Harbour IT", "Guest"],
        ["ruth", "Northwind", "Guest"],
      ],
    });
    const ended = (workshop: Workshop) => {
      const facts = documentOf(workshop).chapters[0]?.blocks[0];
      return facts?.kind === "facts" ? facts.facts.find(({ label }) => label === "Ended")?.value : undefined;
    };
    expect(ended(held)).toBe("Not ended: it is still open. These minutes are as of 27 Nov 2026, 12:00:00 UTC.");
    expect(ended(after([["priya", { type: "adjourn" }]], held))).toMatch(/^Not ended: it goes on another day\./);
    expect(ended(begun())).toMatch(/^Not opened yet\./);
    expect(ended(after([["priya", { type: "end", names: namesOnBoard(held, MATRIX) }, 90]], held))).toBe(
      "1 Jan 1970, 01:30:00 UTC",
    );
  });

  it("each part that has something in it, and that nothing was agreed where nothing was", () => {
    expect(documentOf(held).chapters.map(({ title }) => title)).toEqual([
      "The workshop",
      "Agreed",
      "Parked",
      "Disputed",
      "Left for another day",
    ]);
    expect(documentOf(open).chapters[1]).toEqual({
      title: "Agreed",
      blocks: [{ kind: "paragraph", text: "Nothing was agreed.", look: "plain" }],
    });
  });

  it.each([
    [0, "Under a minute"],
    [29_000, "Under a minute"],
    [90_000, "2 minutes"],
    [65 * MINUTE, "1 hour 5 minutes"],
  ])("%i ms as %s", (ms, words) => {
    expect(spentWords(ms)).toBe(words);
  });
});

it("an ended workshop says what the board said at its end, and any other what the board says or said of a deleted duty", () => {
  const names = namesOnBoard(held, MATRIX);
  const ended = after([["priya", { type: "end", names }, 90]], held);
  const renamed = {
    ...MATRIX,
    duties: MATRIX.duties.map((duty) => ({ ...duty, code: "NEW-01", text: "Another" })),
    parties: MATRIX.parties.map((party) => ({ ...party, name: "Renamed" })),
  };
  expect(minutesOf(ended, renamed)).toEqual({ ...minutesOf(ended, MATRIX) });
  expect(minutesOf(ended, { ...MATRIX, duties: [] }).settled[0]).toMatchObject({ code: "SUP-01", text: "Duty 1" });
  expect(minutesOf(held, renamed).settled[0]).toMatchObject({ code: "NEW-01", text: "Another" });
  const [duty, ...others] = MATRIX.duties;
  const kept: Matrix["deleted"] = duty ? { d1: { duty, terms: "", closed: [] } } : {};
  const deleted = { ...MATRIX, duties: others, deleted: kept };
  expect(minutesOf(held, deleted).settled[0]).toMatchObject({ code: "SUP-01", text: "Duty 1" });
  expect(minutesOf(held, { ...MATRIX, duties: [] }).parked[0]).toMatchObject({ text: "Deleted from the board" });
});

it("follow-ups are a whole day each, with who takes it up, and there are none where nothing is parked", () => {
  const plan = followUps(minutes, "Parked in workshop 3.");
  expect(plan?.entries).toEqual([
    {
      id: "d2",
      title: "SUP-02 Duty 2: Helen",
      description: "Helen takes it up again.\nParked in workshop 3.",
      place: "",
      from: Date.parse("2027-03-01"),
      to: Date.parse("2027-03-02"),
      wholeDay: true,
      recurs: null,
    },
  ]);
  expect(followUps(minutesOf(open, MATRIX), "")).toBeNull();
});

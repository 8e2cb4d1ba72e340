import { describe, expect, it } from "vitest";
import { applyWorkshopEvent, begunWorkshop } from "~/domain/workshop/apply-workshop";
import { differencesOf } from "~/domain/workshop/differences";
import type { Change } from "~/domain/workshop/events";
import { undoWords } from "~/domain/workshop/undo";
import type { Choice, Settlement, Voice, Workshop } from "~/domain/workshop/shapes";
import { aDuty, aMatrix } from "../support/matrices";

const CLIENT: Choice = { kind: "split", does: ["client"], answers: "client" };
const PROVIDER: Choice = { kind: "split", does: ["provider"], answers: "provider" };
const BOTH: Choice = { kind: "split", does: ["client", "provider"], answers: "client" };
const MINUTE = 60_000;

/** What somebody does, by whom and at which minute. */
type Step = [by: string | null, change: Change, minute?: number];

function begun(): Workshop {
  const result = begunWorkshop({
    type: "begin",
    title: "Workshop",
    sides: { client: "client", provider: "provider" },
    participantId: "priya",
    name: "Priya",
    partyId: "provider",
  });
  if (!result.ok) throw new Error(result.rejection.message);
  return result.value;
}

const join = (participantId: string, partyId: string, member: boolean): Step => [
  null,
  { type: "join", participantId, name: participantId, partyId, member, admitted: true },
];

/** Runs steps, of which each has to be accepted. */
function after(steps: readonly Step[], from = begun()): Workshop {
  return steps.reduce((workshop, [by, change, minute = 0]) => {
    const result = applyWorkshopEvent(workshop, { by, at: minute * MINUTE, change });
    if (!result.ok) throw new Error(`${change.type}: ${result.rejection.message}`);
    return result.value;
  }, from);
}

/** The sentence with which the last step is refused; empty where it is accepted. */
function refusal(workshop: Workshop, [by, change, minute = 0]: Step): string {
  const result = applyWorkshopEvent(workshop, { by, at: minute * MINUTE, change });
  return result.ok ? "" : result.rejection.message;
}

const planned = (title: string): Step => [
  "priya",
  {
    type: "plan",
    title,
    minutes: 90,
    items: ["d1", "d2", "d3", "d4"].map((id) => ({ id, subject: { kind: "duty", id }, minutes: 4 })),
  },
];
const plan = planned("Workshop");
const prepared = after([
  plan,
  join("maya", "client", true),
  join("tom", "provider", false),
  join("ruth", "client", false),
]);
const open = after(
  [
    ["priya", { type: "open" }],
    ["maya", { type: "host", participantId: "maya" }],
    ["priya", { type: "host", participantId: "priya" }],
    ["priya", { type: "go", itemId: "d1" }],
  ],
  prepared,
);
const seal = (by: string, itemId = "d1", forParty = false): Step => [by, { type: "seal", itemId, forParty }];
const voice = (participantId: string, choice: Choice): Voice => ({
  participantId,
  forParty: false,
  proposal: { choice, reason: "" },
});
const reveal = (itemId: string, ...voices: Voice[]): Step => [
  "priya",
  { type: "reveal", itemId, why: "facilitator", voices },
];
const settle = (settlement: Settlement, itemId = "d1"): Step => [
  "priya",
  { type: "settle", itemId, settlement, terms: null },
];
const revealed = after([seal("maya"), reveal("d1", voice("maya", CLIENT))], open);

describe("what is refused in a workshop says what to do", () => {
  it.each<[string, Workshop, Step, RegExp]>([
    ["opening without a plan", begun(), ["priya", { type: "open" }], /Choose the duties to talk about first/],
    ["going on before it is open", prepared, ["priya", { type: "go", itemId: "d1" }], /The facilitator opens it/],
    ["leading as somebody else", open, ["maya", { type: "go", itemId: "d2" }], /Only the facilitator/],
    ["whatever is asked by a stranger", open, seal("nobody"), /You aren't let in yet/],
    ["proposing for a party as nobody's host", open, seal("ruth", "d1", true), /Only your party's host/],
    ["revealing what nobody sealed", open, reveal("d1"), /Nobody has sealed a proposal yet/],
    ["proposing after the reveal", revealed, seal("tom"), /was revealed a moment ago/],
    ["taking back after the reveal", revealed, ["maya", { type: "unseal", itemId: "d1" }], /was revealed a moment ago/],
    [
      "settling before the reveal",
      open,
      settle({ ...CLIENT, boundary: "" } as Settlement),
      /Reveal the proposals first/,
    ],
    ["sharing without a boundary", revealed, settle({ ...BOTH, boundary: " " } as Settlement), /Write the boundary/],
    [
      "a vendor who answers",
      revealed,
      settle({ kind: "split", does: ["client"], answers: "vendors", boundary: "" }),
      /One of the two sides answers/,
    ],
    [
      "a dispute with one position",
      revealed,
      settle({ kind: "dispute", positions: { client: "Ours." } }),
      /keeps both positions/,
    ],
    ["confirming nothing", revealed, ["maya", { type: "confirm", itemId: "d1", number: 1 }], /nothing to confirm/],
    [
      "confirming as a guest",
      revealed,
      ["tom", { type: "confirm", itemId: "d1", number: 1 }],
      /The hosts of both sides/,
    ],
    [
      "parking with nobody",
      open,
      ["priya", { type: "park", itemId: "d1", owner: " ", until: "2027-01-01", standing: null }],
      /is empty/,
    ],
    [
      "a plan without what was talked about",
      revealed,
      ["priya", { type: "plan", title: "Workshop", minutes: null, items: [] }],
      /Skip it instead/,
    ],
    ["the facilitator leaving", open, ["priya", { type: "leave" }], /Hand it over first/],
    [
      "sending the facilitator away",
      open,
      ["maya", { type: "refuse", participantId: "priya" }],
      /decides who takes part/,
    ],
    ["a guest who is to lead", open, ["priya", { type: "hand-over", participantId: "tom" }], /is a guest/],
    ["a third person as a party's host", open, ["ruth", { type: "host", participantId: "ruth" }], /is a guest/],
    [
      "anything after the end",
      after([["priya", { type: "end", names: { items: {}, parties: [] } }]], open),
      seal("maya"),
      /has ended/,
    ],
    [
      "a name with nothing in it",
      open,
      [null, { ...asJoin(join("x", "client", false)), name: "\u200B" }],
      /nothing that can be seen/,
    ],
  ])("%s", (_, workshop, step, sentence) => {
    expect(refusal(workshop, step)).toMatch(sentence);
  });
});

function asJoin([, change]: Step): Extract<Change, { type: "join" }> {
  if (change.type !== "join") throw new Error("No join.");
  return change;
}

describe("what happens twice happened once", () => {
  it.each<[string, Workshop, Step[]]>([
    ["joining", open, [join("tom", "provider", false)]],
    ["sealing", after([seal("maya")], open), [seal("maya")]],
    ["revealing", revealed, [reveal("d1", voice("maya", CLIENT))]],
    [
      "ending",
      after([["priya", { type: "end", names: { items: {}, parties: [] } }]], open),
      [["priya", { type: "end", names: { items: {}, parties: [] } }]],
    ],
    ["opening", open, [["priya", { type: "open" }]]],
    ["becoming host", open, [["maya", { type: "host", participantId: "maya" }]]],
    ["going where one is", open, [["priya", { type: "go", itemId: "d1" }]]],
  ])("%s", (_, workshop, steps) => {
    expect(after(steps, workshop)).toBe(workshop);
  });
});

describe("time", () => {
  it("is counted for the item that is talked about, and stands while it is paused, settled or adjourned", () => {
    const workshop = after(
      [
        ["priya", { type: "pause" }, 1],
        ["priya", { type: "resume" }, 5],
        ["priya", { type: "go", itemId: "d2" }, 7],
        ["priya", { type: "park", itemId: "d2", owner: "Helen", until: "2027-01-01", standing: null }, 8],
        ["priya", { type: "go", itemId: "d3" }, 20],
        ["priya", { type: "adjourn" }, 21],
        ["priya", { type: "open" }, 999],
      ],
      open,
    );
    expect(workshop.items.map(({ spentMs }) => spentMs / MINUTE)).toEqual([3, 1, 1, 0]);
    expect(workshop.runningSince).toBeNull();
  });

  it("to propose is half of an item's minutes, and begins anew when it is reopened", () => {
    const timer = (minute: number): Step => [
      null,
      { type: "reveal", itemId: "d1", why: "timer", voices: [voice("maya", CLIENT)] },
      minute,
    ];
    const sealed = after([seal("maya")], open);
    expect(refusal(sealed, timer(1.9))).toMatch(/time left/);
    const again = after([timer(2), ["priya", { type: "reopen", itemId: "d1" }, 3], seal("maya")], sealed);
    expect(refusal(again, timer(4.9))).toMatch(/time left/);
    expect(refusal(again, timer(5))).toBe("");
  });
});

it("what one side's host proposes for the party has nobody else of it waited for", () => {
  const sealed = after([seal("maya", "d1", true), seal("tom"), seal("priya")], open);
  const voices = ["maya", "tom", "priya"].map((id) => voice(id, CLIENT));
  const change: Change = { type: "reveal", itemId: "d1", why: "all", voices };
  expect(refusal(sealed, [null, change])).toBe("");
  expect(refusal(after([seal("maya"), seal("tom"), seal("priya")], open), [null, change])).toMatch(/still thinking/);
});

it("a voice that nobody sealed, or one too few, reveals nothing", () => {
  const sealed = after([seal("maya"), seal("tom")], open);
  for (const voices of [[], [voice("maya", CLIENT)], [voice("maya", CLIENT), voice("ruth", CLIENT)]])
    expect(refusal(sealed, reveal("d1", ...voices))).toMatch(/Not every sealed proposal is there/);
});

it("differences begin with the gaps, the largest risk first, and leave out what both agree on", () => {
  const matrix = aMatrix({
    duties: [
      aDuty({ id: "d1", code: "SUP-01" }),
      aDuty({ id: "d2", code: "SUP-02", cover: "24x7", stance: "defend" }),
      aDuty({ id: "d3", code: "SUP-03" }),
      aDuty({ id: "d4", code: "SUP-04", cover: "24x7" }),
    ],
  });
  const pair = (itemId: string, client: Choice, provider: Choice): Step[] => [
    seal("maya", itemId),
    seal("tom", itemId),
    reveal(itemId, voice("maya", client), voice("tom", provider)),
  ];
  const workshop = after(
    [
      ...pair("d1", PROVIDER, CLIENT),
      ...pair("d2", CLIENT, PROVIDER),
      ...pair("d3", CLIENT, CLIENT),
      ...pair("d4", PROVIDER, CLIENT),
    ],
    open,
  );
  expect(differencesOf(workshop, matrix)).toEqual(["d4", "d1", "d2"]);
});

describe("the facilitator takes back their own last step", () => {
  const matrix = aMatrix({ duties: ["d1", "d2", "d3", "d4"].map((id, i) => aDuty({ id, code: `SUP-0${i + 1}` })) });
  const UNDO: Step = ["priya", { type: "undo" }, 1];
  const words = (workshop: Workshop) => undoWords(workshop, matrix);
  const park = (itemId: string): Step => [
    "priya",
    { type: "park", itemId, owner: "Helen", until: "2027-01-01", standing: null },
  ];
  const onTable = settle({ ...CLIENT, boundary: "" } as Settlement);
  const confirm = (by: string, number = 1): Step => [by, { type: "confirm", itemId: "d1", number }];
  const reopen: Step = ["priya", { type: "reopen", itemId: "d1" }];

  it.each<[string, Workshop, Step[], string]>([
    ["going on", open, [["priya", { type: "go", itemId: "d2" }]], "You went from SUP-01 to SUP-02."],
    ["skipping", open, [["priya", { type: "skip", itemId: "d1" }]], "SUP-01 was skipped."],
    ["skipping another", open, [["priya", { type: "skip", itemId: "d3" }]], "SUP-03 was skipped."],
    ["a settlement", revealed, [onTable], "A settlement of SUP-01 was put on the table."],
    [
      "a settlement that one has confirmed",
      revealed,
      [onTable, confirm("maya")],
      "A settlement of SUP-01 was put on the table.",
    ],
    ["reopening", revealed, [reopen], "SUP-01 was reopened."],
  ])("%s", (_, before, steps, sentence) => {
    const done = after(steps, before);
    expect(words(done)).toBe(sentence);
    const undone = after([UNDO], done);
    expect({
      items: undone.items.map(withoutTime),
      current: undone.current,
      runs: undone.runningSince !== null,
    }).toEqual({
      items: before.items.map(withoutTime),
      current: before.current,
      runs: true,
    });
  });

  it("one after the other, back to the last reveal", () => {
    const done = after([onTable, park("d1"), ["priya", { type: "go", itemId: "d2" }], park("d2")], revealed);
    const undone = after([UNDO, UNDO, UNDO, UNDO], done);
    expect(undone.items.map(withoutTime)).toEqual(revealed.items.map(withoutTime));
    expect(undone.current).toBe("d1");
    expect(words(undone)).toBeNull();
    expect(refusal(undone, UNDO)).toMatch(/A reveal isn't taken back/);
  });

  it("what was on the table before is there again, with whoever had confirmed it", () => {
    const first = after([onTable, confirm("maya")], revealed);
    const undone = after([settle({ ...PROVIDER, boundary: "" } as Settlement), UNDO], first);
    expect(undone.items[0]?.settling).toEqual(first.items[0]?.settling);
  });

  it("and leaves alone what others said since", () => {
    const settled = after([onTable, confirm("maya"), confirm("priya")], revealed);
    expect(refusal(settled, UNDO)).toMatch(/Both hosts have confirmed this. Reopen it/);
    expect(words(settled)).toBeNull();
    const anew = after([reopen, seal("tom")], revealed);
    expect(refusal(anew, UNDO)).toMatch(/Somebody has proposed anew/);
    expect(words(anew)).toBeNull();
    const reopened = after([reopen, UNDO], settled);
    expect(reopened.items[0]?.settled).toEqual(settled.items[0]?.settled);
    expect(reopened.runningSince).toBeNull();
  });

  it("and nobody else does, or after the lead or the day has changed", () => {
    const done = after([["priya", { type: "go", itemId: "d2" }]], open);
    expect(refusal(done, ["maya", { type: "undo" }])).toMatch(/Only the facilitator/);
    for (const steps of [
      [
        ["priya", { type: "hand-over", participantId: "maya" }],
        ["maya", { type: "hand-over", participantId: "priya" }],
      ],
      [
        ["priya", { type: "adjourn" }],
        ["priya", { type: "open" }],
      ],
      [planned("Another name")],
    ] satisfies Step[][])
      expect(refusal(after(steps, done), UNDO)).toMatch(/no step of yours/);
    expect(after([["priya", { type: "end", names: { items: {}, parties: [] } }]], done).steps).toEqual([]);
  });

  it("and only the newest of very many are kept, so that the workshop stays small", () => {
    const steps = Array.from({ length: 50 }, (_, i): Step => ["priya", { type: "go", itemId: i % 2 ? "d1" : "d2" }]);
    expect(after(steps, open).steps).toHaveLength(8);
  });

  it("with the words that the board was changed since a duty was parked", () => {
    const parked = after([park("d1")], open);
    expect(words(parked)).toBe("SUP-01 was parked. The board was changed since, and stays as it is.");
  });
});

function withoutTime({ spentMs, ...item }: Workshop["items"][number]) {
  return item;
}

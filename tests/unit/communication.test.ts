import { expect, test } from "vitest";
import { applyCommand } from "~/domain/editing/apply-command";
import { matrixCommandSchema, type MatrixCommand } from "~/domain/editing/commands";
import { conversationMap } from "~/domain/findings/conversation-map";
import { findAll } from "~/domain/findings/findings";
import type { Matrix } from "~/domain/matrix/matrix";
import { partChapters } from "~/domain/pack/part-chapters";
import { amountWords } from "~/domain/parts/authorities";
import { amountFrom } from "~/domain/typed-amount";
import { blankConversation } from "~/domain/parts/conversations";
import { hoursFrom } from "~/domain/cover/typed-hours";
import { blankHours, hoursWords, NO_HOURS, weekInRuns } from "~/domain/parts/hours";
import { problems } from "~/domain/parts/invariants";
import { startingAuthorities, startingContainments } from "~/library/starting-authorities";
import { startingConversations } from "~/library/starting-conversations";
import { blankMatrix, matrixFromLibrary } from "~/library/start-matrix";

const NAMES = { client: "Ashdown Bakeries", provider: "Merrow Managed IT", agreementReference: "" };
const LIBRARY = matrixFromLibrary({ ...NAMES, preset: "shared" });
const STARTS: [string, Matrix][] = [
  ["from the library", LIBRARY],
  ["a blank one", blankMatrix(NAMES)],
];
const TODAY = { today: "2026-11-27" };

function withStart(matrix: Matrix): Matrix {
  return {
    ...matrix,
    conversations: startingConversations(matrix),
    authorities: startingAuthorities(matrix),
    containments: startingContainments(matrix),
  };
}

function applied(matrix: Matrix, command: MatrixCommand): Matrix {
  const result = applyCommand(matrix, matrixCommandSchema.parse(command));
  if (!result.ok) throw new Error(result.rejection.message);
  return result.value;
}

test.each(STARTS)("starting values are sound in a matrix %s and nothing is found in them", (_, matrix) => {
  const started = withStart(matrix);
  expect([...problems(started)]).toEqual([]);
  const before = findAll(matrix, TODAY).map(({ key }) => key);
  expect(
    findAll(started, TODAY)
      .filter(({ key }) => !before.includes(key))
      .map(({ key }) => key),
  ).toEqual([]);
});

test("starting values name roles of their own side, also where the library's roles are gone or on the other side", () => {
  const swapped: Matrix = {
    ...LIBRARY,
    roles: LIBRARY.roles.map((role) => (role.id === "service-desk" ? { ...role, partyId: "client" } : role)),
  };
  const [operations] = startingConversations(swapped);
  expect(operations).toMatchObject({ clientRoleId: "it-team", providerRoleId: "vcio" });
  const nobody = startingConversations({ ...LIBRARY, roles: [] });
  expect(nobody.every(({ clientRoleId, leadsId }) => clientRoleId === null && leadsId === null)).toBe(true);
});

test("the map pairs roles in the order of their conversations, and leaves leads first", () => {
  const talk = (id: string, clientRoleId: string | null, providerRoleId: string | null) => ({
    ...blankConversation(id),
    name: id,
    clientRoleId,
    providerRoleId,
  });
  const matrix = {
    ...LIBRARY,
    conversations: [
      talk("one", "it-team", "service-desk"),
      talk("two", "it-team", "engineer"),
      talk("three", "it-team", "service-desk"),
      talk("no provider", "leadership", null),
      talk("wrong side", "vcio", "it-lead"),
    ],
  };
  const { pairs, unpaired } = conversationMap(matrix);
  expect(
    pairs.map(({ client, provider, conversations }) => [client.id, provider.id, conversations.map(({ id }) => id)]),
  ).toEqual([
    ["it-team", "service-desk", ["one", "three"]],
    ["it-team", "engineer", ["two"]],
  ]);
  expect(unpaired.map(({ role }) => role.id)).toEqual(["it-lead", "vcio", "leadership", "security-operations"]);
});

test("a lead that nobody of the other side speaks with is found, and not before there is a conversation", () => {
  const found = (matrix: Matrix) => findAll(matrix, TODAY).filter(({ rule }) => rule === "pair-missing");
  expect(found(LIBRARY)).toEqual([]);
  const [operations] = startingConversations(LIBRARY);
  if (!operations) throw new Error("There is no first conversation.");
  expect(found({ ...LIBRARY, conversations: [operations] }).map(({ key, title }) => [key, title])).toEqual([
    ["pair-missing.it-lead", "Nobody of Merrow Managed IT speaks with IT lead, who leads Ashdown Bakeries."],
    ["pair-missing.vcio", "Nobody of Ashdown Bakeries speaks with vCIO, who leads Merrow Managed IT."],
  ]);
  expect(found(withStart(LIBRARY))).toEqual([]);
});

test("the hours of one day are set by themselves, and no day is taken out of a week or added to it", () => {
  const hours = { ...blankHours("h", "client"), week: { ...NO_HOURS, tue: [{ from: "08:00", to: "12:00" }] } };
  const edit = (set: Record<string, unknown>) => ({ type: "thing.edit", part: "hours", thingId: "h", set });
  const monday = matrixCommandSchema.parse(edit({ "week/mon": [{ from: "09:00", to: "17:00" }] }));
  const result = applied({ ...LIBRARY, hours: [hours] }, monday);
  expect(result.hours[0]?.week).toEqual({ ...hours.week, mon: [{ from: "09:00", to: "17:00" }] });
  for (const set of [
    { "week/mon": null },
    { "week/someday": [] },
    { "week/mon": "09:00" },
    { week: { mon: [] } },
    { "week/mon": [], week: NO_HOURS },
  ])
    expect(matrixCommandSchema.safeParse(edit(set)).success, JSON.stringify(set)).toBe(false);
});

test("a text that can't stand is refused as such, and not as one that somebody else changed meanwhile", () => {
  const matrix = { ...LIBRARY, hours: [blankHours("h", "client")] };
  const result = applyCommand(matrix, {
    type: "thing.edit",
    part: "hours",
    thingId: "h",
    set: { timeZone: "Europe/Londn" },
    was: "Europe/London",
  });
  expect(result).toMatchObject({ ok: false, rejection: { code: "thing-invalid" } });
});

test("hours are read as they are written, and in the ways people write them", () => {
  const day = [
    { from: "09:00", to: "12:30" },
    { from: "13:15", to: "17:00" },
  ];
  expect(hoursFrom(hoursWords(day))).toEqual(day);
  expect(hoursFrom("9-12:30, 13:15–17")).toEqual(day);
  expect(hoursFrom("9 to 12.30 and 1315 to 1700")).toEqual(day);
  expect(hoursFrom(" ")).toEqual([]);
  for (const text of ["morning", "9", "9-", "9 to 12 to 14"]) expect(hoursFrom(text), text).toBeNull();
});

test("days with the same hours stand together in words", () => {
  const day = [{ from: "09:00", to: "17:00" }];
  expect(weekInRuns({ ...NO_HOURS, mon: day, tue: day, fri: day })).toEqual([
    { days: "Monday to Tuesday", hours: "09:00 to 17:00" },
    { days: "Wednesday to Thursday", hours: "" },
    { days: "Friday", hours: "09:00 to 17:00" },
    { days: "Saturday to Sunday", hours: "" },
  ]);
});

test("amounts are whole, with any sign between thousands", () => {
  for (const text of ["5000", "5,000", "5 000", "5.000", "5’000", amountWords(5000)])
    expect(amountFrom(text), text).toBe(5000);
  expect(amountFrom("1,250,000")).toBe(1_250_000);
  for (const text of ["", "5.50", "-5", "5k", "5,00", "1,2345", "9999999999999"])
    expect(amountFrom(text), text).toBeNull();
});

test("each kind has a chapter of its own that names every thing with what is agreed about it", () => {
  const matrix: Matrix = {
    ...withStart(LIBRARY),
    offLimits: [{ id: "o", system: "Oven controllers", reason: "A stop spoils a day’s bread." }],
    hours: [
      {
        ...blankHours("h", "client"),
        holidays: { "2026-12-25": "Christmas Day" },
        billable: "Time and a half.",
      },
    ],
    offDuties: [
      { id: "d", roleId: "it-team", timeZone: "Europe/London", week: NO_HOURS, days: ["2026-12-24"], reason: "Party" },
    ],
  };
  const chapters = partChapters(matrix);
  expect(chapters.map(({ title }) => title)).toEqual([
    "Who may approve what",
    "Containment",
    "Systems off limits",
    "Working hours",
    "Times off duty",
    "Communication plan",
  ]);
  const text = JSON.stringify(chapters);
  for (const words of [
    ...matrix.authorities.map(({ name }) => name),
    ...matrix.containments.map(({ action }) => action),
    ...matrix.conversations.flatMap(({ name, cadence, agenda }) => [name, cadence, agenda]),
    "Oven controllers",
    "Christmas Day",
    "25 Dec 2026",
    "Time and a half.",
    "24 Dec 2026",
    "Call first",
    "Security operations (Merrow Managed IT)",
  ])
    expect(text, words).toContain(JSON.stringify(words).slice(1, -1));
});

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { EscalationPath, Level, Week } from "~/domain/matrix/escalation-shapes";
import { callCardOf } from "~/domain/call-card/build-call-card.server";
import {
  CARD_SIZES,
  CARDS_PER_SHEET,
  fittedCard,
  leftOutWords,
  reductionsOf,
  wholeSheets,
  type CallCard,
  type CardSize,
} from "~/domain/call-card/call-card";
import { writeCallCards } from "~/files/pdf.server";
import { readBy } from "../support/read-by";
import { aMatrix } from "../support/matrices";
import { aPerson } from "../support/people";

const NOW = new Date("2026-11-27T02:10:00Z");
const ZONE = "Europe/London";
const office = [{ from: "09:00", to: "17:30" }];
const NONE: Week = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const OFFICE: Week = { ...NONE, mon: office, tue: office, wed: office, thu: office, fri: office };

const level = (minutes: number, roleIds: string[], more: Partial<Level> = {}): Level => ({
  minutes,
  calls: roleIds.map((roleId) => ({ roleId, direction: "up" })),
  channels: ["phone", "sms"],
  decides: false,
  may: "",
  ...more,
});
const aPath = (levels: Level[], more: Partial<EscalationPath> = {}): EscalationPath => ({
  id: "s1",
  kind: "incident",
  name: "S1",
  trigger: "Work has stopped for most people",
  examples: "Ransomware is spreading",
  clock: { kind: "always" },
  levels: Object.fromEntries(levels.map((one, i) => [`l${String(i).padStart(2, "0")}`, one])),
  repeats: 1,
  roundMinutes: null,
  updateMinutes: 30,
  decisionTarget: 45,
  restoreTarget: null,
  handover: "Reason, next step, owner, due time",
  lastResort: "Harbour IT cuts the site off",
  marks: {},
  ruling: null,
  ...more,
});
const holds = (roleId: string, personId: string) => ({
  id: `${roleId} ${personId}`,
  roleId,
  personId,
  since: "2026-01-01",
  until: null,
  carriedFrom: null,
});
const behind = {
  people: [
    aPerson("ann", {
      name: "Ann Shah",
      phones: [
        { label: "mobile", number: "+44 7700 900112" },
        { label: "", number: "020 7946 0112" },
      ],
      lastVerified: "2026-10-01",
    }),
    aPerson("dee", { name: "Dee Ashworth", side: "provider", week: { ...OFFICE }, lastVerified: "2026-04-01" }),
    aPerson("eli", { name: "Eli Mann", side: "provider", phones: [], lastVerified: null }),
    aPerson("vic", { name: "高橋 美咲", side: "provider", lastVerified: "2026-11-20" }),
  ],
  holdings: [holds("it-lead", "ann"), holds("service-desk", "dee"), holds("service-desk", "eli")],
  rotas: [
    {
      roleId: "service-desk",
      rota: {
        timeZone: ZONE,
        period: "weekly" as const,
        every: 1,
        handOver: { time: "09:00", weekday: "mon" as const },
        // Eli's week begins on 16 November, so on 27 November it is Vic's.
        firstDay: "2026-11-16",
        turns: [["eli"], ["vic"]],
        hours: "always" as const,
        overrides: [],
      },
    },
  ],
  absences: [],
};
const matrix = aMatrix({
  hours: [{ id: "h1", partyId: "client", timeZone: ZONE, week: OFFICE, holidays: {}, billable: "" }],
  offDuties: [{ id: "o1", roleId: "it-lead", timeZone: ZONE, week: NONE, days: ["2026-12-25"], reason: "" }],
  containments: [
    { id: "c1", action: "Isolate a laptop", stance: "act", roleId: "service-desk", callsId: null, condition: "Always" },
    { id: "c2", action: "Cut a site off", stance: "call-first", roleId: null, callsId: "it-lead", condition: "" },
    { id: "c3", action: "Pay a ransom", stance: "never", roleId: null, callsId: null, condition: "" },
  ],
  offLimits: [{ id: "f1", system: "Line control", reason: "People could be hurt" }],
});
const about = {
  matrix,
  behind,
  now: NOW,
  edition: "Version 3, agreed 3 Mar 2026, fingerprint ab12 cd34 ef56",
  withheld: "",
  addressOf: (pathId: string) => `https://demarc.example/escalation?path=${pathId}`,
};
const plain = aPath([
  level(0, ["service-desk"], { may: "Opens the bridge" }),
  level(90, ["it-lead", "vendor"], { decides: true }),
]);

describe("a call card", () => {
  const card = callCardOf(plain, about);

  it("names who is called when, by which numbers, and how fresh those are", () => {
    const [first, second] = card.levels;
    expect(first).toMatchObject({ number: 1, when: "At the start", short: "Start", channels: "phone, then SMS" });
    expect(first).toMatchObject({ mayDecide: false, may: "Opens the bridge" });
    expect(first?.calls).toEqual([
      {
        role: "Service desk",
        party: "Harbour IT",
        kind: "provider",
        note: "",
        people: [
          {
            name: "高橋 美咲",
            when: "on call by turns, first when printed",
            ways: [{ to: "020 7946 0123", label: "Desk" }],
            verified: "verified 20 Nov 2026",
          },
          // No number of Eli's is known, and his address is no way for a level that calls by phone.
          { name: "Eli Mann", when: "on call by turns", ways: [], verified: "never verified" },
          {
            name: "Dee Ashworth",
            when: "called first Mon to Fri 09:00 to 17:30 Europe/London",
            ways: [{ to: "020 7946 0123", label: "Desk" }],
            verified: "verified 1 Apr 2026",
          },
        ],
      },
    ]);
    expect(second).toMatchObject({ number: 2, when: "After 1 hour 30 minutes", short: "+90 min", mayDecide: true });
    expect(second?.calls[0]).toMatchObject({ role: "IT lead", kind: "client", note: "Off duty 25 Dec 2026" });
    expect(second?.calls[0]?.people[0]).toEqual({
      name: "Ann Shah",
      when: "Mon to Fri 09:00 to 17:30 Europe/London",
      ways: [
        { to: "+44 7700 900112", label: "mobile" },
        { to: "020 7946 0112", label: "" },
      ],
      verified: "verified 1 Oct 2026",
    });
    expect(second?.calls[1]).toMatchObject({ role: "Vendor", people: [], note: "Nobody holds this role" });
  });

  it("says of nobody that it is their turn where the rota is declared off when it is printed", () => {
    const [stored] = behind.rotas;
    if (!stored) throw new Error("The rota is missing.");
    const overrides = [{ from: "2026-11-26", to: "2026-11-28", personIds: [] }];
    const off = { ...behind, rotas: [{ ...stored, rota: { ...stored.rota, overrides } }] };
    const [desk] = callCardOf(plain, { ...about, behind: off }).levels[0]?.calls ?? [];
    expect(desk?.people.map(({ name, when }) => [name, when])).toEqual([
      ["高橋 美咲", "on call by turns"],
      ["Eli Mann", "on call by turns"],
      ["Dee Ashworth", "called first Mon to Fri 09:00 to 17:30 Europe/London"],
    ]);
  });

  it("says what the minutes count, what to hand over, what may be done, and what holds when nobody answers", () => {
    expect(card).toMatchObject({
      name: "S1",
      kind: "Incident",
      parties: "Northwind and Harbour IT",
      clock: "Minutes count from the start of the path, at any hour of any day.",
      lastResort: "Harbour IT cuts the site off",
      handover: "Reason, next step, owner, due time",
      times: [
        { label: "An update every", value: "30 minutes" },
        { label: "Target: somebody may decide within", value: "45 minutes" },
        { label: "Begins again", value: "Once, from the first level" },
      ],
      containment: {
        act: [{ action: "Isolate a laptop", about: "Service desk (Harbour IT). Always" }],
        callFirst: [{ action: "Cut a site off", about: "call IT lead (Northwind)" }],
        never: [{ action: "Pay a ransom", about: "" }],
      },
      offLimits: [{ action: "Line control", about: "People could be hurt" }],
    });
    const hours = callCardOf({ ...plain, clock: { kind: "working-hours", partyId: "client" } }, about);
    expect(hours.clock).toBe(
      "Minutes count from the start of the path, only within the working hours of Northwind: Mon to Fri 09:00 to 17:30 Europe/London, not on its holidays.",
    );
    const unknown = callCardOf({ ...plain, clock: { kind: "working-hours", partyId: "provider" } }, about);
    expect(unknown.clock).toContain("the working hours of Harbour IT, which aren't agreed yet.");
  });

  it("is good for 90 days, and no longer than its numbers are fresh", () => {
    // Verified on 1 April: 240 days ago, more than 180. On 1 October: fresh until 30 March 2027. Printed on 27 November: 90
    // days later it is 25 February 2027.
    expect(card.validity).toBe(
      "Printed on 27 Nov 2026 at 02:10 UTC. Numbers verified from 1 Apr 2026 to 20 Nov 2026. 1 of 4 people never verified. 1 verified more than 180 days ago. Ask for a new card after 25 Feb 2027, or when a name or a number changes.",
    );
    const [ann, ...others] = behind.people;
    if (!ann) throw new Error("Ann is missing.");
    const older = { ...behind, people: [{ ...ann, lastVerified: "2026-06-10" }, ...others] };
    // 10 June and 180 days: 7 December.
    expect(callCardOf(plain, { ...about, behind: older }).validity).toContain("Ask for a new card after 7 Dec 2026,");
  });

  it("shows roles alone where names and numbers are withheld", () => {
    const withheld = callCardOf(plain, { ...about, behind: null, withheld: "Ask an owner." });
    const text = JSON.stringify(withheld);
    for (const { name, phones } of behind.people)
      for (const secret of [name, ...phones.map(({ number }) => number)]) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/verified/);
    expect(withheld.levels[0]?.calls[0]).toMatchObject({ role: "Service desk", people: [] });
    expect(withheld.withheld).toBe("Ask an owner.");
  });
});

/** The largest path that there can be: 20 levels of 12 roles with texts as long as they may be. */
function largest(): CallCard {
  const long = (words: string, most: number) =>
    `${words} `
      .repeat(Math.ceil(most / words.length))
      .slice(0, most)
      .trim();
  const roles = Array.from({ length: 12 }, (_, i) => ({
    id: `role-${i}`,
    partyId: i % 2 === 0 ? "client" : "provider",
    name: long(`Infrastructure and telecommunications manager ${i}`, 120),
    lead: false,
  }));
  const people = roles.map(({ id }) =>
    aPerson(id, {
      name: long("Wolfeschlegelsteinhausenbergerdorff", 120),
      phones: Array.from({ length: 5 }, (_, i) => ({ label: long("mobile", 40), number: `+44 7700 90011${i}` })),
    }),
  );
  const levels = Array.from({ length: 20 }, (_, i) =>
    level(
      i * 15,
      roles.map(({ id }) => id),
      { may: long("Isolates what is spreading", 300), decides: true },
    ),
  );
  const path = aPath(levels, {
    trigger: long("Work has stopped", 500),
    examples: long("Ransomware is spreading", 1_000),
    handover: long("Reason and next step", 500),
    lastResort: long("Whoever is on the bridge contains it", 1_000),
  });
  const big = aMatrix({
    roles: [...matrix.roles, ...roles],
    containments: Array.from({ length: 100 }, (_, i) => ({
      id: `c${i}`,
      action: long("Isolate a laptop", 300),
      stance: "act" as const,
      roleId: null,
      callsId: null,
      condition: long("Where it spreads", 300),
    })),
    offLimits: matrix.offLimits,
  });
  const holdings = roles.map(({ id }) => holds(id, id));
  return callCardOf(path, { ...about, matrix: big, behind: { people, holdings, rotas: [], absences: [] } });
}

describe("a card that doesn't fit", () => {
  const size = (one: CallCard) => JSON.stringify(one).length;

  it("stays whole where there is room", () => {
    const card = callCardOf(plain, about);
    expect(fittedCard(card, "A4", () => true)).toBe(card);
    expect(leftOutWords(card)).toBe("");
  });

  it("leaves out the least painful first, each time no more than before, and says what", () => {
    for (const paper of CARD_SIZES) {
      let card = largest();
      for (const reduce of reductionsOf(card, paper)) {
        const next = reduce(card);
        expect(size({ ...next, left: [], scale: 1 })).toBeLessThanOrEqual(size({ ...card, left: [], scale: 1 }));
        if (size({ ...next, left: [], scale: 1 }) < size({ ...card, left: [], scale: 1 }) && next.examples !== "")
          expect(next.left.length).toBeGreaterThan(0);
        card = next;
      }
      expect(card.levels).toHaveLength(1);
      expect(leftOutWords(card)).toMatch(/^Left out for want of room: .* and later levels\. All of it: https:/);
    }
  });

  it("cuts a text at a word and says so by three dots", () => {
    const card = fittedCard(
      callCardOf({ ...plain, lastResort: "Whoever is on the bridge, contains it. ".repeat(20) }, about),
      "A4",
      ({ lastResort }) => lastResort.length < 240,
    );
    expect(card.lastResort).toMatch(/ (bridge|contains|it|is|on|the|Whoever)…$/);
    expect(leftOutWords(card)).toContain("ends of long texts");
  });
});

it("cards of a wallet's size stand eight to a sheet, and one alone fills its sheet", () => {
  const card = callCardOf(plain, about);
  expect(wholeSheets([card])).toEqual([Array.from({ length: CARDS_PER_SHEET }, () => card)]);
  const many = Array.from({ length: 9 }, (_, i) => ({ ...card, pathId: `s${i}` }));
  expect(wholeSheets(many).map((sheet) => sheet.length)).toEqual([8, 1]);
  expect(wholeSheets([])).toEqual([]);
});

const READ_WITH = ["pdfinfo", "pdftotext"] as const;

/** The pages of a PDF as text, what it says of itself, and how far down each page its last words end, in points. */
function readPdf(bytes: Uint8Array): { pages: string[]; facts: string; ends: number[] } {
  const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-card-"));
  const file = path.join(folder, "card.pdf");
  writeFileSync(file, bytes);
  try {
    const facts = execFileSync("pdfinfo", [file], { encoding: "utf8" });
    const pages = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).split("\f").slice(0, -1);
    const boxes = execFileSync("pdftotext", ["-bbox", file, "-"], { encoding: "utf8" }).split("<page").slice(1);
    const ends = boxes.map((page) => Math.max(...[...page.matchAll(/yMax="([\d.]+)"/g)].map(([, y]) => Number(y))));
    return { pages, facts, ends };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Where the room of a card ends, from the top of its sheet, in points; a wallet card is 54 mm high, in the first of four rows. */
const ROOM_ENDS: Record<CardSize, number> = {
  A4: 841.89 - 30,
  Letter: 792 - 30,
  "wallet-A4": (841.89 - 4 * 153.07) / 2 + 153.07 - 5,
  "wallet-Letter": (792 - 4 * 153.07) / 2 + 153.07 - 5,
};

describe("the PDF of call cards", () => {
  const write = (cards: CallCard[], size: CardSize) =>
    writeCallCards({ cards, size, title: "Call card S1: A & B", at: NOW.toISOString() });
  const flat = (text: string) => text.replace(/\s+/g, " ");

  readBy(READ_WITH, "has a page for each path, with everything that is on the card", async () => {
    const card = callCardOf(plain, about);
    const { pages, facts } = readPdf(await write([card, { ...card, name: "S2" }], "Letter"));
    expect(pages).toHaveLength(2);
    expect(facts).toMatch(/Title:\s+Call card S1: A & B/);
    expect(facts).toMatch(/Tagged:\s+yes/);
    expect(facts).toMatch(/Page size:\s+612 x 792/);
    const said = flat(pages[0] ?? "");
    for (const words of [
      "Call card: S1",
      "Work has stopped for most people",
      "Such as: Ransomware is spreading",
      card.edition,
      card.clock,
      "Service desk",
      "Dee Ashworth",
      "+44 7700 900112 (mobile)",
      "No way to reach them",
      "never verified",
      "MAY DECIDE",
      "Nobody holds this role",
      "Harbour IT cuts the site off",
      "Reason, next step, owner, due time",
      "It is no guarantee",
      "ACT, THEN REPORT",
      "CALL FIRST",
      "NEVER",
      "Line control (People could be hurt)",
      "Printed on 27 Nov 2026",
      "高橋 美咲",
    ])
      expect(said, words).toContain(words);
    expect(said).not.toContain("Left out");
    expect(flat(pages[1] ?? "")).toContain("Call card: S2");
  });

  readBy(
    READ_WITH,
    "has one page for the largest path there can be, on every paper, which says what it left out",
    async () => {
      const card = largest();
      for (const size of CARD_SIZES) {
        const onWallet = size.startsWith("wallet");
        const { pages, ends } = readPdf(await write(onWallet ? [card, { ...card, name: "S2" }] : [card], size));
        expect(pages, size).toHaveLength(1);
        expect(ends[0], size).toBeLessThan(ROOM_ENDS[size]);
        expect(flat(pages[0] ?? ""), size).toMatch(/Left out for want of room|see the full card/);
      }
    },
  );

  readBy(
    READ_WITH,
    "fits eight levels of two roles with long names whole on A4 and on Letter, all levels and all numbers",
    async () => {
      const people = ["it-lead", "service-desk"].map((id, i) =>
        aPerson(id, {
          name: ["Bartholomew Featherstonehaugh", "Wilhelmina Vandenberghe-Oyelaran"][i],
          phones: [{ label: "mobile", number: `+44 7700 90022${i}` }],
          lastVerified: "2026-11-01",
        }),
      );
      const levels = [0, 15, 30, 60, 120, 180, 240, 480].map((minutes) => level(minutes, ["it-lead", "service-desk"]));
      const held = { people, holdings: people.map(({ id }) => holds(id, id)), rotas: [], absences: [] };
      const card = callCardOf(aPath(levels), { ...about, behind: held });
      for (const size of ["A4", "Letter"] as const) {
        const { pages, ends } = readPdf(await write([card], size));
        const said = flat(pages.join(" "));
        expect(ends[0], size).toBeLessThan(ROOM_ENDS[size]);
        expect(pages, size).toHaveLength(1);
        expect(said.match(/\+44 7700 900220/g), size).toHaveLength(8);
        expect(said.match(/\+44 7700 900221/g), size).toHaveLength(8);
        expect(said, size).toContain("+8 h");
        expect(said, size).not.toMatch(/later levels|further/);
      }
    },
  );

  readBy(READ_WITH, "of a path without levels says so", async () => {
    const { pages } = readPdf(await write([callCardOf(aPath([]), about)], "A4"));
    expect(flat(pages[0] ?? "")).toContain("This path has no level yet, so it calls nobody.");
  });
});

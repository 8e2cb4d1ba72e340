import { describe, expect, it } from "vitest";
import type { ShownStep } from "~/domain/escalation/calls-words.server";
import { answerScenario } from "~/domain/scenario/answer.server";
import type { ScenarioAnswer } from "~/domain/scenario/scenario-answer";
import { sampleMatrix } from "~/library/sample";
import { samplePeople } from "~/library/sample-people";
import { scenarioNamed, SCENARIOS } from "~/library/scenarios";
import { librarySearchWords } from "~/library/search-words";

/**
 * The answers below are worked out by hand from what the sample says that is begun on Friday, 27 November 2026, in London.
 *
 * Turns are weekly and change on Mondays at 09:00; the first began on Monday, 19 October 2026, 35 days before that Monday. So
 * week 7 begins on 7 December, week 11 on 4 January 2027, week 12 on 11 January. On call are:
 *
 * | Role            | Turns                                                        | Week 7        | Week 11       | Week 12       |
 * |-----------------|--------------------------------------------------------------|---------------|---------------|---------------|
 * | IT lead         | Daniel, Ruth                                                 | Ruth          | Ruth          | Daniel        |
 * | Leadership      | Helen, Helen, Graham                                         | Helen         | Graham        | Helen         |
 * | Decision-maker  | Nadia, Graham; not on Saturdays before 08:00                 | Graham        | Graham        | Nadia         |
 * | Engineer        | Marek + Sunita, Sunita + Callum, Callum + Marek              | Sunita+Callum | Callum+Marek  | Marek+Sunita  |
 * | Service manager | Luis, Aisha                                                  | Aisha         | Aisha         | Luis          |
 * | vCIO            | Tom, Tom, Luis                                               | Tom           | Luis          | Tom           |
 *
 * The duty analyst, the SOC analyst, Lumen and Calder are on shift at every hour. Everybody else is on shift in their party's
 * hours: the bakery's from 09:00 to 17:30, Merrow's from 08:00 to 18:00, Monday to Friday. Holders are called in the order:
 * IT team Ruth, Maya; Leadership Helen, Graham; Decision-maker Graham, Nadia; Service desk duty analyst, Aisha; Security
 * operations SOC analyst, Priya; Engineer Marek, Sunita, Callum. The IT team is off duty outside its hours. Maya is away from
 * 7 to 11 December; from Saturday, 12 December, 09:00 for a day Callum alone is on call in place of the engineers' turn.
 *
 * Paths (minutes; * may decide) and how long a round is: S1 0, 15, 30*, 60* of every hour, 90, target 30. S2 0, 30, 120*, 240*,
 * 360, target 120. Security 0, 15* (the IT lead), 30*, 60, 90, target 15. Decision 0*, 480* of the bakery's hours, 960, target
 * 480. Disagreement 0*, 2,400* of the bakery's hours, 4,800, target 2,400. A day of the bakery's has 510 minutes.
 */
const BEGUN = "2026-11-27";
const facts = { matrix: sampleMatrix(BEGUN), behind: samplePeople(BEGUN), awayId: null, wordsOf: librarySearchWords };

type Expected = {
  at: [day: string, time: string];
  why: string;
  /** A line for each level: its time, then each role with whom it reaches. */
  calls: string[];
  sentence: string;
  /** Who may decide first, and how many minutes too late. */
  decision: [time: string, name: string, role: string, lateBy: number];
  lastResort: string;
  /** Who gives each approval; “for” where somebody stands in. */
  approvals: string[];
  containment: string[];
  duties: string[];
  breaks: string[];
};

const on = "on shift";
const call = "on call";
const OFF_DUTY = "IT team –off duty";
const SOC = "SOC analyst on duty";
const S1_LATE = [
  // Week 11. 02:10 on a Saturday: no party works, and the rota of the decision-maker doesn't apply before 08:00.
  "02:10 Service desk: Duty analyst phone on shift",
  `02:25 Engineer: Callum Reid phone ${call}, Marek Nowak phone ${call} / Security operations: ${SOC} phone ${on} / IT lead: Ruth Adeyemi phone ${call}`,
  `02:40 Decision-maker on call –nobody on shift or on call / Service manager: Aisha Khan phone ${call}`,
  `03:10 Leadership: Graham Pell phone ${call} / vCIO: Luis Ortega phone ${call} / Breach line: Calder breach line phone ${on}`,
];

const EXPECTED: Record<string, Expected> = {
  ransomware: {
    at: ["2027-01-09", "02:10"],
    why: "The domain of INC-03 names S1.",
    calls: S1_LATE,
    // 02:40 is the target, and the level after it comes as agreed, since the service manager is reached: 03:10, 30 late.
    sentence: "8 calls in 60 minutes. First decision possible at 03:10, 30 minutes late.",
    decision: ["03:10", "Graham Pell", "Leadership", 30],
    lastResort: "03:40",
    approvals: [
      "Order equipment and licences, up to 2 500 GBP: Ruth Adeyemi",
      "Spend in an emergency, up to 25 000 GBP: Graham Pell for Decision-maker on call",
      "Make a change that interrupts work: Ruth Adeyemi",
      "Make an emergency change: Aisha Khan",
      "Disclose data to authorities, insurers or the press: Graham Pell",
    ],
    containment: [
      `isolate-device act ${SOC}`,
      `disable-account act ${SOC}`,
      "isolate-server call-first Callum Reid after Ruth Adeyemi",
      "cut-site call-first Callum Reid after nobody",
      "restore call-first Callum Reid after Ruth Adeyemi",
      "wipe never",
    ],
    duties: ["INC-03", "INC-02", "INC-04", "INC-11", "INC-05", "INC-06", "INC-07", "BCK-04", "BCK-09"],
    breaks: [
      "Levels 3 and 4, after 30 minutes: Decision-maker on call isn't reached (nobody on shift or on call).",
      "The first decision is possible at 03:10, 30 minutes after the target of 30 minutes.",
      "“Cut a site or the internet line off” needs a call to Decision-maker on call first, and nobody answers there at that hour.",
    ],
  },
  "hostile-leaver": {
    at: ["2027-01-08", "17:00"],
    why: "The domain of IAM-03 names Security.",
    // Week 11. The bakery's hours end at 17:30, the moment of the level after 30 minutes; Merrow's at 18:00.
    calls: [
      `17:00 Security operations: ${SOC} phone ${on}, Priya Nair phone ${on}`,
      `17:15 Engineer: Marek Nowak phone ${on}, Sunita Rao phone ${on}, Callum Reid phone ${on} / IT lead: Daniel Okafor phone ${on}, Ruth Adeyemi phone ${call}`,
      `17:30 Leadership: Graham Pell phone ${call} / vCIO: Tom Brandt phone ${on}, Luis Ortega phone ${call}`,
      `18:00 Breach line: Calder breach line phone ${on}`,
    ],
    sentence: "6 calls in 60 minutes. First decision possible at 17:15, in time.",
    decision: ["17:15", "Daniel Okafor", "IT lead", 0],
    lastResort: "18:30",
    approvals: [
      "Give or take away privileged access: Daniel Okafor",
      "Have work done outside working hours, up to 1 200 GBP: Daniel Okafor",
    ],
    containment: [`isolate-device act ${SOC}`, `disable-account act ${SOC}`, "wipe never"],
    duties: ["IAM-03", "IAM-05", "IAM-10", "MON-07", "HYB-02", "INC-07"],
    breaks: [],
  },
  "line-down": {
    at: ["2026-12-08", "10:05"],
    why: "The domain of NET-03 names S2.",
    // Week 7, and Maya is away without a deputy.
    calls: [
      `10:05 Service desk: Duty analyst phone ${on}, Aisha Khan phone ${on}`,
      `10:35 Engineer: Marek Nowak phone ${on}, Sunita Rao phone ${on}, Callum Reid phone ${on} / IT team: Ruth Adeyemi phone ${on}`,
      `12:05 Service manager: Luis Ortega phone ${on}, Aisha Khan phone ${call} / IT lead: Daniel Okafor phone ${on}, Ruth Adeyemi phone ${call}`,
      `14:05 Leadership: Helen Marsh phone ${on}, Graham Pell phone ${on} / vCIO: Tom Brandt phone ${on}`,
    ],
    sentence: "7 calls in 4 hours. First decision possible at 12:05, in time.",
    decision: ["12:05", "Luis Ortega", "Service manager", 0],
    lastResort: "16:05",
    approvals: [
      "Order equipment and licences, up to 2 500 GBP: Daniel Okafor",
      "Spend in an emergency, up to 25 000 GBP: Graham Pell",
      "Make a change that interrupts work: Daniel Okafor",
      "Make an emergency change: Luis Ortega",
    ],
    containment: [],
    duties: ["NET-03", "NET-06", "INC-05", "SUP-07"],
    breaks: [],
  },
  "vendor-access": {
    at: ["2027-01-13", "15:20"],
    why: "The domain of AST-09 names Decision.",
    // Week 12. 130 minutes are left on Wednesday; the other 350 of the 480 end on Thursday at 14:50. For 960, Thursday's 510
    // leave 320: Friday, 14:20.
    calls: [
      `15:20 IT lead: Daniel Okafor chat ${on}`,
      `14:50 on Thu 14 Jan 2027 Leadership: Helen Marsh chat ${on}, Graham Pell chat ${on}`,
    ],
    sentence: "2 calls in 23 hours 30 minutes. First decision possible at 15:20, in time.",
    decision: ["15:20", "Daniel Okafor", "IT lead", 0],
    lastResort: "14:20 on Fri 15 Jan 2027",
    approvals: ["Give or take away privileged access: Daniel Okafor"],
    containment: [],
    duties: ["AST-09", "AST-08", "APP-03", "AST-07"],
    breaks: [],
  },
  "ai-exposure": {
    at: ["2027-01-14", "11:30"],
    why: "The domain of AIG-03 names Security.",
    calls: [
      `11:30 Security operations: ${SOC} phone ${on}, Priya Nair phone ${on}`,
      `11:45 Engineer: Marek Nowak phone ${on}, Sunita Rao phone ${on}, Callum Reid phone ${on} / IT lead: Daniel Okafor phone ${on}`,
      `12:00 Leadership: Helen Marsh phone ${on}, Graham Pell phone ${on} / vCIO: Tom Brandt phone ${on}`,
      `12:30 Breach line: Calder breach line phone ${on}`,
    ],
    sentence: "6 calls in 60 minutes. First decision possible at 11:45, in time.",
    decision: ["11:45", "Daniel Okafor", "IT lead", 0],
    lastResort: "13:00",
    approvals: [
      "Give or take away privileged access: Daniel Okafor",
      "Disclose data to authorities, insurers or the press: Helen Marsh",
    ],
    containment: [`disable-account act ${SOC}`, `block-sender act ${SOC}`, "wipe never"],
    duties: ["AIG-03", "CMP-07", "AIG-02", "AIG-06", "INC-06", "INC-07"],
    breaks: ["Nobody answers for CMP-07."],
  },
  "stolen-phone": {
    at: ["2027-01-10", "21:40"],
    why: "END-06 names Security.",
    // Week 11, a Sunday evening.
    calls: [
      `21:40 Security operations: ${SOC} phone ${on}`,
      `21:55 Engineer: Callum Reid phone ${call}, Marek Nowak phone ${call} / IT lead: Ruth Adeyemi phone ${call}`,
      `22:10 Leadership: Graham Pell phone ${call} / vCIO: Luis Ortega phone ${call}`,
      `22:40 Breach line: Calder breach line phone ${on}`,
    ],
    sentence: "6 calls in 60 minutes. First decision possible at 21:55, in time.",
    decision: ["21:55", "Ruth Adeyemi", "IT lead", 0],
    lastResort: "23:10",
    approvals: [
      "Give or take away privileged access: Ruth Adeyemi",
      "Disclose data to authorities, insurers or the press: Graham Pell",
    ],
    containment: [`isolate-device act ${SOC}`, `disable-account act ${SOC}`, "wipe never"],
    duties: ["END-06", "MON-07", "IAM-06", "END-05", "INC-06"],
    breaks: [],
  },
  "restore-fails": {
    at: ["2027-01-14", "18:30"],
    why: "The domain of BCK-02 names S2.",
    // Week 12, after everybody's hours. The IT team is off duty, which is agreed and no hole.
    calls: [
      `18:30 Service desk: Duty analyst phone ${on}`,
      `19:00 Engineer: Marek Nowak phone ${call}, Sunita Rao phone ${call} / ${OFF_DUTY}`,
      `20:30 Service manager: Luis Ortega phone ${call} / IT lead: Daniel Okafor phone ${call}`,
      `22:30 Leadership: Helen Marsh phone ${call} / vCIO: Tom Brandt phone ${call}`,
    ],
    sentence: "6 calls in 4 hours. First decision possible at 20:30, in time.",
    decision: ["20:30", "Luis Ortega", "Service manager", 0],
    lastResort: "00:30 on Fri 15 Jan 2027",
    approvals: [
      "Order equipment and licences, up to 2 500 GBP: Daniel Okafor",
      "Spend in an emergency, up to 25 000 GBP: Nadia Rahman",
      "Make a change that interrupts work: Daniel Okafor",
      "Make an emergency change: Luis Ortega",
      "Have work done outside working hours, up to 1 200 GBP: Daniel Okafor",
    ],
    containment: ["restore call-first Marek Nowak after Daniel Okafor", "wipe never"],
    duties: ["BCK-02", "BCK-05", "BCK-07", "BCK-09", "BCK-10"],
    breaks: [],
  },
  certificate: {
    at: ["2027-01-11", "08:00"],
    why: "The domain of SRV-05 names S2.",
    // A Monday: Merrow's hours begin, the bakery's in an hour, when week 11 ends too.
    calls: [
      `08:00 Service desk: Duty analyst phone ${on}, Aisha Khan phone ${on}`,
      `08:30 Engineer: Marek Nowak phone ${on}, Sunita Rao phone ${on}, Callum Reid phone ${on} / ${OFF_DUTY}`,
      `10:00 Service manager: Luis Ortega phone ${on} / IT lead: Daniel Okafor phone ${on}`,
      `12:00 Leadership: Helen Marsh phone ${on}, Graham Pell phone ${on} / vCIO: Tom Brandt phone ${on}`,
    ],
    sentence: "6 calls in 4 hours. First decision possible at 10:00, in time.",
    decision: ["10:00", "Luis Ortega", "Service manager", 0],
    lastResort: "14:00",
    approvals: [
      "Order equipment and licences, up to 2 500 GBP: Ruth Adeyemi",
      "Spend in an emergency, up to 25 000 GBP: Graham Pell",
      "Make a change that interrupts work: Ruth Adeyemi",
      "Make an emergency change: Luis Ortega",
    ],
    containment: [],
    duties: ["SRV-05", "CHG-03", "APP-02", "INC-05"],
    breaks: [],
  },
  "cloud-bill": {
    at: ["2027-01-12", "09:00"],
    why: "The domain of STR-05 names Decision.",
    // 480 minutes from 09:00 end at 17:00. For 960, Tuesday's 510 leave 450: Wednesday, 16:30.
    calls: [
      `09:00 IT lead: Daniel Okafor chat ${on}`,
      `17:00 Leadership: Helen Marsh chat ${on}, Graham Pell chat ${on}`,
    ],
    sentence: "2 calls in 8 hours. First decision possible at 09:00, in time.",
    decision: ["09:00", "Daniel Okafor", "IT lead", 0],
    lastResort: "16:30 on Wed 13 Jan 2027",
    approvals: [
      "Order equipment and licences, up to 2 500 GBP: Daniel Okafor",
      "Spend in an emergency, up to 25 000 GBP: Graham Pell",
    ],
    containment: [],
    duties: ["STR-05", "SRV-06", "AST-03", "GOV-05", "GOV-03"],
    breaks: [],
  },
  "key-person-ill": {
    at: ["2027-01-11", "07:40"],
    // Of those whose role nobody else holds, Daniel has most duties: 57 that the IT lead answers for, and 14 that the IT lead
    // alone does while another answers. Ruth stands in. INC-11 goes by S1; the first that goes by S2 is CHG-04.
    why: "The domain of CHG-04 names S2.",
    calls: [
      `07:40 Service desk: Duty analyst phone ${on}`,
      `08:10 Engineer: Marek Nowak phone ${on}, Sunita Rao phone ${on}, Callum Reid phone ${on} / ${OFF_DUTY}`,
      `09:40 Service manager: Luis Ortega phone ${on} / IT lead: Ruth Adeyemi phone ${on}`,
      `11:40 Leadership: Helen Marsh phone ${on}, Graham Pell phone ${on} / vCIO: Tom Brandt phone ${on}`,
    ],
    sentence: "6 calls in 4 hours. First decision possible at 09:40, in time.",
    decision: ["09:40", "Luis Ortega", "Service manager", 0],
    lastResort: "13:40",
    // At 07:40 week 11 goes on: Ruth, Graham and Aisha are on call.
    approvals: [
      "Order equipment and licences, up to 2 500 GBP: Ruth Adeyemi",
      "Spend in an emergency, up to 25 000 GBP: Graham Pell",
      "Give or take away privileged access: Ruth Adeyemi",
      "Make a change that interrupts work: Ruth Adeyemi",
      "Make an emergency change: Aisha Khan",
    ],
    containment: [],
    // The first twenty of Daniel's, in the order of the matrix.
    duties: [
      ...["GOV-01", "GOV-02", "GOV-03", "GOV-05", "GOV-06", "GOV-07", "GOV-08", "GOV-09", "GOV-10", "GOV-11"],
      ...["GOV-12", "STR-01", "STR-02", "STR-03", "STR-05", "IAM-01", "IAM-03", "IAM-04", "IAM-05", "IAM-10"],
    ],
    breaks: [],
  },
  "provider-silent": {
    at: ["2027-01-13", "13:15"],
    why: "The domain of INC-04 names S1.",
    // Everybody of Merrow is called and doesn't pick up, so each level is waited for. Four of the bakery and its insurer are left.
    calls: [
      "13:15 Service desk –doesn't answer",
      `13:30 Engineer –doesn't answer / Security operations –doesn't answer / IT lead: Daniel Okafor phone ${on}`,
      `13:45 Decision-maker on call: Graham Pell phone ${on}, Nadia Rahman phone ${on} / Service manager –doesn't answer`,
      `14:15 Leadership: Helen Marsh phone ${on}, Graham Pell phone ${on} / vCIO –doesn't answer / Breach line: Calder breach line phone ${on}`,
    ],
    sentence: "4 calls in 60 minutes. First decision possible at 13:45, in time.",
    decision: ["13:45", "Graham Pell", "Decision-maker on call", 0],
    lastResort: "14:45",
    approvals: [
      "Order equipment and licences, up to 2 500 GBP: Daniel Okafor",
      "Spend in an emergency, up to 25 000 GBP: Graham Pell",
      "Give or take away privileged access: Daniel Okafor",
      "Make a change that interrupts work: Daniel Okafor",
      "Make an emergency change: nobody",
    ],
    containment: [
      "isolate-device act nobody",
      "isolate-server call-first nobody after Daniel Okafor",
      "cut-site call-first nobody after Graham Pell",
      "wipe never",
    ],
    duties: ["INC-04", "INC-02", "INC-11", "IAM-10", "GOV-09"],
    breaks: [
      "Level 1, at the start: nobody is reached (Service desk: doesn't answer). The minutes until the next level pass.",
      "Level 2, after 15 minutes: Engineer isn't reached (doesn't answer).",
      "Level 2, after 15 minutes: Security operations isn't reached (doesn't answer).",
      "Levels 3 and 4, after 30 minutes: Service manager isn't reached (doesn't answer).",
      "Levels 5 and 6, after 1 hour: vCIO isn't reached (doesn't answer).",
      "Nobody can approve “Make an emergency change” at that hour: Service manager and vCIO can't be reached.",
      "Nobody can act at that hour: “Isolate a laptop or workstation from the network” is for Security operations, and nobody answers.",
      "Nobody can act at that hour: “Take a server offline” is for Engineer, and nobody answers.",
      "Nobody can act at that hour: “Cut a site or the internet line off” is for Engineer, and nobody answers.",
    ],
  },
  "contract-dispute": {
    at: ["2027-01-14", "14:00"],
    why: "GOV-06 names Disagreement.",
    // 210 minutes are left on Thursday, then 510 a day: 150 of the 2,400 are left for Thursday, the 21st: 11:30. The 4,800
    // end with Wednesday, the 27th, at 17:30, so that the last resort comes as the hours begin again, on Thursday.
    calls: [
      `14:00 IT lead: Daniel Okafor phone ${on} / Service manager: Luis Ortega phone ${on}`,
      `11:30 on Thu 21 Jan 2027 Leadership: Helen Marsh phone ${on}, Graham Pell phone ${on} / vCIO: Tom Brandt phone ${on}`,
    ],
    sentence: "4 calls in 165 hours 30 minutes. First decision possible at 14:00, in time.",
    decision: ["14:00", "Daniel Okafor", "IT lead", 0],
    lastResort: "09:00 on Thu 28 Jan 2027",
    approvals: [
      "Order equipment and licences, up to 2 500 GBP: Daniel Okafor",
      "Spend in an emergency, up to 25 000 GBP: Graham Pell",
    ],
    containment: [],
    duties: ["GOV-06", "GOV-05", "GOV-01"],
    breaks: [],
  },
};

function answerAt(id: string, [day, time]: Expected["at"]): ScenarioAnswer {
  const scenario = scenarioNamed(id);
  if (!scenario) throw new Error(id);
  return answerScenario(scenario, { day, time, timeZone: "Europe/London" }, facts);
}

/** A level as the tables above write it. Thin spaces of amounts are written as plain ones. */
function line({ time, day, calls }: ShownStep, firstDay: string): string {
  const roles = calls.map(({ role, answers, why }) =>
    answers.length === 0
      ? `${role} –${(why ?? "").toLowerCase()}`
      : `${role}: ${answers.map(({ name, channel, state }) => `${name} ${channel} ${state.toLowerCase()}`).join(", ")}`,
  );
  return `${at({ time, day }, firstDay)} ${roles.join(" / ")}`;
}
const at = ({ time, day }: { time: string; day: string }, firstDay: string) =>
  day === firstDay ? time : `${time} on ${day}`;
const plain = (text: string) => text.replaceAll("\u202F", " ");

function inTheForm(answer: ScenarioAnswer, when: Expected["at"]): Expected {
  const firstDay = answer.when.slice(0, -", 00:00".length);
  const { calls, decision } = answer;
  if (!calls || !decision) throw new Error(answer.words.join("\n"));
  return {
    at: when,
    why: answer.why,
    calls: calls.steps.map((step) => line(step, firstDay)),
    sentence: calls.sentence,
    decision: [decision.time, decision.name, decision.role, decision.lateBy],
    lastResort: at(calls.lastResort, firstDay),
    approvals: answer.authorities.map(({ name, amount, by, role }) =>
      plain(`${name}${amount && `, ${amount}`}: ${by?.name ?? "nobody"}${by?.isDeputy ? ` for ${role}` : ""}`),
    ),
    containment: answer.containments.map(({ id, stance, actsBy, calledFirst }) =>
      [
        id,
        stance,
        ...(stance === "never" ? [] : [actsBy?.name ?? "nobody"]),
        ...(stance === "call-first" ? ["after", calledFirst?.name ?? "nobody"] : []),
      ].join(" "),
    ),
    duties: answer.duties.map(({ code }) => code),
    breaks: answer.breaks.map(({ sentence }) => sentence),
  };
}

describe("the twelve scenarios on the sample engagement", () => {
  it("are all worked out by hand", () => {
    expect(Object.keys(EXPECTED)).toEqual(SCENARIOS.map(({ id }) => id));
  });

  it.each(Object.entries(EXPECTED))("%s comes to what was worked out by hand", (id, expected) => {
    const answer = answerAt(id, expected.at);
    expect(inTheForm(answer, expected.at)).toEqual(expected);
    expect(answer.inTime).toBe(expected.decision[3] === 0);
  });

  it("say what each whom the path reaches may decide and do", () => {
    const none = { decides: false, approves: [], acts: [], callsFirst: [] };
    const { powers } = answerAt("ransomware", ["2027-01-09", "02:10"]);
    expect(
      powers.map(({ role, names, decides, approves, acts, callsFirst }) => ({
        role,
        names,
        decides,
        approves: approves.map(plain),
        acts,
        callsFirst,
      })),
    ).toEqual([
      { ...none, role: "Service desk", names: ["Duty analyst"] },
      {
        ...none,
        role: "Engineer",
        names: ["Callum Reid", "Marek Nowak"],
        callsFirst: [
          "Take a server offline, after a call to IT lead",
          "Cut a site or the internet line off, after a call to Decision-maker on call",
          "Restore over data that is still there, after a call to IT lead",
        ],
      },
      {
        ...none,
        role: "Security operations",
        names: [SOC],
        acts: ["Isolate a laptop or workstation from the network", "Disable a user's account and end its sessions"],
      },
      {
        ...none,
        role: "IT lead",
        names: ["Ruth Adeyemi"],
        approves: ["Order equipment and licences, up to 2 500 GBP", "Make a change that interrupts work"],
      },
      { ...none, role: "Service manager", names: ["Aisha Khan"], approves: ["Make an emergency change"] },
      {
        ...none,
        role: "Leadership",
        names: ["Graham Pell"],
        decides: true,
        approves: [
          "Spend in an emergency, up to 25 000 GBP, in place of Decision-maker on call",
          "Disclose data to authorities, insurers or the press",
        ],
      },
      { ...none, role: "vCIO", names: ["Luis Ortega"], decides: true },
      { ...none, role: "Breach line", names: ["Calder breach line"] },
    ]);
  });

  it("takes away whoever most duties hang on, and says who stands in", () => {
    const answer = answerAt("key-person-ill", ["2027-01-11", "07:40"]);
    expect(answer.setback).toBe("Daniel Okafor is away from then on, and Ruth Adeyemi stands in.");
    // 71 of Daniel's and two others of the scenario: INC-01 and INC-11 are his, CHG-04 and CHG-05 aren't.
    expect(answer.duties.length + answer.moreDuties).toBe(73);
  });

  it("follows an override, and decides in time once the decision-maker is on call", () => {
    // Saturday, 12 December, 10:00, week 7: Callum in place of the turn; Graham is on call, since it is after eight.
    const answer = answerAt("ransomware", ["2026-12-12", "10:00"]);
    expect(answer.calls?.steps.map((step) => line(step, "Sat 12 Dec 2026"))).toEqual([
      `10:00 Service desk: Duty analyst phone ${on}`,
      `10:15 Engineer: Callum Reid phone ${call} / Security operations: ${SOC} phone ${on} / IT lead: Ruth Adeyemi phone ${call}`,
      `10:30 Decision-maker on call: Graham Pell phone ${call} / Service manager: Aisha Khan phone ${call}`,
      `11:00 Leadership: Helen Marsh phone ${call} / vCIO: Tom Brandt phone ${call} / Breach line: Calder breach line phone ${on}`,
    ]);
    expect(answer.inTime).toBe(true);
    expect(answer.breaks).toEqual([]);
  });
});

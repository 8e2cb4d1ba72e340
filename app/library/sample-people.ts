import type { Rota } from "~/domain/cover/rota";
import { weekdayAt, WEEKDAYS } from "~/domain/cover/working-hours";
import { midnightOf } from "~/domain/cover/wall-time";
import type { Behind, RoleRota } from "~/domain/escalation/staffing-of";
import type { PartyKind } from "~/domain/matrix/shapes";
import type { Person } from "~/domain/people/people";
import { daysLater, everyDay, SAMPLE_ZONE } from "./sample-escalation";

type Row = {
  id: string;
  name: string;
  title: string;
  side: PartyKind;
  /** The beginning of the address; its domain is that of the party. */
  mailbox: string;
  domain: string;
  /** Of the numbers that are never given to anybody. */
  phones: Person["phones"];
  hours?: string;
  week?: Person["week"];
  deputyId?: string;
  /** How many days ago somebody last checked the entry. */
  checked: number;
  roleIds: readonly string[];
};

const mobile = (number: string) => ({ label: "Mobile", number });
const BAKERY = "ashdown-bakeries.example";
const MERROW = "merrow-it.example";
const AROUND_THE_CLOCK = { hours: "Always", week: everyDay("00:00", "24:00") };

/** The invented people of the sample. Their domains and numbers are reserved and reach nobody. */
const PEOPLE: readonly Row[] = [
  {
    id: "daniel-okafor",
    name: "Daniel Okafor",
    title: "Head of IT",
    side: "client",
    mailbox: "daniel.okafor",
    domain: BAKERY,
    phones: [mobile("+44 7700 900112"), { label: "Desk", number: "+44 20 7946 0112" }],
    hours: "Mon to Fri, 9 to half past 5",
    deputyId: "ruth-adeyemi",
    checked: 12,
    roleIds: ["it-lead"],
  },
  {
    id: "ruth-adeyemi",
    name: "Ruth Adeyemi",
    title: "Systems administrator",
    side: "client",
    mailbox: "ruth.adeyemi",
    domain: BAKERY,
    phones: [mobile("+44 7700 900134")],
    deputyId: "maya-lindqvist",
    checked: 12,
    roleIds: ["it-team"],
  },
  {
    id: "maya-lindqvist",
    name: "Maya Lindqvist",
    title: "Support analyst",
    side: "client",
    mailbox: "maya.lindqvist",
    domain: BAKERY,
    phones: [mobile("+44 7700 900156")],
    checked: 12,
    roleIds: ["it-team"],
  },
  {
    id: "helen-marsh",
    name: "Helen Marsh",
    title: "Chief operating officer",
    side: "client",
    mailbox: "helen.marsh",
    domain: BAKERY,
    phones: [mobile("+44 7700 900178"), { label: "Home", number: "+44 20 7946 0178" }],
    deputyId: "graham-pell",
    checked: 40,
    roleIds: ["leadership"],
  },
  {
    id: "graham-pell",
    name: "Graham Pell",
    title: "Finance director",
    side: "client",
    mailbox: "graham.pell",
    domain: BAKERY,
    phones: [mobile("+44 7700 900190")],
    checked: 40,
    roleIds: ["leadership", "decision-maker"],
  },
  {
    id: "nadia-rahman",
    name: "Nadia Rahman",
    title: "Operations director",
    side: "client",
    mailbox: "nadia.rahman",
    domain: BAKERY,
    phones: [mobile("+44 7700 900203")],
    deputyId: "graham-pell",
    checked: 40,
    roleIds: ["decision-maker"],
  },
  {
    id: "desk-on-duty",
    name: "Duty analyst",
    title: "Shared line of the service desk",
    side: "provider",
    mailbox: "desk",
    domain: MERROW,
    phones: [{ label: "Desk", number: "+44 808 157 0140" }],
    ...AROUND_THE_CLOCK,
    checked: 5,
    roleIds: ["service-desk"],
  },
  {
    id: "aisha-khan",
    name: "Aisha Khan",
    title: "Service desk lead",
    side: "provider",
    mailbox: "aisha.khan",
    domain: MERROW,
    phones: [mobile("+44 7700 900225")],
    checked: 5,
    roleIds: ["service-desk"],
  },
  {
    id: "soc-on-duty",
    name: "SOC analyst on duty",
    title: "Shared line of security operations",
    side: "provider",
    mailbox: "soc",
    domain: MERROW,
    phones: [{ label: "SOC", number: "+44 808 157 0162" }],
    ...AROUND_THE_CLOCK,
    checked: 5,
    roleIds: ["security-operations"],
  },
  {
    id: "priya-nair",
    name: "Priya Nair",
    title: "Lead of security operations",
    side: "provider",
    mailbox: "priya.nair",
    domain: MERROW,
    phones: [mobile("+44 7700 900247")],
    checked: 5,
    roleIds: ["security-operations"],
  },
  {
    id: "marek-nowak",
    name: "Marek Nowak",
    title: "Infrastructure engineer",
    side: "provider",
    mailbox: "marek.nowak",
    domain: MERROW,
    phones: [mobile("+44 7700 900269")],
    deputyId: "sunita-rao",
    checked: 5,
    roleIds: ["engineer"],
  },
  {
    id: "sunita-rao",
    name: "Sunita Rao",
    title: "Cloud engineer",
    side: "provider",
    mailbox: "sunita.rao",
    domain: MERROW,
    phones: [mobile("+44 7700 900281")],
    deputyId: "callum-reid",
    checked: 5,
    roleIds: ["engineer"],
  },
  {
    id: "callum-reid",
    name: "Callum Reid",
    title: "Network engineer",
    side: "provider",
    mailbox: "callum.reid",
    domain: MERROW,
    phones: [mobile("+44 7700 900304")],
    checked: 5,
    roleIds: ["engineer"],
  },
  {
    id: "luis-ortega",
    name: "Luis Ortega",
    title: "Service delivery manager",
    side: "provider",
    mailbox: "luis.ortega",
    domain: MERROW,
    phones: [mobile("+44 7700 900326")],
    deputyId: "aisha-khan",
    checked: 5,
    roleIds: ["service-manager"],
  },
  {
    id: "tom-brandt",
    name: "Tom Brandt",
    title: "vCIO",
    side: "provider",
    mailbox: "tom.brandt",
    domain: MERROW,
    phones: [mobile("+44 7700 900348")],
    deputyId: "luis-ortega",
    checked: 20,
    roleIds: ["vcio"],
  },
  {
    id: "lumen-faults",
    name: "Lumen fault desk",
    title: "Circuit ASH-4471",
    side: "third-party",
    mailbox: "faults",
    domain: "lumen-telecom.example",
    phones: [{ label: "Faults", number: "+44 808 157 0184" }],
    ...AROUND_THE_CLOCK,
    checked: 30,
    roleIds: ["vendor"],
  },
  {
    id: "calder-line",
    name: "Calder breach line",
    title: "Policy CM-20881",
    side: "third-party",
    mailbox: "breach",
    domain: "calder-mutual.example",
    phones: [{ label: "Breach line", number: "+44 808 157 0206" }],
    ...AROUND_THE_CLOCK,
    checked: 30,
    roleIds: ["breach-line"],
  },
];

/** The people of the sample, on a day (YYYY-MM-DD): who holds which role, who is on call when, and who is away. */
export function samplePeople(today: string): Behind {
  const since = firstTurn(today);
  return {
    people: PEOPLE.map(
      ({ mailbox, domain, checked, roleIds: _roleIds, hours = "", week = null, deputyId = null, ...person }) => ({
        ...person,
        email: `${mailbox}@${domain}`,
        hours,
        week,
        deputyId,
        timeZone: SAMPLE_ZONE,
        lastVerified: daysLater(today, -checked),
        revision: 0,
      }),
    ),
    holdings: holdings(since),
    rotas: rotas(today),
    absences: [
      {
        id: "maya-away",
        personId: "maya-lindqvist",
        from: daysLater(since, 49),
        to: daysLater(since, 53),
        note: "On leave",
      },
    ],
  };
}

/** Who holds which role. Each of a role has held it a day longer than the next, which is the order in which they are called. */
function holdings(since: string): Behind["holdings"] {
  const counts = new Map<string, number>();
  return PEOPLE.flatMap(({ id: personId, roleIds }) =>
    roleIds.map((roleId) => {
      const before = counts.get(roleId) ?? 0;
      counts.set(roleId, before + 1);
      return {
        id: `${roleId}-${personId}`,
        roleId,
        personId,
        since: daysLater(since, before),
        until: null,
        carriedFrom: null,
      };
    }),
  );
}

/** The Monday on which the rotas begin, five weeks before that of the week of a day. */
function firstTurn(today: string): string {
  return daysLater(today, -WEEKDAYS.indexOf(weekdayAt(midnightOf(today))) - 35);
}

function rotas(today: string): RoleRota[] {
  const first = firstTurn(today);
  const weekly: Omit<Rota, "turns"> = {
    timeZone: SAMPLE_ZONE,
    period: "weekly",
    every: 1,
    handOver: { time: "09:00", weekday: "mon" },
    firstDay: first,
    hours: "always",
    overrides: [],
  };
  const saturdayAfterNext = daysLater(first, 54);
  return [
    { roleId: "it-lead", rota: { ...weekly, turns: [["daniel-okafor"], ["ruth-adeyemi"]] } },
    { roleId: "leadership", rota: { ...weekly, turns: [["helen-marsh"], ["helen-marsh"], ["graham-pell"]] } },
    {
      roleId: "decision-maker",
      rota: { ...weekly, turns: [["nadia-rahman"], ["graham-pell"]], hours: DECIDING },
    },
    // The shared lines work by hours of their own, which don't begin on a holiday: the rota covers those.
    { roleId: "service-desk", rota: { ...weekly, turns: [["desk-on-duty"]] } },
    { roleId: "security-operations", rota: { ...weekly, turns: [["soc-on-duty"]] } },
    {
      roleId: "engineer",
      rota: {
        ...weekly,
        turns: [
          ["marek-nowak", "sunita-rao"],
          ["sunita-rao", "callum-reid"],
          ["callum-reid", "marek-nowak"],
        ],
        overrides: [
          {
            from: `${saturdayAfterNext}T09:00`,
            to: `${daysLater(saturdayAfterNext, 1)}T09:00`,
            personIds: ["callum-reid"],
          },
        ],
      },
    },
    { roleId: "service-manager", rota: { ...weekly, turns: [["luis-ortega"], ["aisha-khan"]] } },
    { roleId: "vcio", rota: { ...weekly, turns: [["tom-brandt"], ["tom-brandt"], ["luis-ortega"]] } },
  ];
}

/** Always but on Saturdays before eight, when the bakery works its longest shift: the hole that the sample shows. */
const DECIDING: Rota["hours"] = {
  days: { ...everyDay("00:00", "24:00"), sat: [{ from: "08:00", to: "24:00" }] },
  timeZone: SAMPLE_ZONE,
  holidays: [],
};

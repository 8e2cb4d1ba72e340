import { weekdayAt, WEEKDAYS, type Weekday } from "~/domain/cover/working-hours";
import { midnightOf } from "~/domain/cover/wall-time";
import { DAY_MS, utcDay } from "~/domain/days";
import type { CommandOf, MatrixCommand } from "~/domain/editing/commands";
import type {
  AgreedOffDuty,
  Authority,
  Channel,
  Containment,
  Conversation,
  Direction,
  EscalationPath,
  Level,
  OffLimits,
  PartyHours,
  Week,
} from "~/domain/matrix/escalation-shapes";
import type { Matrix } from "~/domain/matrix/matrix";
import { blankAuthority } from "~/domain/parts/authorities";
import { blankConversation } from "~/domain/parts/conversations";
import { startingAuthorities, startingContainments } from "./starting-authorities";
import { startingConversations } from "./starting-conversations";
import { startingPaths } from "./starting-paths";

/** Whose clocks the sample is on. */
export const SAMPLE_ZONE = "Europe/London";

/** The roles that the sample adds to those of the library. */
export const SAMPLE_ROLES: MatrixCommand[] = [
  { type: "role.add", roleId: "decision-maker", partyId: "client", name: "Decision-maker on call" },
  { type: "role.add", roleId: "service-manager", partyId: "provider", name: "Service manager" },
  {
    type: "party.add",
    partyId: "insurer",
    name: "Calder Mutual",
    engagedBy: "client",
    roleId: "breach-line",
    roleName: "Breach line",
  },
];

/** What both sides of the sample have agreed about who is called, who may decide and when they work. */
export function sampleEscalation(matrix: Matrix, today: string): MatrixCommand[] {
  return [
    ...added("hours", sampleHours(today)),
    ...added("offDuties", [offDuty(today)]),
    ...added("paths", samplePaths(matrix)),
    ...added("authorities", sampleAuthorities(matrix)),
    ...added("containments", sampleContainments(matrix)),
    ...added("offLimits", OFF_LIMITS),
    ...added("conversations", sampleConversations(matrix)),
    ...Object.entries(DOMAIN_PATHS).map(([domainId, pathId]): MatrixCommand => ({
      type: "domain.escalate",
      domainId,
      pathId,
    })),
    ...Object.entries(DUTY_PATHS).map(([dutyId, pathId]): MatrixCommand => ({
      type: "duty.edit",
      dutyId,
      set: { pathId },
    })),
  ];
}

type Addition = CommandOf<"thing.add">;

function added(part: Addition["part"], things: readonly ({ id: string } & Addition["fields"])[]): Addition[] {
  return things.map(({ id, ...fields }) => ({ type: "thing.add", part, thingId: id, fields, beforeId: null }));
}

const WORKDAYS: readonly Weekday[] = ["mon", "tue", "wed", "thu", "fri"];

function weekOf(hoursOf: (weekday: Weekday) => Week[Weekday]): Week {
  return {
    mon: hoursOf("mon"),
    tue: hoursOf("tue"),
    wed: hoursOf("wed"),
    thu: hoursOf("thu"),
    fri: hoursOf("fri"),
    sat: hoursOf("sat"),
    sun: hoursOf("sun"),
  };
}

/** The same hours on every day. */
export function everyDay(from: string, to: string): Week {
  return weekOf(() => [{ from, to }]);
}

/** The same hours from Monday to Friday, and none at the weekend. */
export function onWorkdays(from: string, to: string): Week {
  return weekOf((weekday) => (WORKDAYS.includes(weekday) ? [{ from, to }] : []));
}

function sampleHours(today: string): PartyHours[] {
  const holidays = holidaysAround(today);
  return [
    {
      id: "hours-client",
      partyId: "client",
      timeZone: SAMPLE_ZONE,
      week: onWorkdays("09:00", "17:30"),
      holidays,
      billable: "Nothing: whoever is on call is paid for it by an allowance.",
    },
    {
      id: "hours-provider",
      partyId: "provider",
      timeZone: SAMPLE_ZONE,
      week: onWorkdays("08:00", "18:00"),
      holidays,
      billable:
        "S1 and security: nothing. Everything else by the hour at one and a half times the day rate, in steps of 15 minutes.",
    },
  ];
}

/** The holidays of the year of a day and of the next one. */
function holidaysAround(today: string): Record<string, string> {
  const year = Number(today.slice(0, 4));
  return { ...holidaysOf(year), ...holidaysOf(year + 1) };
}

/** The holidays of a year that both sides keep to. */
function holidaysOf(year: number): Record<string, string> {
  return {
    [`${year}-01-01`]: "New Year's Day",
    [firstMonday(`${year}-05-01`)]: "Early May bank holiday",
    [firstMonday(`${year}-05-25`)]: "Spring bank holiday",
    [firstMonday(`${year}-08-25`)]: "Summer bank holiday",
    [`${year}-12-25`]: "Christmas Day",
    [`${year}-12-26`]: "Boxing Day",
  };
}

/** The first Monday from a day on. */
function firstMonday(day: string): string {
  return daysLater(day, (7 - WEEKDAYS.indexOf(weekdayAt(midnightOf(day)))) % 7);
}

/** The day so many days after another; before it where they are negative. */
export function daysLater(day: string, days: number): string {
  return utcDay(new Date(midnightOf(day) + days * DAY_MS));
}

/** The bakery's team is there in working hours only, and nobody expects it at night or on a holiday. */
function offDuty(today: string): AgreedOffDuty {
  return {
    id: "off-it-team",
    roleId: "it-team",
    timeZone: SAMPLE_ZONE,
    week: weekOf((weekday) =>
      WORKDAYS.includes(weekday)
        ? [
            { from: "00:00", to: "09:00" },
            { from: "17:30", to: "24:00" },
          ]
        : [{ from: "00:00", to: "24:00" }],
    ),
    days: Object.keys(holidaysAround(today)),
    reason: "Nights, weekends and holidays are covered by the IT lead's rota and by Merrow.",
  };
}

const PHONE: readonly Channel[] = ["phone", "bridge", "sms"];
const TICKET: readonly Channel[] = ["ticket", "chat"];

type LevelRow = readonly [
  minutes: number,
  calls: Readonly<Record<string, Direction>>,
  channels: readonly Channel[],
  more?: Partial<Level>,
];

const DECIDES = { decides: true } as const;

/** The levels of each path, where the sample's own roles take part. */
const LEVELS: Readonly<Record<string, readonly LevelRow[]>> = {
  s1: [
    [0, { "service-desk": "up" }, ["phone", "bridge"], { may: "Opens the bridge and calls the engineer on call." }],
    [
      15,
      { engineer: "sideways", "security-operations": "sideways", "it-lead": "across" },
      PHONE,
      { may: "Isolates what is spreading, where the agreed containment actions say so." },
    ],
    [30, { "decision-maker": "across" }, ["phone", "sms"], { ...DECIDES, may: "Approves what needs a call first." }],
    [30, { "service-manager": "up" }, ["phone", "sms"], { may: "Takes over the bridge and the updates." }],
    [60, { leadership: "up", vcio: "up" }, ["phone", "sms"], DECIDES],
    [60, { "breach-line": "across" }, ["phone"], { may: "Is told where data is affected." }],
  ],
  s2: [
    [0, { "service-desk": "up" }, ["phone", "ticket"]],
    [30, { engineer: "sideways", "it-team": "across" }, ["phone", "chat"]],
    [120, { "service-manager": "up", "it-lead": "across" }, ["phone", "sms"], DECIDES],
    [240, { leadership: "up", vcio: "up" }, ["phone", "sms"], { ...DECIDES, may: "Decides whether this becomes S1." }],
  ],
  s3: [
    [0, { "service-desk": "up" }, TICKET],
    [240, { engineer: "sideways", "it-team": "across" }, TICKET],
    [480, { "service-manager": "up" }, TICKET, DECIDES],
    [960, { "it-lead": "across" }, TICKET, DECIDES],
  ],
  security: [
    [0, { "security-operations": "up" }, PHONE, { may: "Acts as the agreed containment actions say." }],
    [15, { engineer: "sideways" }, PHONE],
    [15, { "it-lead": "across" }, PHONE, DECIDES],
    [30, { leadership: "up", vcio: "across" }, ["phone", "sms"], DECIDES],
    [60, { "breach-line": "across" }, ["phone"], { may: "Is told where data is affected." }],
  ],
  disagreement: [
    [0, { "it-lead": "across", "service-manager": "across" }, ["phone", "email"], DECIDES],
    [2_400, { leadership: "up", vcio: "up" }, ["phone", "email"], DECIDES],
  ],
};

function samplePaths(matrix: Matrix): Omit<EscalationPath, "marks" | "ruling">[] {
  return startingPaths(matrix).map(({ marks: _marks, ruling: _ruling, ...path }) => {
    const rows = LEVELS[path.id];
    return rows ? { ...path, levels: levelsFrom(path.id, rows) } : path;
  });
}

function levelsFrom(pathId: string, rows: readonly LevelRow[]): EscalationPath["levels"] {
  return Object.fromEntries(
    rows.map(([minutes, calls, channels, more], i): [string, Level] => [
      `${pathId}-${i + 1}`,
      {
        minutes,
        calls: Object.entries(calls).map(([roleId, direction]) => ({ roleId, direction })),
        channels: [...channels],
        decides: false,
        may: "",
        ...more,
      },
    ]),
  );
}

const AUTHORITIES: Readonly<Record<string, Partial<Authority>>> = {
  spend: { upTo: 2_500, currency: "GBP" },
  "emergency-spend": { roleId: "decision-maker", deputyId: "leadership", upTo: 25_000, currency: "GBP" },
  change: { deputyId: "leadership" },
  "emergency-change": { roleId: "service-manager", deputyId: "vcio" },
  "out-of-hours": { upTo: 1_200, currency: "GBP", condition: "For each night or weekend." },
  disclosure: { deputyId: "decision-maker" },
};

function sampleAuthorities(matrix: Matrix): Authority[] {
  return [
    ...startingAuthorities(matrix).map((authority) => ({ ...authority, ...AUTHORITIES[authority.id] })),
    {
      ...blankAuthority("containment"),
      kind: "containment",
      name: "Shut down what the business runs on",
      roleId: "decision-maker",
      deputyId: "leadership",
      condition: "Ordering, payroll and the till; the ovens never.",
    },
  ];
}

function sampleContainments(matrix: Matrix): Containment[] {
  return startingContainments(matrix).map((containment) =>
    containment.id === "cut-site" ? { ...containment, callsId: "decision-maker" } : containment,
  );
}

const OFF_LIMITS: OffLimits[] = [
  {
    id: "ovens",
    system: "The network of the ovens",
    reason: "A bake that is cut off is a danger to people. The maker of the ovens stops them first.",
  },
  {
    id: "payroll",
    system: "The payroll server",
    reason: "It holds data on health. Only the finance director lets anybody in.",
  },
];

function sampleConversations(matrix: Matrix): Conversation[] {
  const manager = { providerRoleId: "service-manager", leadsId: "service-manager" };
  return [
    ...startingConversations(matrix).map((conversation) =>
      conversation.kind === "service-review" ? { ...conversation, ...manager } : conversation,
    ),
    {
      ...blankConversation("drill"),
      name: "Drill of the call chain",
      clientRoleId: "decision-maker",
      ...manager,
      cadence: "Every quarter, 45 minutes",
      place: "Video call",
      agenda: "One scenario, called through for real.\nWho was reached, and when.\nWhat to change, and by when.",
      inputs: "The service manager brings the rotas of the quarter.",
      shared: "Rotas, numbers, results of the last drill.",
    },
  ];
}

/** The path of each domain's duties, and of those duties that go by another one. */
const DOMAIN_PATHS: Readonly<Record<string, string>> = {
  gov: "decision",
  str: "decision",
  sup: "s3",
  iam: "security",
  end: "s3",
  srv: "s2",
  net: "s2",
  msg: "s3",
  app: "s2",
  vul: "security",
  mon: "security",
  inc: "s1",
  bck: "s2",
  ast: "decision",
  chg: "s2",
  cmp: "risk",
  aig: "security",
  saa: "risk",
  hyb: "s3",
};
const DUTY_PATHS: Readonly<Record<string, string>> = {
  "gov-05": "disagreement",
  "gov-06": "disagreement",
  "gov-07": "risk",
  "sup-02": "s2",
  "end-02": "s4",
  "end-06": "security",
  "hyb-02": "s4",
  "msg-02": "s4",
  "msg-05": "security",
  "cmp-07": "security",
  "bck-09": "s1",
  "chg-06": "decision",
};

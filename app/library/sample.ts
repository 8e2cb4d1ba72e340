import { applyCommand } from "~/domain/editing/apply-command";
import type { MatrixCommand } from "~/domain/editing/commands";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Letter } from "~/domain/matrix/shapes";
import { sampleEscalation, SAMPLE_ROLES } from "./sample-escalation";
import { matrixFromLibrary } from "./start-matrix";

const assign = (
  dutyId: string,
  to: Extract<MatrixCommand, { type: "duty.assign" }>["to"],
  lens: "does" | "answers" = "does",
): MatrixCommand => ({ type: "duty.assign", dutyId, lens, to });

const letters = (dutyId: string, roleId: string, cell: Letter[]): MatrixCommand => ({
  type: "duty.letters",
  dutyId,
  roleId,
  letters: cell,
});

const edit = (dutyId: string, set: Extract<MatrixCommand, { type: "duty.edit" }>["set"]): MatrixCommand => ({
  type: "duty.edit",
  dutyId,
  set,
});

/** The targets that the two teams have agreed so far; those of other duties stand open. */
const TARGETS: Readonly<Record<string, string>> = {
  "sup-02": "Calls are answered within three minutes and a ticket exists",
  "sup-04": "Resolved at first contact, or passed on within 20 minutes",
  "sup-05": "A named person is on the spot within two working hours",
  "iam-03": "Within four hours of the notice, the checklist for every system is complete and time-stamped",
  "end-06": "Lock or wipe is sent within 30 minutes of the report",
  "net-03": "A case with the carrier is open within 15 minutes of detection",
  "net-06": "Response starts within 15 minutes, day and night",
  "mon-02": "Every alert has a verdict within 30 minutes",
  "inc-02": "Declared within 30 minutes with a named incident lead",
  "inc-09": "The report is there within ten working days, with actions that have owners",
  "bck-06": "Done within four working hours of the request",
};

const BAKERIES = {
  name: "Ashdown Bakeries Limited",
  form: "Private limited company",
  register: "Companies House 04817260",
  address: "12 Mill Lane\nAshdown AD1 4QT",
};
const MERROW = {
  name: "Merrow Managed IT LLP",
  form: "Limited liability partnership",
  register: "Companies House OC318842",
  address: "Unit 7, Quay Works\nMerrow MR2 9LB",
};

/** What two teams have changed so far: some duties still open, some with vendors, one shared without a note. */
const EDITS: MatrixCommand[] = [
  { type: "matrix.terms", set: { agreementReference: "MSA-2026-014", exhibit: "Exhibit B" } },
  { type: "party.rename", partyId: "vendors", name: "Lumen Telecom" },
  { type: "role.rename", roleId: "vendor", name: "Carrier support" },
  assign("net-03", { partyId: "vendors" }),
  assign("msg-08", { partyId: "vendors" }),
  assign("iam-08", "unassigned"),
  assign("iam-08", "unassigned", "answers"),
  assign("aig-05", "unassigned"),
  assign("cmp-07", "unassigned", "answers"),
  assign("vul-09", "shared"),
  assign("srv-08", { partyId: "provider" }),
  assign("end-07", { partyId: "client" }),
  edit("end-07", { boundary: "" }),
  edit("net-01", { boundary: "" }),
  edit("srv-02", { knowledge: "Marek Nowak" }),
  edit("app-09", { knowledge: "Ruth Adeyemi" }),
  ...Object.entries(TARGETS).map(([dutyId, doneWhen]) => edit(dutyId, { doneWhen })),
  ...SAMPLE_ROLES,
  letters("inc-11", "it-lead", ["A"]),
  letters("inc-11", "decision-maker", ["R"]),
  letters("inc-02", "decision-maker", ["I"]),
  letters("bck-09", "decision-maker", ["I"]),
  letters("gov-04", "vcio", ["A"]),
  letters("gov-04", "service-manager", ["R"]),
  letters("inc-09", "vcio", ["I"]),
  letters("inc-09", "service-manager", ["R"]),
  letters("inc-04", "service-manager", ["I"]),
  ...["inc-06", "cmp-04"].flatMap((dutyId) => [letters(dutyId, "vendor", []), letters(dutyId, "breach-line", ["C"])]),
  letters("inc-07", "vendor", []),
  letters("inc-07", "breach-line", ["R"]),
  letters("inc-12", "vendor", []),
  letters("inc-12", "breach-line", ["C"]),
  letters("inc-13", "breach-line", ["C"]),
  letters("vul-08", "vendor", []),
  edit("vul-08", { boundary: "" }),
  { type: "party.describe", partyId: "client", set: { ...BAKERIES } },
  { type: "party.describe", partyId: "provider", set: { ...MERROW } },
  // The agreement says it already, so their lawyers struck it here.
  { type: "thing.edit", part: "clauses", thingId: "clause-third-parties", set: { struck: true } },
  {
    type: "thing.add",
    part: "clauses",
    thingId: "christmas-freeze",
    fields: {
      key: "",
      title: "No changes before Christmas",
      text: "From 1 to 26 December {provider} makes no change that can wait, since the bakeries earn a fifth of their year in these weeks. The {clientLead} of {client} may lift this for a single change.",
      struck: false,
    },
    beforeId: "clause-disagreement",
  },
];

/** The sample engagement, begun on a day (YYYY-MM-DD): two invented companies halfway through agreeing. */
export function sampleMatrix(today: string): Matrix {
  const start = matrixFromLibrary({
    client: "Ashdown Bakeries",
    provider: "Merrow Managed IT",
    agreementReference: "",
    preset: "shared",
  });
  const agreed = carriedOut(start, EDITS);
  return carriedOut(agreed, sampleEscalation(agreed, today));
}

function carriedOut(start: Matrix, commands: readonly MatrixCommand[]): Matrix {
  return commands.reduce((matrix, command) => {
    const result = applyCommand(matrix, command);
    if (!result.ok) throw new Error(result.rejection.message);
    return result.value;
  }, start);
}

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
  ...SAMPLE_ROLES,
  letters("inc-11", "it-lead", ["A"]),
  letters("inc-11", "decision-maker", ["R"]),
  letters("inc-02", "decision-maker", ["I"]),
  letters("bck-09", "decision-maker", ["I"]),
  letters("gov-04", "vcio", ["A"]),
  letters("gov-04", "service-manager", ["R"]),
  letters("inc-09", "vcio", ["A"]),
  letters("inc-09", "service-manager", ["R"]),
  letters("inc-04", "service-manager", ["I"]),
  ...["inc-06", "inc-07", "cmp-04"].flatMap((dutyId) => [
    letters(dutyId, "vendor", []),
    letters(dutyId, "breach-line", ["C"]),
  ]),
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

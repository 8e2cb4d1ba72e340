import { applyCommand } from "~/domain/editing/apply-command";
import type { MatrixCommand } from "~/domain/editing/commands";
import type { Matrix } from "~/domain/matrix/matrix";
import { matrixFromLibrary } from "./start-matrix";

const assign = (
  dutyId: string,
  to: Extract<MatrixCommand, { type: "duty.assign" }>["to"],
  lens: "does" | "answers" = "does",
): MatrixCommand => ({ type: "duty.assign", dutyId, lens, to });

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
];

/** The sample engagement: two invented companies halfway through agreeing. */
export function sampleMatrix(): Matrix {
  const start = matrixFromLibrary({
    client: "Ashdown Bakeries",
    provider: "Merrow Managed IT",
    agreementReference: "",
    preset: "shared",
  });
  return EDITS.reduce((matrix, command) => {
    const result = applyCommand(matrix, command);
    if (!result.ok) throw new Error(result.rejection.message);
    return result.value;
  }, start);
}

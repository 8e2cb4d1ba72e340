import { parse } from "@cdktf/hcl2json";
import { describe, expect, it } from "vitest";
import { onCallFileOf, onCallFileSchema } from "~/domain/escalation/on-call-file";
import { pathSchema, type EscalationPath, type Level } from "~/domain/matrix/escalation-shapes";
import type { Matrix } from "~/domain/matrix/matrix";
import { blankHours } from "~/domain/parts/hours";
import { blankPath } from "~/domain/parts/paths";
import { writeTerraform } from "~/files/on-call/terraform.server";
import { writeOnCall } from "~/files/on-call/on-call.server";
import { matrixFromLibrary } from "~/library/start-matrix";
import { startingPaths } from "~/library/starting-paths";
import { aMatrix } from "../support/matrices";

const level = (minutes: number, fields: Partial<Level> = {}): Level => ({
  minutes,
  calls: [{ roleId: "service-desk", direction: "up" }],
  channels: ["phone"],
  decides: false,
  may: "",
  ...fields,
});
const path = (levels: EscalationPath["levels"], fields: Partial<EscalationPath> = {}): EscalationPath => ({
  ...blankPath("s1"),
  name: "S1",
  levels,
  ...fields,
});
const withPaths = (...paths: EscalationPath[]): Matrix => aMatrix({ paths });
const fileOf = (matrix: Matrix, pathId: string | null = null) => onCallFileOf(matrix, { kind: "draft" }, pathId);

type Target = { content: { id: string; type: string }[]; for_each: string };
type Policy = {
  name: string;
  description: string;
  num_loops: number;
  rule: { escalation_delay_in_minutes: number; dynamic: { target: Target[] } }[];
};
type Terraform = {
  variable: Record<string, { description: string }[]>;
  resource?: { pagerduty_escalation_policy: Record<string, Policy[]> };
};
async function parsed(matrix: Matrix): Promise<{ text: string; read: Terraform; policies: Policy[] }> {
  const text = writeTerraform(fileOf(matrix));
  const read = (await parse("paths.tf", text)) as Terraform;
  return { text, read, policies: Object.values(read.resource?.pagerduty_escalation_policy ?? {}).flat() };
}
/** A plain text as the parser gives it back: a mark that would begin a template stands twice, and a template keeps one. */
const asParsed = (text: string) => text.replace(/([$%])\{/g, "$1$1{");
const delaysOf = ({ rule }: Policy) => rule.map((one) => one.escalation_delay_in_minutes);
const calledBy = ({ rule }: Policy) => rule.map(({ dynamic }) => dynamic.target[0]?.for_each);

describe("the neutral file of paths", () => {
  it("fits its schema, whatever paths there are, and names whom they call and no people", () => {
    const start = matrixFromLibrary({
      client: "Northwind",
      provider: "Harbour IT",
      agreementReference: "",
      preset: "shared",
    });
    const file = fileOf({ ...start, paths: startingPaths(start) });
    expect(onCallFileSchema.parse(file)).toEqual(file);
    expect(file.paths.map(({ name }) => name)).toHaveLength(8);
    for (const { calls } of file.paths.flatMap(({ levels }) => levels))
      for (const { roleId } of calls) expect(file.roles.map(({ id }) => id)).toContain(roleId);
  });

  it("joins levels of the same minute, counts minutes both ways, and says how long a round is", () => {
    const file = fileOf(
      withPaths(
        path({
          a: level(10, { may: "Isolate a laptop" }),
          b: level(10, {
            channels: ["sms"],
            decides: true,
            may: "Spend",
            calls: [
              { roleId: "service-desk", direction: "up" },
              { roleId: "it-lead", direction: "across" },
            ],
          }),
          c: level(40, { channels: [] }),
        }),
      ),
    );
    expect(file.paths[0]).toMatchObject({
      levels: [
        {
          minutes: 10,
          minutesAfterPrevious: 10,
          calls: [
            { roleId: "service-desk", channels: ["phone", "sms"], mayDecide: true },
            { roleId: "it-lead", channels: ["sms"], mayDecide: true, direction: "across" },
          ],
          may: "Isolate a laptop\nSpend",
        },
        { minutes: 40, minutesAfterPrevious: 30, calls: [{ channels: [], mayDecide: false }] },
      ],
      roundMinutes: 70,
    });
  });

  it("holds one path alone where one is asked for, with the hours that its clock counts", () => {
    const night = path(
      { a: level(0) },
      { id: "night", name: "Night", clock: { kind: "working-hours", partyId: "client" } },
    );
    const matrix = {
      ...withPaths(path({ a: level(0) }), night),
      hours: [blankHours("c", "client"), blankHours("p", "provider")],
    };
    expect(fileOf(matrix, "s1")).toMatchObject({ paths: [{ id: "s1" }], hours: [] });
    expect(fileOf(matrix, "night")).toMatchObject({ paths: [{ id: "night" }], hours: [{ partyId: "client" }] });
  });
});

describe("the Terraform of paths", () => {
  it("counts from rule to rule what is agreed from the start of the path, and ends a round as agreed", async () => {
    const [policy] = (
      await parsed(withPaths(path({ a: level(0), b: level(15), c: level(60) }, { repeats: 9, roundMinutes: 100 })))
    ).policies;
    expect(policy && delaysOf(policy)).toEqual([15, 45, 40]);
    expect(policy).toMatchObject({ name: "Northwind: S1", num_loops: 9 });
  });

  it("takes every number of repeats that may be agreed", () => {
    expect(pathSchema.shape.repeats.safeParse(9).success).toBe(true);
    expect(pathSchema.shape.repeats.safeParse(10).success).toBe(false);
  });

  it("raises delays below three minutes, says where, and lets later rules keep their minute", async () => {
    const { text, policies } = await parsed(
      withPaths(path({ a: level(0), b: level(1), c: level(2), d: level(30) }, { roundMinutes: 31 })),
    );
    expect(policies.map(delaysOf)).toEqual([[3, 3, 24, 3]]);
    expect(text.match(/# (Raised|Lowered) from [^,]+/g)).toEqual([
      "# Raised from 1 minute to 3",
      "# Raised from 1 minute to 3",
      "# Lowered from 28 minutes",
      "# Raised from 1 minute to 3",
    ]);
  });

  it("passes over levels that call nobody, as a path does, and says so", async () => {
    const nobody = { calls: [] };
    const { text, policies } = await parsed(
      withPaths(
        path({ a: level(5), b: level(20, nobody), c: level(25, nobody), d: level(60), e: level(90, nobody) }),
        path({ a: level(0, nobody) }, { id: "s2", name: "S2" }),
      ),
    );
    expect(policies.map(delaysOf)).toEqual([[20, 70]]);
    expect(text).toContain("# Agreed after 5 minutes; a policy calls its first rule at once.");
    expect(text).toContain("# A level before this one calls nobody and is passed over.");
    expect(text).toContain("# S2\n# It calls nobody, so there is no policy for it.");
  });

  it("says where a path counts working hours, which a policy can't", async () => {
    const { text, policies } = await parsed(
      withPaths(path({ a: level(0) }, { clock: { kind: "working-hours", partyId: "provider" } })),
    );
    expect(policies).toHaveLength(1);
    expect(text).toContain("# Its minutes count only in the working hours of Harbour IT, which aren't agreed yet.");
  });

  it("puts what a policy has no field for into its description", async () => {
    const [policy] = (
      await parsed(
        withPaths(
          path(
            { a: level(0) },
            { trigger: "Nobody works.", handover: "What was tried", lastResort: "Stop.", updateMinutes: 30 },
          ),
        ),
      )
    ).policies;
    expect(policy?.description).toBe(
      "Nobody works.\nHanded over with each call: What was tried\nAn update every 30 minutes.\nWhen nobody answers: Stop.",
    );
  });

  it("is read as it was meant, whatever the names are", async () => {
    const hostile = [
      '"} resource "x" "y" {',
      '${file("/etc/passwd")}',
      "$${var.x} $$${var.x} $${",
      "%{ if true }x%{ endif } %%{ %%%{",
      "\\n \\${x} \\\\",
      "<<EOT\nx\nEOT",
      "a\nb\tc\r\nd",
      "# // /* */",
      "line\u2028break\u0085\u200Fx",
      "Ünïcode 東京 🚒",
      "",
      "   ",
      "count",
      "$",
      "%",
      "{",
      "$ {",
      "ends with $",
    ];
    for (const text of hostile) {
      const matrix = withPaths(
        path(
          { a: level(0) },
          {
            name: text,
            trigger: text,
            handover: text,
            lastResort: text,
            clock: { kind: "working-hours", partyId: "client" },
          },
        ),
      );
      const named = {
        ...matrix,
        title: text,
        parties: matrix.parties.map((party) => ({ ...party, name: text })),
        roles: matrix.roles.map((role) => ({ ...role, name: text })),
      };
      const { read, policies } = await parsed(named);
      const plain = asParsed(text);
      expect(Object.keys(read).sort(), text).toEqual(["resource", "terraform", "variable"]);
      expect(Object.keys(read.resource?.pagerduty_escalation_policy ?? {}), text).toHaveLength(1);
      expect(policies[0]?.name, text).toBe(`${plain}: ${plain}`);
      for (const { description } of Object.values(read.variable).flat())
        expect(description, text).toContain(`the role ${plain} of ${plain}:`);
      for (const identifier of [
        ...Object.keys(read.variable),
        ...Object.keys(read.resource?.pagerduty_escalation_policy ?? {}),
      ])
        expect(identifier, text).toMatch(/^[a-z][a-z0-9_]*$/);
    }
  });

  it("calls the roles of a level by variables, each name given once", async () => {
    const matrix = withPaths(
      path({
        a: level(0, {
          calls: [
            { roleId: "service-desk", direction: "up" },
            { roleId: "it-lead", direction: "up" },
            { roleId: "it-team", direction: "up" },
          ],
        }),
      }),
      path({ a: level(0) }, { id: "s2", name: "S1" }),
      path({ a: level(0) }, { id: "s3", name: "障害" }),
      path({ a: level(0) }, { id: "s4", name: "故障" }),
    );
    const named = {
      ...matrix,
      roles: matrix.roles.map((role) => ({ ...role, name: role.id === "it-lead" ? "Lead" : "Desk" })),
    };
    const { read, policies } = await parsed(named);
    expect(Object.keys(read.variable).sort()).toEqual(["role_desk", "role_desk_2", "role_lead"]);
    expect(Object.keys(read.resource?.pagerduty_escalation_policy ?? {}).sort()).toEqual([
      "path_1",
      "path_2",
      "path_s1",
      "path_s1_2",
    ]);
    expect(policies.map(({ name }) => name).sort()).toEqual([
      "Northwind: S1",
      "Northwind: S1 (2)",
      "Northwind: 故障",
      "Northwind: 障害",
    ]);
    const names = policies.flatMap(calledBy).flatMap((each) => each?.match(/var\.\w+/g) ?? []);
    expect(new Set(names)).toEqual(new Set(["var.role_desk", "var.role_desk_2", "var.role_lead"]));
  });

  it("of a matrix without paths is empty and says so", async () => {
    const { text, read } = await parsed(withPaths());
    expect(Object.keys(read)).toEqual(["terraform"]);
    expect(text).toContain("# No escalation path is agreed.");
  });
});

describe("the name of a file for on-call tools", () => {
  it("is safe whatever the path is called, and says which edition it is", () => {
    const matrix = withPaths(path({ a: level(0) }, { name: "../../etc/passwd" }));
    expect(writeOnCall("terraform", matrix, { kind: "draft" }, "s1").name).toMatch(
      /^[a-z0-9-]+-etc-passwd-draft-escalation-path\.tf$/,
    );
    const version = { kind: "version" as const, number: 3, status: "agreed", fingerprint: "0".repeat(64) };
    expect(writeOnCall("on-call", matrix, version, null).name).toMatch(/-version-3-escalation-paths\.json$/);
  });
});

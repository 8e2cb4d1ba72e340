import { expect, it } from "vitest";
import { nodeRemark } from "../../app/cli/prepare-start.mjs";

it.each([
  ["20.19.0", false],
  ["22.22.0", false],
  ["24.0.0", true],
  ["26.1.0", true],
])("a start on Node %s warns of crashes of a database in a file: %s", (version, warns) => {
  expect(nodeRemark(version) !== null).toBe(warns);
  if (warns) expect(nodeRemark(version)).toContain(`Node ${version} can end Demarc in the middle of its work`);
});

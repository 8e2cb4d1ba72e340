import { json } from "@remix-run/node";
import { batchSchema } from "~/domain/editing/batch";
import { parseJson } from "~/http/parse.server";
import { forScript, param, sentence } from "~/http/respond.server";
import { runCommands } from "~/services/matrix/matrix-editing.server";

/** Applies a batch of edits, and answers after they are stored. */
export const action = forScript(async ({ actor, params, request, now }) => {
  if (request.method !== "POST") throw sentence(405, "Edits are sent with POST.");
  const batch = await parseJson(request, batchSchema, describePlace);
  return json(await runCommands(actor, param(params, "matrixId"), batch, now));
});

export const loader = () => sentence(405, "Edits are sent with POST.");

/** A sentence that names the step, the command and the field in which a batch is malformed. */
function describePlace(path: PropertyKey[], body: unknown): string {
  const [steps, step, commands, command, ...field] = path;
  const words = typeof step === "number" && steps === "steps" ? [`Step ${step + 1}`] : [];
  if (typeof command === "number" && commands === "commands") {
    const type = at(body, [steps, step, commands, command, "type"]);
    words.push(`command ${command + 1}${typeof type === "string" ? ` (${type.slice(0, 40)})` : ""}`);
    if (field.length > 0) words.push(`field ${field.map(String).join(".")}`);
  } else if (words.length === 0 && path.length > 0) words.push(`Field ${path.map(String).join(".")}`);
  return words.length > 0 ? words.join(", ") : "The batch";
}

function at(value: unknown, path: (PropertyKey | undefined)[]): unknown {
  return path.reduce<unknown>((current, key) => {
    if (typeof current !== "object" || current === null || key === undefined) return undefined;
    return new Map<PropertyKey, unknown>(Object.entries(current)).get(String(key));
  }, value);
}

// Runs one attack as a request of edits would, in a process of its own that can be killed where it doesn't end.
import { applyCommands } from "~/domain/editing/apply-command";
import { batchSchema } from "~/domain/editing/batch";
import { readJson } from "~/domain/json-text";
import { ATTACKS, attacked } from "./attacks";

const text = ATTACKS[process.argv[2] ?? ""]?.() ?? "";
const read = readJson(`{"baseRevision":0,"steps":[{"id":"s","commands":[${text}]}]}`);
const batch = read.ok ? batchSchema.safeParse(read.value) : null;
const applied = batch?.success ? applyCommands(attacked, batch.data.steps[0]?.commands ?? []) : null;
process.stdout.write(applied && applied.rejected.length === 0 ? "taken" : "refused");

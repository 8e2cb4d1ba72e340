import { z } from "zod";
import { loadRotas, storeRota, updatePerson } from "~/db/people-store.server";
import { checkRota, type Override, type Rota } from "~/domain/cover/rota";
import { isYetToCome } from "~/domain/days";
import { sameJson } from "~/domain/equal";
import { AppError } from "~/domain/errors";
import { LIMITS } from "~/domain/limits";
import { readJson } from "~/domain/json-text";
import { idSchema } from "~/domain/matrix/shapes";
import {
  logPeople,
  personNamed,
  refused,
  roleNamed,
  type PeopleAnswer,
  type PeopleRequest,
} from "./people-request.server";
import { refuseStrangers } from "./rotas.server";

const overrides = z
  .array(z.object({ from: z.string(), to: z.string(), personIds: z.array(idSchema).min(1).max(LIMITS.rotaPeople) }))
  .min(1)
  .max(LIMITS.overrides);

const writtenOverrides = z.string().transform((text, context) => {
  const json = readJson(text);
  const read = overrides.safeParse(json.ok ? json.value : null);
  if (read.success) return read.data;
  context.addIssue({
    code: "custom",
    message: "These are no hours that Demarc offered. Reload the page and try again.",
  });
  return z.NEVER;
});

/** The forms that put somebody into the rota of a role for some hours, take just those hours out again, and take back that a contact was verified. */
export const coveringForms = [
  z.object({ intent: z.enum(["cover", "uncover"]), roleId: idSchema, overrides: writtenOverrides }),
  z.object({
    intent: z.literal("unverify"),
    id: idSchema,
    was: z.union([z.literal("").transform(() => null), z.iso.date("Choose a day, as in 2026-03-31.")]),
  }),
] as const;
type CoveringForm<I extends "cover" | "unverify"> = Extract<
  z.infer<(typeof coveringForms)[number]>,
  I extends "cover" ? { overrides: unknown } : { was: unknown }
>;

/** Adds hours to the rota of a role, or takes out those that are in it just so. Everything else in the rota stays as it is stored. */
export async function coverHours(request: PeopleRequest, form: CoveringForm<"cover">): Promise<PeopleAnswer> {
  const { tx, draft, everybody } = request;
  const role = roleNamed(request, form.roleId);
  const stored = (await loadRotas(tx, draft.matrixId)).find(({ roleId }) => roleId === role.id);
  if (!stored) throw refused({ form: `${role.name} has no rota any more. Set one up, or add a holder.` });
  const changed =
    form.intent === "cover" ? withHours(stored.rota, form.overrides) : without(stored.rota, form.overrides);
  const personId = form.overrides[0]?.personIds[0] ?? "";
  if (changed.overrides.length === stored.rota.overrides.length) return { personId, ended: null };
  if (form.intent === "cover") {
    const [wrong] = checkRota(changed);
    if (wrong) throw refused({ form: wrong.message });
    refuseStrangers(request, role.id, changed, stored.rota);
  }
  if (!(await storeRota(tx, draft.matrixId, { roleId: role.id, rota: changed }, stored.revision)))
    throw new AppError("conflict", `The rota of ${role.name} was changed a moment ago. Try again.`);
  const name = everybody.find(({ id }) => id === personId)?.name ?? "Somebody";
  await logPeople(request, form.intent === "cover" ? "rota.covered" : "rota.uncovered", {
    roleId: role.id,
    role: role.name,
    personId,
    name,
    from: form.overrides[0]?.from ?? "",
    to: form.overrides.at(-1)?.to ?? "",
    times: String(form.overrides.length),
  });
  return { personId, ended: null };
}

/** Hours that are in it already are not added twice. */
function withHours(rota: Rota, added: readonly Override[]): Rota {
  const fresh = added.filter((override) => !rota.overrides.some((other) => sameJson(other, override)));
  return { ...rota, overrides: [...rota.overrides, ...fresh] };
}

function without(rota: Rota, taken: readonly Override[]): Rota {
  return { ...rota, overrides: rota.overrides.filter((one) => !taken.some((other) => sameJson(other, one))) };
}

/** Takes back that a contact was checked: the day before that counts again. */
export async function unverify(request: PeopleRequest, { id, was }: CoveringForm<"unverify">): Promise<PeopleAnswer> {
  const person = personNamed(request, id);
  const later = was !== null && (isYetToCome(was, request.now) || (person.lastVerified ?? "") < was);
  if (later) throw refused({ form: "That day is later than the one that is written down. Edit the person instead." });
  if (person.lastVerified === was) return { personId: id, ended: null };
  await updatePerson(request.tx, id, person.revision, { lastVerified: was });
  await logPeople(request, "person.changed", { personId: id, name: person.name, fields: "day of verification" });
  return { personId: id, ended: null };
}

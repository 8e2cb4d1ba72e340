import { z } from "zod";
import { read, write, type Reader } from "~/db/client.server";
import { findPreset, insertPreset } from "~/db/preset-store.server";
import { AppError } from "~/domain/errors";
import { LIMITS } from "~/domain/limits";
import type { Matrix } from "~/domain/matrix/matrix";
import { withWording } from "~/domain/schedule/wording";
import { PRESET_MEANING, PRESET_NAME } from "~/domain/engagement/organisation";
import { matrixFromPreset, presetFrom } from "~/domain/engagement/preset";
import { checkText } from "~/domain/text";
import { isPresetId } from "~/library/presets";
import { blankMatrix, matrixFromLibrary, PRECEDENCE } from "~/library/start-matrix";
import type { Actor } from "../who/actor.server";
import { countMade } from "../who/attempts.server";
import { organisationFor, organisationLocked, organisationOf } from "../who/organisation-access.server";
import { matrixToKeep } from "./matrix-to-keep.server";
import { startingWording } from "./wording.server";

/** A preset of the organisation in the list. */
export type PresetRow = { id: string; name: string; meaning: string; duties: number; by: string; since: string };
export type PresetsView = { presets: PresetRow[] };

/** The presets of the actor's organisation, sorted by name. */
export async function listPresets(actor: Actor): Promise<PresetsView> {
  const { organisationId } = await organisationFor(read, actor, "read");
  return { presets: await rowsOf(organisationId) };
}

async function rowsOf(organisationId: string): Promise<PresetRow[]> {
  const rows = await read.preset.findMany({
    where: { organisationId },
    select: { id: true, name: true, meaning: true, duties: true, createdByName: true, createdAt: true },
  });
  return rows
    .map(({ createdByName, createdAt, ...row }) => ({ ...row, by: createdByName, since: createdAt.toISOString() }))
    .sort((a, b) => a.name.localeCompare(b.name, "en") || a.id.localeCompare(b.id, "en"));
}

/** A preset of the actor's organisation in a form; `id` is the value that the form sends. */
export type OwnPreset = { id: string; name: string; meaning: string; duties: number };

const OWN_PRESET_PREFIX = "own:";
const KEPT = "A preset";

/** The actor's organisation, for a form that creates a matrix: its name and presets; null for an actor without one. */
export async function ownStart(actor: Actor): Promise<{ organisation: string; presets: OwnPreset[] } | null> {
  const own = await organisationOf(read, actor);
  return (
    own && {
      organisation: own.name,
      presets: (await rowsOf(own.organisationId)).map(({ id, name, meaning, duties }) => ({
        id: `${OWN_PRESET_PREFIX}${id}`,
        name,
        meaning,
        duties,
      })),
    }
  );
}

/**
 * A new draft from the choice in a form: blank, a preset of the library, or one of the actor's organisation. Null for
 * any other choice.
 */
export async function startingMatrix(
  db: Reader,
  actor: Actor,
  choice: string,
  names: { client: string; provider: string; agreementReference: string },
): Promise<Matrix | null> {
  const wording = await startingWording(db, actor);
  if (choice === "blank") return { ...blankMatrix(names), ...wording };
  if (isPresetId(choice)) return { ...matrixFromLibrary({ ...names, preset: choice }), ...wording };
  const own = choice.startsWith(OWN_PRESET_PREFIX) ? await organisationOf(db, actor) : null;
  const preset = own && (await findPreset(db, own.organisationId, choice.slice(OWN_PRESET_PREFIX.length)));
  return preset && withWording(matrixFromPreset(preset, { ...names, precedence: PRECEDENCE }), wording);
}

/**
 * Whether this actor may store a matrix as a preset: they edit it on the provider's side, and it belongs to a client of
 * their organisation.
 */
export async function mayKeepPreset(actor: Actor, matrixId: string): Promise<boolean> {
  return matrixToKeep(read, actor, matrixId, KEPT).then(
    () => true,
    (error: unknown) => {
      if (error instanceof AppError && error.code === "forbidden") return false;
      throw error;
    },
  );
}

/** The form that stores a matrix as a preset. */
export const keepPresetForm = z.object({ intent: z.literal("keep-preset"), name: z.string(), meaning: z.string() });

/**
 * Stores a matrix, without what is the client's own, as a preset of the actor's organisation. Returns a sentence for
 * the page.
 */
export async function savePreset(
  actor: Actor,
  matrixId: string,
  form: { name: string; meaning: string },
  now: Date,
): Promise<string> {
  await countMade("preset", actor.userId);
  return write(async (tx) => {
    const { matrix, organisationId, name: organisation } = await matrixToKeep(tx, actor, matrixId, KEPT);
    await organisationLocked(tx, actor, "keep-preset");
    const texts = await checkPreset(tx, organisationId, form, null);
    if ((await tx.preset.count({ where: { organisationId } })) >= LIMITS.presets)
      throw new AppError("invalid", "There are too many presets.", {
        name: `${organisation} has ${LIMITS.presets} presets, which is as many as fit. Delete one first.`,
      });
    await insertPreset(tx, {
      id: crypto.randomUUID(),
      organisationId,
      ...texts,
      matrix: presetFrom(matrix),
      createdByName: actor.name,
      createdAt: now,
    });
    return `“${texts.name}” is among the presets of ${organisation} now.`;
  });
}

/** Changes a preset's name and meaning. Returns a sentence for the page. */
export async function editPreset(
  actor: Actor,
  presetId: string,
  form: { name: string; meaning: string },
): Promise<string> {
  return write(async (tx) => {
    const { organisationId } = await organisationLocked(tx, actor, "presets");
    await presetIn(tx, organisationId, presetId);
    const texts = await checkPreset(tx, organisationId, form, presetId);
    await tx.preset.update({ where: { id: presetId }, data: texts });
    return `“${texts.name}” is saved.`;
  });
}

/** Deletes a preset; matrices that began from it stay as they are. Returns a sentence for the page. */
export async function deletePreset(actor: Actor, presetId: string): Promise<string> {
  return write(async (tx) => {
    const { organisationId } = await organisationLocked(tx, actor, "presets");
    const { name } = await presetIn(tx, organisationId, presetId);
    await tx.preset.delete({ where: { id: presetId } });
    return `“${name}” is deleted. What began from it stays as it is.`;
  });
}

async function presetIn(db: Reader, organisationId: string, id: string): Promise<{ name: string }> {
  const preset = await db.preset.findFirst({ where: { id, organisationId }, select: { name: true } });
  if (!preset)
    throw new AppError("conflict", "The organisation has no such preset, or not any more. Look at the list again.");
  return preset;
}

/** The checked name and meaning; the name must differ from those of the other presets. */
async function checkPreset(
  db: Reader,
  organisationId: string,
  form: { name: string; meaning: string },
  besides: string | null,
): Promise<{ name: string; meaning: string }> {
  const name = checkText(form.name, PRESET_NAME);
  const meaning = checkText(form.meaning, PRESET_MEANING);
  const errors = {
    ...(name.ok ? {} : { name: name.rejection.message }),
    ...(meaning.ok ? {} : { meaning: meaning.rejection.message }),
  };
  if (!name.ok || !meaning.ok) throw new AppError("invalid", "Some fields need another look.", errors);
  const others = await db.preset.findMany({
    where: { organisationId, ...(besides === null ? {} : { id: { not: besides } }) },
    select: { name: true },
  });
  if (others.some((other) => other.name.toLowerCase() === name.value.toLowerCase()))
    throw new AppError("invalid", "Some fields need another look.", {
      name: `There is a preset called ${name.value} already. Choose another name.`,
    });
  return { name: name.value, meaning: meaning.value };
}

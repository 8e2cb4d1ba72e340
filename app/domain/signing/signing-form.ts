import { LIMITS } from "../limits";
import { plainPng } from "./picture";
import { ok, reject, type Result } from "../result";
import { checkText, type TextRule } from "../text";

/** The fields of the signing form. `drawn` is a PNG as a data URL. Fields that weren't sent are empty. */
type SigningForm = { title: string; organisation: string; consent: string; way: string; typed: string; drawn: string };

/** The stored form of the signing form. */
export type SigningFields = {
  title: string;
  organisation: string;
  picture: { kind: "typed"; text: string } | { kind: "drawn"; png: Uint8Array };
};

/** A checked form: its value, or a sentence for each invalid field. */
type FormCheck<T> = { ok: true; value: T } | { ok: false; errors: Record<string, string> };

const TEXTS = {
  title: { called: "Your title", max: LIMITS.name, lines: false, optional: false },
  organisation: { called: "Your organisation", max: LIMITS.name, lines: false, optional: false },
} as const satisfies Record<string, TextRule>;
const TYPED_SIGNATURE: TextRule = { called: "Your signature", max: LIMITS.name, lines: false, optional: false };

/** Checks the signing form. `name` is the name of the signatory. */
export function checkSigning(form: SigningForm, name: string): FormCheck<SigningFields> {
  const errors: Record<string, string> = {};
  const stored = { title: "", organisation: "" };
  for (const field of ["title", "organisation"] as const) {
    const text = checkText(form[field], TEXTS[field]);
    if (text.ok) stored[field] = text.value;
    else errors[field] = text.rejection.message;
  }
  if (form.consent !== "on") errors.consent = "Tick this to sign. Without it, nothing is signed.";
  const picture = pictureOf(form, name);
  if (!picture.ok) errors[form.way === "drawn" ? "drawn" : "typed"] = picture.rejection.message;
  return picture.ok && Object.keys(errors).length === 0
    ? { ok: true, value: { ...stored, picture: picture.value } }
    : { ok: false, errors };
}

function pictureOf({ way, typed, drawn }: SigningForm, name: string): Result<SigningFields["picture"]> {
  if (way !== "drawn") {
    const text = checkText(typed, TYPED_SIGNATURE);
    if (!text.ok) return text;
    // The typed name must be the signatory's, so that nobody signs under another name.
    return sameName(text.value, name)
      ? ok({ kind: "typed", text: name })
      : reject(
          "other-name",
          `Type ${name}, as you were asked. If the name is wrong, ask an owner of your side to replace you on the version's page.`,
        );
  }
  const [, encoded] = /^data:image\/png;base64,([A-Za-z0-9+/]+={0,2})$/.exec(drawn) ?? [];
  if (drawn === "") return reject("drawn-empty", "Nothing is drawn yet. Draw your signature, or type it.");
  if (encoded === undefined)
    return reject("drawn-kind", "The drawing can't be read. Clear it and draw it again, or type it.");
  if (encoded.length * 0.75 > LIMITS.drawnBytes)
    return reject(
      "drawn-large",
      `The drawing is larger than ${LIMITS.drawnBytes / 1_000} KB. Clear it and draw it simpler, or type it.`,
    );
  const png = plainPng(Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0)));
  return png.ok ? ok({ kind: "drawn", png: png.value }) : png;
}

/** Whether two names are equal apart from capitals and spaces. */
function sameName(a: string, b: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/\s+/g, " ").trim();
  return plain(a) === plain(b);
}

const REASON: TextRule = { called: "The reason", max: LIMITS.reason, lines: true, optional: false };

/** The stored form of a reason for declining or withdrawing. */
export function checkReason(text: string): Result<string> {
  return checkText(text, REASON);
}

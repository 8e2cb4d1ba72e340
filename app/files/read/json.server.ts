import { z } from "zod";
import { readJson } from "~/domain/json-text";
import { fileEditionSchema } from "~/domain/pack/matrix-file";
import type { CarriedText } from "~/domain/verify/carried";
import { Unreadable } from "./unreadable";

/** Parses a JSON file: whether it is a matrix file, and the edition in its `edition` block. */
export function readJsonFile(bytes: Uint8Array): { text: string; ours: boolean; carried: CarriedText | null } {
  const text = decoded(bytes);
  const parsed = parse(text);
  const fields = z
    .looseObject({ format: z.literal("demarc.matrix"), edition: z.unknown().optional() })
    .safeParse(parsed);
  if (!fields.success) return { text, ours: false, carried: null };
  const edition = fileEditionSchema.safeParse(fields.data.edition);
  if (!edition.success) return { text, ours: true, carried: null };
  const { kind, number, fingerprint, previous, canonicalText, writer } = edition.data;
  return {
    text,
    ours: true,
    carried: {
      kind,
      number,
      fingerprint,
      previous,
      text: canonicalText,
      beside: writer === undefined ? null : JSON.stringify({ writer }),
    },
  };
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Unreadable(
      "not-text",
      "This file is no workbook, document, PDF or JSON that Demarc wrote. Choose the file as it was exported.",
    );
  }
}

function parse(text: string): unknown {
  const read = readJson(text);
  if (read.ok) return read.value;
  if (read.rejection.code === "json-deep")
    throw new Unreadable(
      "too-deep",
      `This file is ${read.rejection.message}, which no file of Demarc's is. It was not read further.`,
    );
  throw new Unreadable(
    "not-json",
    "This looks like JSON, but it is damaged or cut off. Fetch it again from where you have it, then check that copy.",
  );
}

import {
  MaxPartSizeExceededError,
  unstable_parseMultipartFormData as parseMultipart,
  type UploadHandlerPart,
} from "@remix-run/node";
import { AppError } from "~/domain/errors";
import { LIMITS } from "~/domain/limits";
import { admitted } from "./held-bodies.server";

/** A form with a file, held in memory and nowhere else. */
export type Upload = { /** Its texts. */ form: FormData; file: { name: string; bytes: Uint8Array } | null };

/** No file system keeps longer ones. What a file is called ends in its kind. */
const LONGEST_NAME = 255;

/** Reads a form whose field `name` is a file of at most `largest` bytes; other files in it are left out. Throws `invalid` with the sentence `tooLarge`, or `busy` where too much is being sent. */
export async function uploaded(
  request: Request,
  { name, largest, tooLarge }: { name: string; largest: number; tooLarge: string },
): Promise<Upload> {
  let file: Upload["file"] = null;
  let left: number = LIMITS.formBytes;
  let parts = 0;
  const keep = async (part: UploadHandlerPart) => {
    parts += 1;
    if (parts > LIMITS.formFields)
      throw new AppError("invalid", "This is no form that Demarc made. Reload the page and choose the file once more.");
    if (part.filename !== undefined && part.name !== name) return undefined;
    const bytes = await together(part, part.filename === undefined ? left : largest);
    if (part.filename === undefined) {
      left -= bytes.byteLength;
      return new TextDecoder().decode(bytes);
    }
    if (part.filename !== "") file = { name: part.filename.slice(-LONGEST_NAME), bytes };
    return undefined;
  };
  const reading = await admitted(request, largest + LIMITS.formBytes);
  const form = await parseMultipart(reading, keep).catch((error: unknown) => {
    if (error instanceof AppError) throw error;
    throw new AppError(
      "invalid",
      error instanceof MaxPartSizeExceededError ? tooLarge : "The file did not arrive whole. Choose it once more.",
    );
  });
  return { form, file };
}

async function together({ name, data }: UploadHandlerPart, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of data) {
    size += chunk.byteLength;
    if (size > most) throw new MaxPartSizeExceededError(name, most);
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

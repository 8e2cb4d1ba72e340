import {
  MaxPartSizeExceededError,
  unstable_parseMultipartFormData as parseMultipart,
  type UploadHandlerPart,
} from "@remix-run/node";
import { AppError } from "~/domain/errors";
import { LIMITS } from "~/domain/limits";
import { admitted } from "./held-bodies.server";

/** A form with a file, both held in memory only. */
export type Upload = { form: FormData; file: { name: string; bytes: Uint8Array } | null };

/** The longest file name of common file systems. The end of a longer one is kept, because it holds the extension. */
const LONGEST_NAME = 255;

/**
 * Reads a form whose field `name` is a file of at most `largest` bytes; other files are left out. Throws `invalid` with
 * the sentence `tooLarge`, or `busy` where the server has no room for it.
 */
export async function uploaded(
  request: Request,
  { name, largest, tooLarge }: { name: string; largest: number; tooLarge: string },
): Promise<Upload> {
  let file: Upload["file"] = null;
  let bytesLeft: number = LIMITS.formBytes;
  let parts = 0;
  const readPart = async (part: UploadHandlerPart) => {
    parts += 1;
    if (parts > LIMITS.formFields)
      throw new AppError("invalid", "This is no form that Demarc made. Reload the page and choose the file once more.");
    if (part.filename !== undefined && part.name !== name) return undefined;
    const bytes = await joinedBytes(part, part.filename === undefined ? bytesLeft : largest);
    if (part.filename === undefined) {
      bytesLeft -= bytes.byteLength;
      return new TextDecoder().decode(bytes);
    }
    if (part.filename !== "") file = { name: part.filename.slice(-LONGEST_NAME), bytes };
    return undefined;
  };
  const admittedRequest = await admitted(request, largest + LIMITS.formBytes);
  const form = await parseMultipart(admittedRequest, readPart).catch((error: unknown) => {
    if (error instanceof AppError) throw error;
    throw new AppError(
      "invalid",
      error instanceof MaxPartSizeExceededError ? tooLarge : "The file did not arrive whole. Choose it once more.",
    );
  });
  return { form, file };
}

/** The bytes of a part in one array; throws where there are more than `most`. */
async function joinedBytes({ name, data }: UploadHandlerPart, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of data) {
    size += chunk.byteLength;
    if (size > most) throw new MaxPartSizeExceededError(name, most);
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}

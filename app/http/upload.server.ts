import { unstable_createMemoryUploadHandler as memoryUpload, unstable_parseMultipartFormData as parseMultipart, MaxPartSizeExceededError } from "@remix-run/node";
import { AppError } from "~/domain/errors";
import { LIMITS } from "~/domain/limits";

/** The one file of a form, held in memory and nowhere else. */
export async function uploadedFile(request: Request, field: string): Promise<{ name: string; bytes: Uint8Array }> {
  const form = await parseMultipart(request, memoryUpload({ maxPartSize: LIMITS.checkedBytes, filter: (part) => part.name === field })).catch((error: unknown) => {
    throw error instanceof MaxPartSizeExceededError
      ? new AppError("invalid", `The file is larger than the ${LIMITS.checkedBytes / 1_000_000} MB that are read. Demarc's own files are far smaller.`)
      : new AppError("invalid", "The file did not arrive whole. Choose it once more.");
  });
  const file = form.get(field);
  if (!(file instanceof File) || file.name === "") throw new AppError("invalid", "Choose a file first.");
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

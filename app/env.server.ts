import { z } from "zod";

const schema = z.object({
  DATABASE_URL: z.string().regex(/^(file:|postgres(ql)?:)/, "DATABASE_URL is neither a file: nor a postgresql: address."),
  /** What sessions and links are signed with. Changing it signs everybody out. */
  DEMARC_SECRET: z.string().min(32, "DEMARC_SECRET is shorter than 32 characters. Use a longer one, or unset it and one is made in the data folder."),
});

/** The settings the running application reads; the server resolves defaults before it loads the application. */
export const env = schema.parse({ DATABASE_URL: process.env.DATABASE_URL, DEMARC_SECRET: process.env.DEMARC_SECRET });

/** The address people reach this installation at, without a slash at its end. The server knows its own only once it listens, so it is read when it is needed. */
export function publicUrl(): string {
  return (process.env.PUBLIC_URL ?? "http://localhost:3000").replace(/\/+$/, "");
}

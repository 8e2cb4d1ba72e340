import { z } from "zod";

const schema = z.object({
  DATABASE_URL: z.string().regex(/^(file:|postgres(ql)?:)/, "DATABASE_URL is neither a file: nor a postgresql: address."),
});

/** The settings the running application reads; the server resolves defaults before it loads the application. */
export const env = schema.parse({ DATABASE_URL: process.env.DATABASE_URL });

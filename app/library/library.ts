import data from "./duty-library.json";
import { librarySchema, type Library } from "./schema";

/**
 * The duties of co-managed IT, in the order they are shown. Framework numbers only: CIS Controls v8.1 safeguards and
 * NIST CSF 2.0 categories, whose texts belong to their publishers.
 */
export const LIBRARY: Library = librarySchema.parse(data);

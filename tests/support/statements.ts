import { checkDatabase } from "~/db/client.server";

type Client = { $extends: (extension: unknown) => unknown };
type Open = { demarcDatabase?: Record<string, unknown> };

/**
 * What the application asks of its database while something runs: model, operation and the fields that its arguments name,
 * in order. The statements are carried out as ever; transactions are counted like anything else.
 */
export async function countingStatements(run: () => Promise<unknown>): Promise<string[]> {
  await checkDatabase();
  const open = (globalThis as Open).demarcDatabase ?? {};
  const before = { ...open };
  const asked: string[] = [];
  const listen = (client: unknown) =>
    (client as Client).$extends({
      query: {
        $allOperations: ({
          model,
          operation,
          args,
          query,
        }: {
          model?: string;
          operation: string;
          args: unknown;
          query: (args: unknown) => unknown;
        }) => {
          asked.push(`${model ?? ""} ${operation} ${shapeOf(args)}`);
          return query(args);
        },
      },
    });
  for (const name of ["reader", "writer"]) open[name] = listen(open[name]);
  const accounts = open.accounts;
  if (accounts instanceof Promise) open.accounts = accounts.then(listen);
  try {
    await run();
  } finally {
    Object.assign(open, before);
  }
  return asked;
}

/** The names of an argument's fields, without the values that differ from one question to the next. */
function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return "[]";
  if (value === null || typeof value !== "object" || value instanceof Date) return "";
  return `{${Object.entries(value)
    .map(([name, inner]) => `${name}${shapeOf(inner)}`)
    .join(" ")}}`;
}

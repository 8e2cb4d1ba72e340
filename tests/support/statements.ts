import { checkDatabase } from "~/db/client.server";

type Client = { $extends: (extension: unknown) => unknown };
type Open = { demarcDatabase?: Record<string, unknown> };

/**
 * The statements that the application sends to its database while `run` is running, in order: model, operation, and the
 * names of the arguments' fields. They are carried out as usual, also those in transactions.
 */
export async function countingStatements(run: () => Promise<unknown>): Promise<string[]> {
  await checkDatabase();
  const clients = (globalThis as Open).demarcDatabase ?? {};
  const before = { ...clients };
  const statements: string[] = [];
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
          statements.push(`${model ?? ""} ${operation} ${shapeOf(args)}`);
          return query(args);
        },
      },
    });
  for (const name of ["reader", "writer"]) clients[name] = listen(clients[name]);
  const accounts = clients.accounts;
  if (accounts instanceof Promise) clients.accounts = accounts.then(listen);
  try {
    await run();
  } finally {
    Object.assign(clients, before);
  }
  return statements;
}

/** The names of an argument's fields, without the values, which differ from one statement to the next. */
function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return "[]";
  if (value === null || typeof value !== "object" || value instanceof Date) return "";
  return `{${Object.entries(value)
    .map(([name, inner]) => `${name}${shapeOf(inner)}`)
    .join(" ")}}`;
}

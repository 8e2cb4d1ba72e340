import { useRouteLoaderData } from "../primitives/router";

type Me = { name: string; email: string };

/** The person who is signed in; null for a visitor. */
export function useMe(): Me | null {
  const data = useRouteLoaderData("root");
  const me = typeof data === "object" && data !== null && "me" in data ? data.me : null;
  return typeof me === "object" &&
    me !== null &&
    "name" in me &&
    typeof me.name === "string" &&
    "email" in me &&
    typeof me.email === "string"
    ? { name: me.name, email: me.email }
    : null;
}

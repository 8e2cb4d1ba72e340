import { useRouteLoaderData } from "../primitives/router";

type Me = { name: string; email: string };

/** Who is signed in, as the page was loaded; null for who isn't. */
export function useMe(): Me | null {
  const data = useRouteLoaderData("root");
  const me = typeof data === "object" && data !== null && "me" in data ? data.me : null;
  return typeof me === "object" && me !== null && "name" in me && typeof me.name === "string" && "email" in me && typeof me.email === "string" ? { name: me.name, email: me.email } : null;
}

import { sentence } from "~/http/respond.server";

/** Handles every unknown address with a 404, which the root's error page shows. */
export function loader() {
  throw sentence(404, "There is nothing at this address.");
}

export default function NotFound() {
  return null;
}

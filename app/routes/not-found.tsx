import { sentence } from "~/http/respond.server";

/** Every unknown address; the root's error page shows the way back. */
export function loader() {
  throw sentence(404, "There is nothing at this address.");
}

export default function NotFound() {
  return null;
}
